/** Sample calls of operations: which parameters are tensors, what they are called, and values away from kinks and poles. */

/** What a float source is turned into before the operation sees it. */
export type SampleDtype = 'float32' | 'int32' | 'bool' | 'complex64' | 'string';

/** A tensor argument of a sample: gradients are measured with respect to it. */
export class OperandSample {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype: SampleDtype;
  /** What is passed instead of the tensor itself, for an argument that is a function over it. */
  readonly wrap: (tensor: never) => unknown;

  constructor(name: string, shape: readonly number[], options: OperandOptions = {}) {
    this.name = name;
    this.shape = shape;
    this.values = options.values ?? generic(shape, name, options.low ?? 0.15, options.high ?? 0.85);
    this.dtype = options.dtype ?? 'float32';
    this.wrap = options.wrap ?? ((tensor) => tensor);
  }
}

export interface OperandOptions {
  values?: readonly number[];
  low?: number;
  high?: number;
  dtype?: SampleDtype;
  wrap?: (tensor: never) => unknown;
}

/** The arguments of a sample call; operands may sit in arrays (`concat`) or under names (`fused.matMul`). */
export type Sample = readonly unknown[];

const GOLDEN = 0.618033988749895;

/** Fixed values without a pattern: a golden-ratio sequence, so no two are equal, started differently for each name. */
export function generic(shape: readonly number[], seed: string, low: number, high: number): number[] {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const start = Array.from(seed).reduce((sum, letter) => sum + letter.charCodeAt(0) * 0.7548776662, 0.31);
  return Array.from({ length: size }, (_, index) => low + (high - low) * ((start + (index + 1) * GOLDEN) % 1));
}

export const of = (name: string, shape: readonly number[] = [2, 3], options: OperandOptions = {}): OperandSample =>
  new OperandSample(name, shape, options);

/** All operands in an argument, however deep in arrays or option objects. */
export function leavesOf(argument: unknown): OperandSample[] {
  if (argument instanceof OperandSample) return [argument];
  if (Array.isArray(argument)) return argument.flatMap(leavesOf);
  return isPlainObject(argument) ? Object.values(argument).flatMap(leavesOf) : [];
}

/** An argument with other operands in the place of some of its own. */
export function replaceOperands(argument: unknown, replaced: ReadonlyMap<OperandSample, OperandSample>): unknown {
  if (argument instanceof OperandSample) return replaced.get(argument) ?? argument;
  if (Array.isArray(argument)) return argument.map((each) => replaceOperands(each, replaced));
  return isPlainObject(argument) ? Object.fromEntries(Object.entries(argument).map(([name, each]) => [name, replaceOperands(each, replaced)])) : argument;
}

/** The operand in another type, or another shape: it is filled with the same values, over and over. */
export function remade({ name, shape, values, wrap }: OperandSample, dtype: SampleDtype, as: readonly number[] = shape): OperandSample {
  const size = as.reduce((product, extent) => product * extent, 1);
  return new OperandSample(name, as, { values: Array.from({ length: size }, (_, index) => values[index % values.length] ?? 0), dtype, wrap });
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
