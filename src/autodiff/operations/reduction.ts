/** Reductions over axes. `axis` is one axis, several, or all when left out; `keepDims` keeps them with length 1. */
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, arithmetic, type DataType } from '../dtype.ts';
import { resultOf } from '../result.ts';
import type { Adjoint } from '../operation.ts';
import { sizeOf, withoutAxes, withUnitAxes } from '../../calculus/shape.ts';
import { normalAxes, normalAxis, type Axes } from '../axes.ts';
import type { Tensor } from '../tensor.ts';
import { div, mul, sub } from './arithmetic.ts';
import { exp } from './exponential.ts';
import { broadcastTo, reshape, transpose } from './layout.ts';
import { productsOfOthers } from './product-tree.ts';
import { forEachRow, mapRows, maxOf, rowsOf, type RowFunction } from './rows.ts';
import { equal } from './steps.ts';

type Reducer = (x: TensorLike, axis?: Axes, keepDims?: boolean) => Tensor;

/** The geometry of one reduction, for its adjoint. */
interface Folding {
  readonly axes: readonly number[];
  /** The shape of the result with the axes kept. */
  readonly unitShape: readonly number[];
  /** How many elements go into each result. */
  readonly count: number;
}

/** A function of rows that takes each to one number. */
function reduction(
  name: string,
  row: RowFunction,
  typed: (dtype: DataType) => DataType,
  adjoint: (fold: Folding) => Adjoint<'x'> | 'zero-derivative',
): Reducer {
  return (x, axis, keepDims = false) => {
    const $x = toTensor(x, 'x', name);
    const axes = normalAxes(axis, $x.rank, name);
    const unitShape = withUnitAxes($x.shape, axes);
    const dtype = typed($x.dtype);
    const values = allocate(dtype, sizeOf(unitShape));
    const rows = rowsOf($x, axes);
    mapRows(rows, row, values);
    const shape = keepDims ? unitShape : withoutAxes($x.shape, axes);
    return resultOf(name, { x: $x }, { values, shape, dtype }, { x: adjoint({ axes, unitShape, count: rows.length }) });
  };
}

const same = (dtype: DataType): DataType => dtype;
const float = (): DataType => 'float32';

const sumOf: RowFunction = (values, start, end, stride) => {
  let total = 0;
  for (let at = start; at < end; at += stride) total += values[at]!;
  return total;
};

/** Σ x. x̄ = ȳ, for every element that went in. */
export const sum: Reducer = reduction('sum', sumOf, arithmetic, ({ unitShape }) => (dy, { x }) => broadcastTo(reshape(dy, unitShape), x.shape));

const meanOf: RowFunction = (values, start, end, stride) => sumOf(values, start, end, stride) / ((end - start) / stride);

/** Σ x / n; NaN for no elements. x̄ = ȳ / n. */
export const mean: Reducer = reduction('mean', meanOf, float, ({ unitShape, count }) => (dy, { x }) =>
  broadcastTo(div(reshape(dy, unitShape), count), x.shape),
);

const minOf: RowFunction = (values, start, end, stride) => {
  let bottom = Infinity;
  for (let at = start; at < end; at += stride) {
    const value = values[at]!;
    if (value < bottom || Number.isNaN(value)) bottom = value;
  }
  return bottom;
};

/** The extreme elements share the cotangent evenly, as TensorFlow's do: x̄ = ȳ [x = y] / #[x = y]. */
const extremeAdjoint = ({ unitShape, axes }: Folding): Adjoint<'x'> => (dy, { x, y }) => {
  const extreme = equal(x, reshape(y, unitShape));
  return mul(div(reshape(dy, unitShape), sum(extreme, axes, true)), extreme);
};

/** The greatest element; −∞ for no elements. */
export const max: Reducer = reduction('max', maxOf, same, extremeAdjoint);

/** The smallest element; ∞ for no elements. */
export const min: Reducer = reduction('min', minOf, same, extremeAdjoint);

const productOf: RowFunction = (values, start, end, stride) => {
  let product = 1;
  for (let at = start; at < end; at += stride) product *= values[at]!;
  return product;
};

