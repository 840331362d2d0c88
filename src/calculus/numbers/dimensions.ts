/** What is known of a tensor's shape: lengths of axes, counted from the last. */
import type { Shape } from '../shape.ts';
import { type Length, dividedBy, times } from './length.ts';

export type { Length } from './length.ts';

export interface Dimensions {
  /** More axes may stand before those that are listed. */
  readonly open: boolean;
  readonly lengths: readonly Length[];
}

export const anyDimensions: Dimensions = { open: true, lengths: [] };

export function closed(lengths: readonly Length[]): Dimensions {
  return { open: false, lengths };
}

/** The whole shape, where it is known. */
export function shapeOf({ open, lengths }: Dimensions): Shape | undefined {
  return !open && lengths.every((length) => typeof length === 'number') ? lengths : undefined;
}

/** How many elements there are. */
export function sizeOfDimensions({ open, lengths }: Dimensions): Length {
  return open ? undefined : productOf(lengths);
}

export function productOf(lengths: readonly Length[]): Length {
  return lengths.reduce(times, 1);
}

/** Of an axis, counted from the end where it is negative. */
export function lengthAt(dimensions: Dimensions, axis: number): Length {
  const at = axisOf(dimensions, axis);
  return at === undefined ? undefined : dimensions.lengths[at];
}

/** Where in the list an axis stands, if it is certain to be there. */
export function axisOf({ open, lengths }: Dimensions, axis: number): number | undefined {
  const at = axis < 0 ? axis + lengths.length : axis;
  return at < 0 || at >= lengths.length || (open && axis >= 0) ? undefined : at;
}

export function sameDimensions(a: Dimensions, b: Dimensions): boolean {
  return a === b || (a.open === b.open && a.lengths.length === b.lengths.length && a.lengths.every((length, axis) => length === b.lengths[axis]));
}

/** Of a tensor that has one shape or the other. */
export function joinDimensions(a: Dimensions, b: Dimensions): Dimensions {
  if (sameDimensions(a, b)) return a;
  const rank = Math.min(a.lengths.length, b.lengths.length);
  const [x, y] = [a, b].map(({ lengths }) => lengths.slice(lengths.length - rank)) as [Length[], Length[]];
  return { open: a.open || b.open || a.lengths.length !== b.lengths.length, lengths: x.map((length, axis) => (length === y[axis] ? length : undefined)) };
}

/** The common shape of operands that broadcast: aligned on the right, an axis of length 1 stretches. */
export function broadcast(a: Dimensions, b: Dimensions): Dimensions {
  const rank = Math.max(a.lengths.length, b.lengths.length);
  const lengths = Array.from({ length: rank }, (_, index) => {
    const [x, y] = [a, b].map((each) => {
      const at = index - rank + each.lengths.length;
      return at >= 0 ? each.lengths[at] : each.open ? undefined : 1;
    });
    if (x === 1 || x === y) return y;
    if (y === 1) return x;
    // What is longer than 1 is met by the same, or by 1; what is not known may be 1 itself.
    return typeof x === 'number' ? x : typeof y === 'number' ? y : undefined;
  });
  return { open: a.open || b.open, lengths };
}

/** Without some axes, or with length 1 in their places. */
export function reduced(dimensions: Dimensions, axes: readonly number[] | 'all', keep: boolean): Dimensions {
  if (axes === 'all') return keep ? { ...dimensions, lengths: dimensions.lengths.map(() => 1) } : closed([]);
  const places = axes.map((axis) => axisOf(dimensions, axis));
  // What comes of an axis that is named twice hangs on the operation, if anything comes of it.
  if (places.includes(undefined) || new Set(places).size < places.length) return anyDimensions;
  const { open, lengths } = dimensions;
  return { open, lengths: keep ? lengths.map((length, axis) => (places.includes(axis) ? 1 : length)) : lengths.filter((_, axis) => !places.includes(axis)) };
}

/** Of a product of matrices, or of stacks of them. */
export function matrixProduct(a: Dimensions, b: Dimensions, transposed: readonly [boolean, boolean]): Dimensions {
  const [rows] = matrixOf(a, transposed[0]);
  const [, columns] = matrixOf(b, transposed[1]);
  const stacks = broadcast(stackOf(a), stackOf(b));
  return { open: stacks.open, lengths: [...stacks.lengths, rows, columns] };
}

function matrixOf(dimensions: Dimensions, transposed: boolean): readonly [Length, Length] {
  const [rows, columns] = [lengthAt(dimensions, -2), lengthAt(dimensions, -1)];
  return transposed ? [columns, rows] : [rows, columns];
}

function stackOf({ open, lengths }: Dimensions): Dimensions {
  return { open, lengths: lengths.slice(0, -2) };
}

/** With one more axis of a length at a place of the result. */
export function inserted(dimensions: Dimensions, axis: number, length: Length): Dimensions {
  const { open, lengths } = dimensions;
  const at = axis < 0 ? axis + lengths.length + 1 : axis;
  if (at < 0 || at > lengths.length || (open && axis >= 0)) return anyDimensions;
  return { open, lengths: [...lengths.slice(0, at), length, ...lengths.slice(at)] };
}

/** With another length at an axis. */
export function resized(dimensions: Dimensions, axis: number, length: Length): Dimensions {
  const at = axisOf(dimensions, axis);
  return at === undefined ? anyDimensions : { ...dimensions, lengths: dimensions.lengths.with(at, length) };
}

export function permuted(dimensions: Dimensions, order: readonly number[] | undefined): Dimensions {
  const { open, lengths } = dimensions;
  if (open) return anyDimensions;
  return closed(order === undefined ? lengths.toReversed() : order.map((axis) => lengths[axis]));
}

/** Without axes of length 1: those that are named, or all. */
export function squeezed(dimensions: Dimensions, axes: readonly number[] | undefined): Dimensions {
  if (axes !== undefined) return reduced(dimensions, axes, false);
  const shape = shapeOf(dimensions);
  return shape === undefined ? anyDimensions : closed(shape.filter((length) => length !== 1));
}

/** The same elements in another shape, in which -1 stands for what is left over. */
export function reshaped(dimensions: Dimensions, lengths: readonly Length[]): Dimensions {
  const given = productOf(lengths.filter((length) => length !== -1));
  const left = given === 0 ? undefined : dividedBy(sizeOfDimensions(dimensions), given);
  return closed(lengths.map((length) => (length === -1 ? left : length)));
}
