/** Asks a library what it does to gradients: operand by operand, by differentiating sample calls. */
import type { Derivative } from '../../../src/calculus/derivative.ts';
import type { Operand, OperationRow, ResultForm } from '../../../src/libraries/operation.ts';
import { OperandSample, type Sample, generic, isPlainObject, leavesOf } from './sample.ts';

export type Call = (...args: unknown[]) => unknown;

/** `disconnected`: the library sees no path at all, which no operation of a table may show. */
export type Outcome = Derivative | 'disconnected';

/** What measuring needs of a tensor. */
export interface Measurable {
  readonly shape: number[];
  readonly dtype: string;
  dataSync(): ArrayLike<number> & Iterable<number>;
}

/** The library that is measured. */
export interface Subject<Tensor extends Measurable> {
  /** As errors call it. */
  readonly title: string;
  /** Its exports. */
  readonly exports: object;
  isTensor(value: unknown): value is Tensor;
  tensor(values: readonly number[], shape: readonly number[]): Tensor;
  /** A float source as an operand of another type. What is measured must be the operation, not the conversion: its gradient is not zero. */
  converted(source: Tensor, dtype: OperandSample['dtype']): Tensor;
  /** The sum of the products, whatever the type of the result. */
  weighted(result: Tensor, weights: Tensor): Tensor;
  /** The gradient of a scalar function. */
  gradient(f: (x: Tensor) => Tensor, x: Tensor): Tensor;
  tidy<Result>(body: () => Result): Result;
  /** What it means when the gradient fails; throws where it says nothing about derivatives. */
  failure(where: string, error: unknown): Outcome;
}

export class Measure<Tensor extends Measurable> {
  constructor(readonly subject: Subject<Tensor>) {}

  /** The function at an export path such as `losses.meanSquaredError`. */
  exported(path: string): Call {
    const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], this.subject.exports);
    if (typeof found !== 'function') throw new Error(`${this.subject.title} exports no function '${path}'`);
    return found as Call;
  }

  /** The row of an operation as the library behaves. */
  operation(path: string, sample: Sample): OperationRow {
    return this.row(path, this.exported(path), sample);
  }

  /** The row of any function over tensors; `label` names it in errors. */
  row(label: string, call: Call, sample: Sample): OperationRow {
    const operands: Operand[] = [];
    sample.forEach((argument, at) => {
      for (const [name, leaves] of byName(leavesOf(argument))) {
        const where = `${label}(${name})`;
        operands.push({ name, at, derivative: this.#agreed(where, leaves.map((leaf) => this.#leaf(where, call, sample, leaf))) });
      }
    });
    return { operands, result: this.#resultForm(label, this.#plain(call, sample)) };
  }

  /** The derivative with respect to one operand of a sample call. */
  derivative(label: string, call: Call, sample: Sample, operand: string): Derivative {
    const leaves = leavesOf(sample).filter((leaf) => leaf.name === operand);
    if (leaves.length === 0) throw new Error(`${label}: the sample has no operand '${operand}'`);
    return this.#agreed(`${label}(${operand})`, leaves.map((leaf) => this.#leaf(label, call, sample, leaf)));
  }

  sourceOf(leaf: OperandSample): Tensor {
    return this.subject.tensor(leaf.values, leaf.shape);
  }

  /** The arguments of the call; `leaf` takes its values from `source`, the others are constants. */
  build(sample: Sample, leaf?: OperandSample, source?: Tensor): unknown[] {
    return sample.map((argument) => this.#fill(argument, leaf, source));
  }

  /** A sum with fixed, unequal weights: a plain sum would hide the derivatives of softmax and its kin. */
  weightedSum(result: Tensor): Tensor {
    return this.subject.weighted(result, this.subject.tensor(generic(result.shape, 'weights', 0.4, 1.9), result.shape));
  }

  /** The tensors of a result, in order. */
  outputsOf(result: unknown): Tensor[] {
    if (this.subject.isTensor(result)) return [result];
    if (Array.isArray(result)) return result.flatMap((part) => this.outputsOf(part));
    return isPlainObject(result) ? Object.values(result).flatMap((part) => this.outputsOf(part)) : [];
  }

  /** The tensors of one array argument, and the outputs of one call, share a row: they must not contradict each other. */
  #agreed(where: string, outcomes: readonly Outcome[]): Derivative {
    const distinct = new Set(outcomes);
    const [only] = distinct;
    if (distinct.size !== 1 || only === undefined) throw new Error(`${where}: mixed outcomes ${[...distinct].join(', ')}`);
    if (only === 'disconnected') throw new Error(`${where}: ${this.subject.title} finds no path from the operand to the result`);
    return only;
  }

  #leaf(where: string, call: Call, sample: Sample, leaf: OperandSample): Outcome {
    const count = this.outputsOf(this.#plain(call, sample)).length;
    const outcomes = Array.from({ length: count }, (_, output) => this.#output(where, call, sample, leaf, output));
    // Some pairs of operand and output have nothing to do with each other (the second cell's state, the first's result).
    const connected = outcomes.filter((outcome) => outcome !== 'disconnected');
    return connected.length === 0 ? 'disconnected' : this.#agreed(where, connected);
  }

  #output(where: string, call: Call, sample: Sample, leaf: OperandSample, output: number): Outcome {
    const { subject } = this;
    return subject.tidy(() => {
      const scalarOf = (source: Tensor): Tensor => this.weightedSum(this.outputsOf(call(...this.build(sample, leaf, source)))[output]!);
      let gradient: Tensor;
      try {
        gradient = subject.gradient(scalarOf, this.sourceOf(leaf));
      } catch (error) {
        // The plain call went through, so whatever fails now fails because a gradient is asked for.
        return subject.failure(where, error);
      }
      return outcomeOf(where, gradient);
    });
  }

  /** Calls with constants: tells a wrong sample from an operation without a derivative. */
  #plain(call: Call, sample: Sample): unknown {
    return this.subject.tidy(() => call(...this.build(sample)));
  }

  #fill(argument: unknown, leaf?: OperandSample, source?: Tensor): unknown {
    if (argument instanceof OperandSample) {
      const value = argument === leaf && source !== undefined ? source : this.sourceOf(argument);
      return argument.wrap((argument.dtype === 'float32' ? value : this.subject.converted(value, argument.dtype)) as never);
    }
    if (Array.isArray(argument)) return argument.map((part) => this.#fill(part, leaf, source));
    if (!isPlainObject(argument)) return argument;
    return Object.fromEntries(Object.entries(argument).map(([key, part]) => [key, this.#fill(part, leaf, source)]));
  }

  #resultForm(label: string, result: unknown): ResultForm {
    if (this.subject.isTensor(result)) return 'tensor';
    if (Array.isArray(result)) return 'tensors';
    if (isPlainObject(result)) return { fields: Object.keys(result) };
    throw new Error(`${label}: the result is no tensor, array or object of tensors`);
  }
}

function byName(leaves: readonly OperandSample[]): Map<string, OperandSample[]> {
  const groups = new Map<string, OperandSample[]>();
  for (const leaf of leaves) groups.set(leaf.name, [...(groups.get(leaf.name) ?? []), leaf]);
  return groups;
}

function outcomeOf(where: string, gradient: Measurable): Outcome {
  const values = [...gradient.dataSync()];
  if (!values.every(Number.isFinite)) throw new Error(`${where}: the sample meets a pole: ${values.join(', ')}`);
  return values.some((value) => value !== 0) ? 'flows' : 'zero';
}
