/** Axes that must be there. */
import { type Argument, certainNumbersOf, isAbsent, numberOf } from '../numbers/argument.ts';
import { type Dimensions, lengthAt } from '../numbers/dimensions.ts';
import type { Call } from '../numbers/results/call.ts';
import { type Contract, type Given, type Verdict, all, failure, fits, given, lengthText, rankOf, unknown } from './verdict.ts';

const counting = (rank: number): string => (rank === 0 ? 'A scalar has no axes.' : rank === 1 ? 'Its only axis is 0, or -1 from the end.' : `Its axes are 0 to ${String(rank - 1)}, or -1 to -${String(rank)} from the end.`);

/** Whether a tensor has some axes: the first argument, if nothing else is said. */
export function axisVerdict(call: Call, axes: readonly number[] | undefined, dimensions: Dimensions = call.tensor(0).dimensions, shown: Given = given(call, 0)): Verdict {
  const rank = rankOf(dimensions);
  if (axes === undefined || rank === undefined || !axes.every(Number.isInteger)) return unknown;
  // Of an axis that is named twice TF.js makes various things.
  if (axes.every((axis) => axis >= -rank && axis < rank)) return new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis))).size === axes.length ? fits : unknown;
  return failure('invalid-axis', {
    error: `All values in axis param must be in range [-${String(rank)}, ${String(rank)}) but got axis ${axes.join(',')}`,
    given: [shown], why: axes.length === 1 ? `it has no axis ${axes.join()}` : `it does not have all of the axes ${axes.join(', ')}`, advice: counting(rank),
  });
}

/** The axes stand at a position; left out, they are all of them, or those named. */
const reducing = (at: number, otherwise?: number): Contract => (call) => {
  const argument = call.argument(at);
  if (!isAbsent(argument)) return axisVerdict(call, certainNumbersOf(argument));
  return otherwise === undefined ? fits : axisVerdict(call, [otherwise]);
};

/** Where a new axis stands among those of a tensor: it may be the last, too. */
export function newAxisVerdict(dimensions: Dimensions, position: Argument, shown: Given): Verdict {
  const axis = isAbsent(position) ? 0 : numberOf(position);
  const rank = rankOf(dimensions);
  if (axis === undefined || rank === undefined || !Number.isInteger(axis)) return axis === 0 ? fits : unknown;
  const about = { given: [shown], why: `a new axis cannot stand at ${String(axis)}`, advice: `It can stand at 0 to ${String(rank)}, or at -1 to -${String(rank + 1)} from the end.` };
  if (axis > rank) return failure('invalid-axis', { ...about, error: 'Axis must be <= rank of the tensor' });
  return axis >= -rank - 1 ? fits : failure('invalid-axis', { ...about, error: `Axis must be in the interval [-${String(rank + 1)}, ${String(rank)}]` });
}

const expandDims: Contract = (call) => newAxisVerdict(call.tensor(0).dimensions, call.argument(1), given(call, 0));

/** `squeeze(x, axes)`: those that are named must be of length 1. */
const squeeze: Contract = (call) => {
  if (isAbsent(call.argument(1))) return fits;
  const axes = certainNumbersOf(call.argument(1));
  const { dimensions } = call.tensor(0);
  const range = axisVerdict(call, axes);
  if (range.kind !== 'fits' || axes === undefined) return range;
  const lengths = axes.map((axis) => lengthAt(dimensions, axis));
  const at = lengths.findIndex((length) => length !== undefined && length !== 1);
  if (at === -1) return lengths.every((length) => length === 1) ? fits : unknown;
  const axis = axes[at] ?? 0;
  const place = axis < 0 ? axis + dimensions.lengths.length : axis;
  return failure('shape-mismatch', {
    error: axes.length === 1 ? `Can't squeeze axis ${String(place)} since its dim '${lengthText(lengths[at])}' is not 1` : 'Can\'t squeeze axis ', given: [given(call, 0)],
    why: `axis ${String(place)} is ${lengthText(lengths[at])} long`, advice: 'Only axes of length 1 can be left out; reduce it (`mean`, `sum`), or pick one of its items (`slice`, `gather`).',
  });
};

