/** Operations that change a tensor's shape or the order of its elements. */
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, type DataType } from '../dtype.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { broadcastStrides, sameShape, sizeOf, stridesOf, type Shape } from '../../calculus/shape.ts';
import { broadcastShapes, normalAxes, normalAxis } from '../axes.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { move, strided } from './movement.ts';

const reshapeAs = (name: string, x: Tensor, shape: Shape): Tensor =>
  resultOf(name, { x }, { values: valuesOf(x), shape, dtype: x.dtype }, { x: (dy, saved) => reshapeAs('reshape', dy, saved.x.shape) });

/**
 * The same elements under another shape; one length may be -1 and is inferred. x̄ = ȳ in the shape of x.
 * @throws TensorError 'shape' when the sizes differ
 */
export function reshape(x: TensorLike, shape: Shape): Tensor {
  const $x = toTensor(x, 'x', 'reshape');
  const known = sizeOf(shape.filter((length) => length !== -1));
  const inferred = shape.map((length) => (length === -1 ? $x.size / known : length));
  if (shape.filter((length) => length === -1).length > 1 || sizeOf(inferred) !== $x.size || !inferred.every(Number.isInteger)) {
    throw new TensorError('shape', `Size(${$x.size}) must match the product of shape ${shape.join(',')}. (reshape of [${$x.shape}])`);
  }
  return reshapeAs('reshape', $x, inferred);
}

/** Inserts an axis of length 1 before `axis`. */
export function expandDims(x: TensorLike, axis = 0): Tensor {
  const $x = toTensor(x, 'x', 'expandDims');
  const at = normalAxis(axis, $x.rank + 1, 'expandDims');
  return reshapeAs('expandDims', $x, [...$x.shape.slice(0, at), 1, ...$x.shape.slice(at)]);
}

/** Removes axes of length 1: all of them, or those named. @throws TensorError 'shape' when a named one is longer */
export function squeeze(x: TensorLike, axis?: readonly number[]): Tensor {
  const $x = toTensor(x, 'x', 'squeeze');
  const axes = axis === undefined ? [...$x.shape.keys()].filter((each) => $x.shape[each] === 1) : normalAxes(axis, $x.rank, 'squeeze');
  const long = axes.find((each) => $x.shape[each] !== 1);
  if (long !== undefined) throw new TensorError('shape', `squeeze: can't squeeze axis ${long} of [${$x.shape}], its length is not 1`);
  return reshapeAs('squeeze', $x, $x.shape.filter((_, each) => !axes.includes(each)));
}

/** Permutes the axes; reverses them without `perm`. x̄ is ȳ under the inverse permutation. */
export function transpose(x: TensorLike, perm?: readonly number[]): Tensor {
  const $x = toTensor(x, 'x', 'transpose');
  const order = perm ?? [...$x.shape.keys()].reverse();
  if (`${normalAxes(order, $x.rank, 'transpose')}` !== `${[...$x.shape.keys()]}`) {
    throw new TensorError('shape', `Error in transpose: rank of input ${$x.rank} must match length of perm ${order}, a permutation of its axes`);
  }
  const axes = order.map((axis) => normalAxis(axis, $x.rank, 'transpose'));
  const strides = stridesOf($x.shape);
  const shape = axes.map((axis) => $x.shape[axis]!);
  return move('transpose', $x, strided($x.shape, shape, axes.map((axis) => strides[axis]!)));
}

/** Reverses the order along axes. x̄ is ȳ reversed. */
export function reverse(x: TensorLike, axis?: number | readonly number[] | null): Tensor {
  const $x = toTensor(x, 'x', 'reverse');
  const axes = normalAxes(axis, $x.rank, 'reverse');
  const forward = stridesOf($x.shape);
  const start = axes.reduce((total, each) => total + forward[each]! * ($x.shape[each]! - 1), 0);
  return move('reverse', $x, strided($x.shape, $x.shape, forward.map((stride, each) => (axes.includes(each) ? -stride : stride)), start));
}

/** Repeats along axes of length 1, as operations with operands of different shapes do. x̄ is the sum of the repeats. */
export function broadcastTo(x: TensorLike, shape: Shape): Tensor {
  const $x = toTensor(x, 'x', 'broadcastTo');
  if (sameShape($x.shape, shape)) return clone($x);
  if (!sameShape(broadcastShapes($x.shape, shape, 'broadcastTo'), shape)) {
    throw new TensorError('shape', `broadcastTo(): [${$x.shape}] cannot be broadcast to [${shape}].`);
  }
  return move('broadcastTo', $x, strided($x.shape, shape, broadcastStrides($x.shape, shape)));
}

/** Repeats the tensor `reps[axis]` times along each axis. x̄ is the sum of the repeats. */
export function tile(x: TensorLike, reps: readonly number[]): Tensor {
  const $x = toTensor(x, 'x', 'tile');
  if (reps.length !== $x.rank) throw new TensorError('shape', `Error in transpose: rank of input ${$x.rank} must match length of reps ${reps}. (tile)`);
  const strides = stridesOf($x.shape);
  const repeated = strided($x.shape, $x.shape.flatMap((length, axis) => [reps[axis]!, length]), strides.flatMap((stride) => [0, stride]));
  return move('tile', $x, { ...repeated, target: $x.shape.map((length, axis) => length * reps[axis]!) });
}

/** The same elements as another tensor with a life of its own. x̄ = ȳ. */
export const clone = (x: TensorLike): Tensor => {
  const $x = toTensor(x, 'x', 'clone');
  return resultOf('clone', { x: $x }, { values: valuesOf($x), shape: $x.shape, dtype: $x.dtype }, { x: (dy) => dy });
};

/**
 * The elements as another type. Into a wider type it is the identity, x̄ = ȳ. Into a narrower one it drops fractions or
 * magnitudes: a step function with derivative zero (where TF.js lets the gradient through).
 */
export function cast(x: TensorLike, dtype: DataType): Tensor {
  const $x = toTensor(x, 'x', 'cast');
  if (!['float32', 'int32', 'bool'].includes(dtype)) throw new TensorError('dtype', `cast: ${dtype as string} is not one of float32, int32, bool`);
  const elements = valuesOf($x);
  const values = allocate(dtype, elements.length);
  for (let index = 0; index < values.length; index += 1) values[index] = dtype === 'bool' ? Number(elements[index] !== 0) : elements[index]!;
  const narrows = $x.dtype !== dtype && (dtype === 'bool' || $x.dtype === 'float32');
  return resultOf('cast', { x: $x }, { values, shape: $x.shape, dtype }, { x: narrows ? 'zero-derivative' : (dy) => dy });
}

/** The value, and no gradient: x̄ = 0 on every path through here. */
export function stopGradient(x: TensorLike): Tensor {
  const $x = toTensor(x, 'x', 'stopGradient');
  return resultOf('stopGradient', { x: $x }, { values: valuesOf($x), shape: $x.shape, dtype: $x.dtype }, { x: 'stop-gradient' });
}
