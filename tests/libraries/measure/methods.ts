/**
 * Measures the chained methods of a library's tensors: which exported function each one calls, and which parameter of
 * that function its receiver takes.
 */
import type { MethodRow, OperationRow } from '../../../src/libraries/operation.ts';
import type { Measurable, Measure } from './measure.ts';
import type { Sample } from './sample.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

export interface MethodSamples {
  /** Of exported functions, by path. */
  readonly functions: Readonly<Record<string, Sample>>;
  /** Of methods that no exported function stands for; the first argument is the receiver. */
  readonly methods: Readonly<Record<string, Sample>>;
  /** Methods that are no operations, and why. */
  readonly others: Readonly<Record<string, string>>;
}

export class MethodMeasure<Tensor extends Measurable> {
  constructor(readonly measure: Measure<Tensor>, readonly prototype: object, readonly samples: MethodSamples) {}

  /** The names of all methods of tensors, inherited from nothing else; getters are left out. */
  names(): string[] {
    return Object.getOwnPropertyNames(this.prototype)
      .filter((name) => typeof Object.getOwnPropertyDescriptor(this.prototype, name)?.value === 'function')
      .sort();
  }

  /** The rows of the methods that are an exported function under a receiver. */
  rows(): Record<string, MethodRow> {
    const own = new Set([...Object.keys(this.samples.methods), ...Object.keys(this.samples.others)]);
    return Object.fromEntries(this.names().filter((name) => !own.has(name)).map((name) => [name, this.#row(name)]));
  }

  /** The rows of the methods that exist as methods only; the receiver is operand 0. */
  operations(): Record<string, OperationRow> {
    return Object.fromEntries(Object.entries(this.samples.methods).map(([name, sample]) => [name, this.measure.row(`.${name}`, this.unbound(name), sample)]));
  }

  /** The method as a function whose first argument is the receiver. */
  unbound(name: string): (...args: unknown[]) => unknown {
    const method = (this.prototype as Readonly<Record<string, unknown>>)[name] as Method;
    return (receiver, ...rest) => method.apply(receiver, rest);
  }

  #row(name: string): MethodRow {
    const operation = [name, `image.${name}`].find((path) => path in this.samples.functions);
    if (operation === undefined) throw new Error(`no sample has the name of the method .${name}()`);
    const sample = this.samples.functions[operation] ?? [];
    const receiver = sample.findIndex((_, at) => this.#agrees(name, operation, sample, at));
    if (receiver < 0) throw new Error(`.${name}() computes something else than ${operation}`);
    return { operation, receiver };
  }

  /** Whether the method gives what the function gives, when its receiver is the argument at `at`. */
  #agrees(name: string, operation: string, sample: Sample, at: number): boolean {
    const args = this.measure.build(sample);
    if (!this.measure.subject.isTensor(args[at])) return false;
    const rest = args.filter((_, position) => position !== at);
    try {
      return this.#numbers(this.unbound(name)(args[at], ...rest)) === this.#numbers(this.measure.exported(operation)(...args));
    } catch {
      // Arguments in the wrong places: not this position.
      return false;
    }
  }

  #numbers(result: unknown): string {
    return this.measure.outputsOf(result).map((tensor) => `${tensor.dtype} ${String(tensor.shape)}: ${[...tensor.dataSync()].join(' ')}`).join('; ');
  }
}
