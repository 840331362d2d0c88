import { shapeText, TensorError } from './errors.ts';

export type Shape = readonly number[];

/** The number of elements. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1);

/** Row-major strides, one an axis. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/**
 * The common shape of operands that broadcast (NumPy's rule: align on the right, an axis of 1 stretches).
 * @throws TensorError 'shape'
 */
export function broadcastShapes(a: Shape, b: Shape, operation: string): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new TensorError(
        'shape',
        `Operands could not be broadcast together with shapes ${a.join(',')} and ${b.join(',')}. (${operation})`,
      );
    }
    return left === 1 ? right : left;
  });
}

/** Strides with which `shape` is walked as if it had shape `wide`: zero where it stretches. */
export function broadcastStrides(shape: Shape, wide: Shape): number[] {
  const strides = stridesOf(shape);
  const missing = wide.length - shape.length;
  return wide.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing]!));
}

/**
 * A non-negative axis.
 * @throws TensorError 'shape' when the tensor has no such axis
 */
export function normalAxis(axis: number, rank: number, operation: string): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new TensorError('shape', `${operation}: axis ${axis} is not in range [-${rank}, ${rank}) of a rank-${rank} tensor`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** Sorted non-negative axes; all of them for `null` or `undefined`. */
export function normalAxes(axis: number | readonly number[] | null | undefined, rank: number, operation: string): number[] {
  if (axis === null || axis === undefined) return Array.from({ length: rank }, (_, index) => index);
  const axes = (typeof axis === 'number' ? [axis] : axis).map((each) => normalAxis(each, rank, operation));
  return [...new Set(axes)].sort((a, b) => a - b);
}

/** `shape` without `axes`. */
export const withoutAxes = (shape: Shape, axes: readonly number[]): number[] =>
  shape.filter((_, axis) => !axes.includes(axis));

/** `shape` with 1 at each of `axes`. */
export const withUnitAxes = (shape: Shape, axes: readonly number[]): number[] =>
  shape.map((length, axis) => (axes.includes(axis) ? 1 : length));

/**
 * For each element of a tensor of shape `wide`, in row-major order, where a walk with other strides stands.
 * Broadcasting, transposition, slices and reductions are such walks.
 */
export function walk(wide: Shape, strides: readonly number[], start = 0): Int32Array {
  const size = sizeOf(wide);
  const positions = new Int32Array(size);
  if (size === 0) return positions;
  const rank = wide.length;
  const counter = new Array<number>(rank).fill(0);
  let position = start;
  for (let index = 0; index < size; index += 1) {
    positions[index] = position;
    for (let axis = rank - 1; axis >= 0; axis -= 1) {
      position += strides[axis]!;
      counter[axis]! += 1;
      if (counter[axis]! < wide[axis]!) break;
      position -= strides[axis]! * wide[axis]!;
      counter[axis] = 0;
    }
  }
  return positions;
}

/**
 * @throws TensorError 'shape' unless every length is a non-negative integer
 */
export function checkShape(shape: Shape, operation: string): void {
  if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new TensorError('shape', `${operation}: ${shapeText(shape)} is no shape; lengths must be non-negative integers`);
  }
}