/** Π x. x̄ᵢ = ȳ Πⱼ≠ᵢ xⱼ. */
export const prod: Reducer = reduction('prod', productOf, arithmetic, ({ unitShape, axes, count }) => (dy, { x }) => {
  const order = [...[...x.shape.keys()].filter((axis) => !axes.includes(axis)), ...axes];
  const others = productsOfOthers(reshape(transpose(x, order), [sizeOf(unitShape), count]));
  const permuted = reshape(others, order.map((axis) => x.shape[axis]!));
  return mul(reshape(dy, unitShape), transpose(permuted, order.map((_, axis) => order.indexOf(axis))));
});

const booleans = (name: string, row: RowFunction): Reducer => {
  const apply = reduction(name, row, same, () => 'zero-derivative');
  return (x, axis, keepDims) => apply(toTensor(x, 'x', name, 'bool'), axis, keepDims);
};

/** Whether all elements hold, as do all of none. @throws TensorError 'dtype' unless boolean */
export const all: Reducer = booleans('all', (values, start, end, stride) => Math.min(1, minOf(values, start, end, stride)));

/** Whether any element holds. @throws TensorError 'dtype' unless boolean */
export const any: Reducer = booleans('any', (values, start, end, stride) => Math.max(0, maxOf(values, start, end, stride)));

/** The greatest element is taken out of the sum, so that no power overflows. */
const logSumExpOf: RowFunction = (values, start, end, stride) => {
  const top = maxOf(values, start, end, stride);
  if (!Number.isFinite(top)) return top;
  let total = 0;
  for (let at = start; at < end; at += stride) total += Math.exp(values[at]! - top);
  return top + Math.log(total);
};

/** ln Σ eˣ; −∞ for no elements. x̄ = ȳ eˣ⁻ʸ, which is the softmax. */
export const logSumExp: Reducer = reduction('logSumExp', logSumExpOf, float, ({ unitShape }) => (dy, { x, y }) =>
  mul(reshape(dy, unitShape), exp(sub(x, reshape(y, unitShape)))),
);

/** @param sign 1 for the greatest, −1 for the smallest */
const extremeIndex = (name: string, sign: 1 | -1) => {
  const row: RowFunction = (values, start, end, stride) => {
    let best = start;
    let top = NaN;
    for (let at = start; at < end; at += stride) {
      const value = sign * values[at]!;
      if (value <= top || Number.isNaN(value)) continue;
      top = value;
      best = at;
    }
    return (best - start) / stride;
  };
  return (x: TensorLike, axis = 0): Tensor => {
    const $x = toTensor(x, 'x', name);
    const axes = $x.rank === 0 ? [] : [normalAxis(axis, $x.rank, name)];
    const shape = withoutAxes($x.shape, axes);
    const values = new Int32Array(sizeOf(shape));
    mapRows(rowsOf($x, axes), row, values);
    return resultOf(name, { x: $x }, { values, shape, dtype: 'int32' }, { x: 'zero-derivative' });
  };
};

/** The index of the first greatest number along `axis`, as an integer: a step function of x. NaN is passed over. */
export const argMax: (x: TensorLike, axis?: number) => Tensor = extremeIndex('argMax', 1);

/** The index of the first smallest number along `axis`, as an integer: a step function of x. NaN is passed over. */
export const argMin: (x: TensorLike, axis?: number) => Tensor = extremeIndex('argMin', -1);

/** Running sums along `axis`. x̄ is the running sum of ȳ from the other end. */
export function cumsum(x: TensorLike, axis = 0, exclusive = false, fromEnd = false): Tensor {
  const $x = toTensor(x, 'x', 'cumsum');
  const along = normalAxis(axis, $x.rank, 'cumsum');
  const dtype = arithmetic($x.dtype);
  const values = allocate(dtype, $x.size);
  forEachRow(rowsOf($x, [along]), (elements, start, end, stride) => {
    const [first, step] = fromEnd ? [end - stride, -stride] : [start, stride];
    let total = 0;
    for (let at = first; at >= start && at < end; at += step) {
      if (exclusive) values[at] = total;
      total += elements[at]!;
      if (!exclusive) values[at] = total;
    }
  });
  return resultOf('cumsum', { x: $x }, { values, shape: $x.shape, dtype }, { x: (dy) => cumsum(dy, along, exclusive, !fromEnd) });
}
