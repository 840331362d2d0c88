/** Reductions over axes. `axis` is one axis, several, or all when left out; `keepDims` keeps them with length 1. */
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, arithmetic, type DataType } from '../dtype.ts';
import { resultOf } from '../result.ts';
import type { Adjoint } from '../operation.ts';
import { sizeOf, stridesOf, walk, withoutAxes, withUnitAxes } from '../../calculus/shape.ts';
import { normalAxes, normalAxis } from '../axes.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { div, mul, sub } from './arithmetic.ts';
import { equal } from './comparison.ts';
import { exp } from './exponential.ts';
import { broadcastTo, reshape, transpose } from './layout.ts';
import { where } from './selection.ts';
import { eye } from '../creation.ts';

export type Axes = number | readonly number[] | null;
export type Reduction = (x: TensorLike, axis?: Axes, keepDims?: boolean) => Tensor;

/** The geometry of one reduction: which result each element goes to, and the result's shape with unit axes. */
interface Folding {
  readonly axes: readonly number[];
  readonly unitShape: readonly number[];
  readonly goal: Int32Array;
  /** How many elements go into each result. */
  readonly count: number;
}

function folding(x: Tensor, axis: Axes | undefined, name: string): Folding {
  const axes = normalAxes(axis, x.rank, name);
  const unitShape = withUnitAxes(x.shape, axes);
  const strides = stridesOf(unitShape).map((stride, each) => (axes.includes(each) ? 0 : stride));
  return { axes, unitShape, goal: walk(x.shape, strides), count: sizeOf(axes.map((each) => x.shape[each]!)) };
}

/** A reduction that combines elements one by one. */
function reduction(
  name: string,
  start: number,
  combine: (total: number, element: number) => number,
  typed: (dtype: DataType) => DataType,
  adjoint: (fold: Folding) => Adjoint<'x'> | 'zero-derivative',
  finish: (total: number, count: number) => number = (total) => total,
): Reduction {
  return (x, axis, keepDims = false) => {
    const $x = toTensor(x, 'x', name);
    const fold = folding($x, axis, name);
    const elements = valuesOf($x);
    const totals = new Float64Array(sizeOf(fold.unitShape)).fill(start);
    for (let index = 0; index < elements.length; index += 1) {
      totals[fold.goal[index]!] = combine(totals[fold.goal[index]!]!, elements[index]!);
    }
    const dtype = typed($x.dtype);
    const values = allocate(dtype, totals.length);
    for (let index = 0; index < values.length; index += 1) values[index] = finish(totals[index]!, fold.count);
    const shape = keepDims ? fold.unitShape : withoutAxes($x.shape, fold.axes);
    return resultOf(name, { x: $x }, { values, shape, dtype }, { x: adjoint(fold) });
  };
}

/** Σ x. x̄ = ȳ, for every element that went in. */
export const sum: Reduction = reduction('sum', 0, (a, b) => a + b, arithmetic, ({ unitShape }) => (dy, { x }) =>
  broadcastTo(reshape(dy, unitShape), x.shape),
);

/** Σ x / n. x̄ = ȳ / n. */
export const mean: Reduction = reduction(
  'mean', 0, (a, b) => a + b, () => 'float32',
  ({ unitShape, count }) => (dy, { x }) => broadcastTo(div(reshape(dy, unitShape), count), x.shape),
  (total, count) => total / count,
);

/** The extreme elements share the cotangent evenly, as TensorFlow's do: x̄ = ȳ [x = y] / #[x = y]. */
const extremeAdjoint = ({ unitShape, axes }: Folding): Adjoint<'x'> => (dy, { x, y }) => {
  const extreme = equal(x, reshape(y, unitShape));
  return mul(div(reshape(dy, unitShape), sum(extreme, axes, true)), extreme);
};

const same = (dtype: DataType): DataType => dtype;

/** The greatest element. */
export const max: Reduction = reduction('max', -Infinity, Math.max, arithmetic, extremeAdjoint);

/** The smallest element. */
export const min: Reduction = reduction('min', Infinity, Math.min, arithmetic, extremeAdjoint);