/** `gather(x, indices, axis)`: whether the indices are there is for the numbers to say. */
const gather: Contract = (call) => (isAbsent(call.argument(3)) ? all([reducing(2, 0)(call), unknown]) : unknown);

/** `unstack(x, axis)`. */
const unstack: Contract = (call) => {
  const axis = isAbsent(call.argument(1)) ? 0 : numberOf(call.argument(1));
  const rank = rankOf(call.tensor(0).dimensions);
  if (axis === undefined || rank === undefined || !Number.isInteger(axis)) return unknown;
  return axis >= -rank && axis < rank ? fits : failure('invalid-axis', {
    error: `Axis = ${String(axis)} is not in [-${String(rank)}, ${String(rank)})`, given: [given(call, 0)], why: `it has no axis ${String(axis)}`, advice: counting(rank),
  });
};

/** `softmax(x, axis)`: along the last one alone. */
const lastOnly = (name: string, word: string): Contract => (call) => {
  const axis = isAbsent(call.argument(1)) ? -1 : numberOf(call.argument(1));
  const rank = rankOf(call.tensor(0).dimensions);
  if (axis === undefined || rank === undefined || rank === 0) return unknown;
  return axis === -1 || axis === rank - 1 ? fits : failure('invalid-axis', {
    error: `${name} along a non-last dimension is not yet supported. Logits was rank ${String(rank)} and ${word} was ${String(axis)}`, given: [given(call, 0)],
    why: `axis ${String(axis)} is not its last one`, advice: 'Transpose it so that the axis comes last, and back.',
  });
};

/** `norm(x, order, axis)`: of a scalar it looks at no axis. */
const norm: Contract = (call) => (rankOf(call.tensor(0).dimensions) === 0 ? unknown : all([reducing(2)(call), unknown]));

/** `topk(x, k)`: of the last axis. */
const topk: Contract = (call) => {
  const { dimensions } = call.tensor(0);
  const [k, length] = [isAbsent(call.argument(1)) ? 1 : numberOf(call.argument(1)), lengthAt(dimensions, -1)];
  if (k === undefined || k < 0 || typeof length !== 'number') return unknown;
  return k <= length ? fits : failure('shape-mismatch', {
    error: `'k' passed to topk() must be <= the last dimension (${String(length)}) but got ${String(k)}`, given: [given(call, 0)],
    why: `its last axis has ${String(length)} elements, and ${String(k)} are asked for`, advice: 'Ask for no more than there are: `Math.min(k, x.shape.at(-1))`.',
  });
};

/** `pad(x, paddings)`. */
const pad: Contract = (call) => (rankOf(call.tensor(0).dimensions) !== 0 ? unknown : failure('shape-mismatch', {
  error: 'pad(scalar) is not defined. Pass non-scalar to pad', given: [given(call, 0)], why: 'a scalar has no axis', advice: 'Give it an axis first (`expandDims`, `as1D`).',
}));

const reductions = ['sum', 'mean', 'max', 'min', 'prod', 'any', 'all', 'logSumExp', 'moments'];

export const axisContracts: Readonly<Record<string, Contract>> = {
  ...Object.fromEntries(reductions.map((name) => [name, reducing(1)])),
  argMax: reducing(1, 0), argMin: reducing(1, 0), norm, ...Object.fromEntries(['reverse', 'reverse2d', 'reverse3d', 'reverse4d'].map((name) => [name, reducing(1)])),
  expandDims, squeeze, gather, unstack, topk, pad, softmax: lastOnly('Softmax', 'dim'), logSoftmax: lastOnly('Log Softmax', 'axis'),
};
