/** Rows: of a tensor's elements those that meet in one result, which is all that a function along axes needs to know. */
import { allocate, type Values } from '../dtype.ts';
import { sizeOf, stridesOf, walk } from '../../calculus/shape.ts';
import { valuesOf, type Tensor } from '../tensor.ts';

/** `blocks` blocks of `stride` rows each; the rows of a block lie interleaved, so that `stride` is the step along one. */
export interface Rows {
  readonly values: Values;
  readonly blocks: number;
  readonly length: number;
  readonly stride: number;
}

/** What becomes of one row: the elements `values[start]`, `values[start + stride]`, ... before `end`. */
export type RowFunction = (values: Values, start: number, end: number, stride: number) => number;

/**
 * The rows of `x` along `axes`, in the order of the elements of the reduced tensor.
 * @param axes sorted and not negative
 */
export function rowsOf(x: Tensor, axes: readonly number[]): Rows {
  const long = [...x.shape.keys()].filter((axis) => x.shape[axis] !== 1);
  const along = long.filter((axis) => axes.includes(axis));
  const [first, last] = [along[0] ?? x.rank, along.at(-1) ?? x.rank];
  const adjacent = long.indexOf(last) - long.indexOf(first) === along.length - 1 || along.length === 0;
  if (!adjacent) return gathered(x, axes);
  return {
    values: valuesOf(x),
    blocks: sizeOf(x.shape.slice(0, first)),
    length: sizeOf(along.map((axis) => x.shape[axis]!)),
    stride: sizeOf(x.shape.slice(last + 1)),
  };
}

/** Rows that other axes run between: copied, one after the other. */
function gathered(x: Tensor, axes: readonly number[]): Rows {
  const order = [...[...x.shape.keys()].filter((axis) => !axes.includes(axis)), ...axes];
  const strides = stridesOf(x.shape);
  const shape = order.map((axis) => x.shape[axis]!);
  const elements = valuesOf(x);
  const values = allocate(x.dtype, elements.length);
  walk(shape, order.map((axis) => strides[axis]!)).forEach((from, at) => { values[at] = elements[from]!; });
  const length = sizeOf(axes.map((axis) => x.shape[axis]!));
  return { values, blocks: sizeOf(shape.slice(0, shape.length - axes.length)), length, stride: 1 };
}

/** Calls `visit` for each row. The loop over its elements is that function's: a call for each would cost more than the element. */
export function forEachRow({ values, blocks, length, stride }: Rows, visit: (...row: Parameters<RowFunction>) => void): void {
  const size = length * stride;
  for (let block = 0; block < blocks; block += 1) {
    for (let lane = 0, start = block * size; lane < stride; lane += 1, start += 1) visit(values, start, start + size, stride);
  }
}

/** Writes what `f` makes of each row into `target`. */
export function mapRows({ values, blocks, length, stride }: Rows, f: RowFunction, target: Values): void {
  const size = length * stride;
  for (let block = 0, index = 0; block < blocks; block += 1) {
    for (let lane = 0, start = block * size; lane < stride; lane += 1, start += 1, index += 1) target[index] = f(values, start, start + size, stride);
  }
}

/** The greatest element of a row; −∞ for none, NaN if there is a NaN. */
export const maxOf: RowFunction = (values, start, end, stride) => {
  let top = -Infinity;
  for (let at = start; at < end; at += stride) {
    const value = values[at]!;
    if (value > top || Number.isNaN(value)) top = value;
  }
  return top;
};
