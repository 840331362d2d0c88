/** Shapes and axes as callers give them, with the errors that are thrown for wrong ones. */
import { type Shape } from '../calculus/shape.ts';
import { TensorError } from './errors.ts';
import { describeValue } from './nested.ts';

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

/**
 * A non-negative axis.
 * @param given null is the first axis, as in TF.js
 * @throws TensorError 'shape' when the tensor has no such axis
 */
export function normalAxis(given: number | null, rank: number, operation: string): number {
  const axis = given ?? 0;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new TensorError('shape', `All values in axis param must be in range [-${rank}, ${rank}) but got axis ${axis} (${operation})`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** One axis, several, or all. */
export type Axes = number | readonly number[] | null;

/** Sorted non-negative axes; all of them for `null` or `undefined`. */
export function normalAxes(axis: Axes | undefined, rank: number, operation: string): number[] {
  if (axis === null || axis === undefined) return Array.from({ length: rank }, (_, index) => index);
  const axes = (typeof axis === 'number' ? [axis] : axis).map((each) => normalAxis(each, rank, operation));
  return [...new Set(axes)].sort((a, b) => a - b);
}

/**
 * @throws TensorError 'shape' unless every length is a non-negative integer
 */
export function checkShape(shape: Shape, operation: string): void {
  checkList(shape, operation);
  if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new TensorError('shape', `Tensor must have a shape comprised of positive integers but got shape [${shape}]. (${operation})`);
  }
}

/** @throws TensorError 'shape' unless it is a list: callers without types may pass anything */
export function checkList(lengths: Shape, operation: string): void {
  if (!Array.isArray(lengths)) throw new TensorError('shape', `${operation}: a shape must be an array of lengths, but is ${describeValue(lengths)}`);
}