/** Π x. x̄ᵢ = ȳ Πⱼ≠ᵢ xⱼ, computed without division, so that zeros are no exception. */
export const prod: Reduction = reduction('prod', 1, (a, b) => a * b, arithmetic, ({ unitShape, axes, count }) => (dy, { x }) => {
  const others = Array.from({ length: x.rank }, (_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...others, ...axes];
  const rows = reshape(transpose(x, order), [-1, 1, count]);
  const exceptOne = prod(where(equal(eye(count), 1), 1, rows), -1);
  const permuted = reshape(exceptOne, order.map((axis) => x.shape[axis]!));
  return mul(reshape(dy, unitShape), transpose(permuted, order.map((_, axis) => order.indexOf(axis))));
});

const booleans = (name: string, start: number, combine: (a: number, b: number) => number): Reduction => {
  const apply = reduction(name, start, combine, same, () => 'zero-derivative');
  return (x, axis, keepDims) => apply(toTensor(x, 'x', name, 'bool'), axis, keepDims);
};

/** Whether all elements hold. @throws TensorError 'dtype' unless boolean */
export const all: Reduction = booleans('all', 1, (a, b) => a & b);

/** Whether any element holds. @throws TensorError 'dtype' unless boolean */
export const any: Reduction = booleans('any', 0, (a, b) => a | b);

/** ln Σ eˣ. x̄ = ȳ eˣ⁻ʸ, which is the softmax. */
export function logSumExp(x: TensorLike, axis?: Axes, keepDims = false): Tensor {
  const $x = toTensor(x, 'x', 'logSumExp');
  const { axes, unitShape, goal } = folding($x, axis, 'logSumExp');
  const elements = valuesOf($x);
  const top = new Float64Array(sizeOf(unitShape)).fill(-Infinity);
  elements.forEach((element, index) => { top[goal[index]!] = Math.max(top[goal[index]!]!, element); });
  const totals = new Float64Array(top.length);
  elements.forEach((element, index) => { totals[goal[index]!]! += Math.exp(element - top[goal[index]!]!); });
  const values = totals.map((total, index) => (Number.isFinite(top[index]) ? top[index]! + Math.log(total) : top[index]!));
  const shape = keepDims ? unitShape : withoutAxes($x.shape, axes);
  return resultOf('logSumExp', { x: $x }, { values, shape, dtype: 'float32' }, {
    x: (dy, saved) => mul(reshape(dy, unitShape), exp(sub(saved.x, reshape(saved.y, unitShape)))),
  });
}

const extremeIndex = (name: string, better: (a: number, b: number) => boolean) => (x: TensorLike, axis = 0): Tensor => {
  const $x = toTensor(x, 'x', name);
  const along = normalAxis(axis, Math.max($x.rank, 1), name);
  const { goal } = folding($x, $x.rank === 0 ? null : along, name);
  const stride = stridesOf($x.shape)[along] ?? 1;
  const shape = withoutAxes($x.shape, [along]);
  const elements = valuesOf($x);
  const values = new Int32Array(sizeOf(shape));
  const best = new Float64Array(values.length).fill(NaN);
  elements.forEach((element, index) => {
    const at = goal[index]!;
    if (!Number.isNaN(best[at]!) && !better(element, best[at]!)) return;
    best[at] = element;
    values[at] = Math.floor(index / stride) % ($x.shape[along] ?? 1);
  });
  return resultOf(name, { x: $x }, { values, shape, dtype: 'int32' }, { x: 'zero-derivative' });
};

/** The index of the first greatest element along `axis`, as an integer: a step function of x. */
export const argMax: (x: TensorLike, axis?: number) => Tensor = extremeIndex('argMax', (a, b) => a > b);

/** The index of the first smallest element along `axis`, as an integer: a step function of x. */
export const argMin: (x: TensorLike, axis?: number) => Tensor = extremeIndex('argMin', (a, b) => a < b);

/** Running sums along `axis`. x̄ is the running sum of ȳ from the other end. */
export function cumsum(x: TensorLike, axis = 0, exclusive = false, fromEnd = false): Tensor {
  const $x = toTensor(x, 'x', 'cumsum');
  const along = normalAxis(axis, $x.rank, 'cumsum');
  const stride = stridesOf($x.shape)[along]!;
  const length = $x.shape[along]!;
  const elements = valuesOf($x);
  const dtype = arithmetic($x.dtype);
  const values = allocate(dtype, elements.length);
  for (let index = 0; index < elements.length; index += 1) {
    const place = Math.floor(index / stride) % length;
    if (place !== 0) continue;
    let total = 0;
    for (let count = 0; count < length; count += 1) {
      const at = index + (fromEnd ? length - 1 - count : count) * stride;
      if (exclusive) values[at] = total;
      total += elements[at]!;
      if (!exclusive) values[at] = total;
    }
  }
  return resultOf('cumsum', { x: $x }, { values, shape: $x.shape, dtype }, { x: (dy) => cumsum(dy, along, exclusive, !fromEnd) });
}

/** Sums the axes that broadcasting stretched, so that `tensor` has `shape`: the transpose of broadcasting. */
export function sumTo(tensor: Tensor, shape: readonly number[]): Tensor {
  const missing = tensor.rank - shape.length;
  const stretchedAxes = tensor.shape.flatMap((length, axis) => (axis < missing || (shape[axis - missing] === 1 && length !== 1) ? [axis] : []));
  const summed = stretchedAxes.length === 0 ? tensor : sum(tensor, stretchedAxes, true);
  return summed.rank === shape.length ? summed : reshape(summed, shape);
}
