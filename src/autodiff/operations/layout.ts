/** Operations that change a tensor's shape or the order of its elements. */
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, type DataType } from '../dtype.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { broadcastStrides, sameShape, sizeOf, stridesOf, type Shape } from '../../calculus/shape.ts';
import { checkList, checkShape, normalAxes, normalAxis } from '../axes.ts';
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
  return reshapeAs('reshape', $x, inferred($x, shape));
}

/** `shape` with -1 replaced by what is left for it. @throws TensorError 'shape' when nothing fits */
function inferred(x: Tensor, shape: Shape): readonly number[] {
  checkList(shape, 'reshape');
  const wrong = (words: string): TensorError => new TensorError('shape', `${words}. (reshape of [${x.shape}])`);
  const open = shape.indexOf(-1);
  const second = shape.lastIndexOf(-1);
  if (second !== open) throw wrong(`Shapes can only have 1 implicit size. Found -1 at dim ${open} and dim ${second}`);
  const negative = shape.findIndex((length) => length < -1);
  if (negative !== -1) throw wrong(`Shapes can not be < 0. Found ${shape[negative]} at dim ${negative}`);
  const known = sizeOf(shape.filter((length) => length !== -1));
  if (open === -1) {
    if (known !== x.size || !shape.every(Number.isInteger)) throw wrong(`Size(${x.size}) must match the product of shape ${shape}`);
    return shape;
  }
  if (known === 0) throw wrong(`Cannot infer the missing size in [${shape}] when there are 0 elements`);
  if (x.size % known !== 0) throw wrong(`The implicit shape can't be a fractional number. Got ${x.size} / ${known}`);
  return shape.with(open, x.size / known);
}

/** Inserts an axis of length 1 before `axis`. */
export function expandDims(x: TensorLike, axis = 0): Tensor {
  const $x = toTensor(x, 'x', 'expandDims');
  if (axis > $x.rank) throw new TensorError('shape', `Axis must be <= rank of the tensor, which is ${$x.rank}, but is ${axis}. (expandDims)`);
  if (axis < -($x.rank + 1)) throw new TensorError('shape', `Axis must be in the interval [${-($x.rank + 1)}, ${$x.rank}], but is ${axis}. (expandDims)`);
  const at = normalAxis(axis, $x.rank + 1, 'expandDims');
  return reshapeAs('expandDims', $x, [...$x.shape.slice(0, at), 1, ...$x.shape.slice(at)]);
}

/** Removes axes of length 1: all of them (also for an empty list), or those named. @throws TensorError 'shape' when a named one is longer */
export function squeeze(x: TensorLike, axis?: readonly number[] | null): Tensor {
  const $x = toTensor(x, 'x', 'squeeze');
  const named = axis === undefined || axis === null || axis.length === 0 ? [...$x.shape.keys()].filter((each) => $x.shape[each] === 1) : axis;
  const axes = normalAxes(named, $x.rank, 'squeeze');
  const long = axes.find((each) => $x.shape[each] !== 1);
  if (long !== undefined) throw new TensorError('shape', `Can't squeeze axis ${long} since its dim '${$x.shape[long]}' is not 1. (squeeze of [${$x.shape}])`);
  return reshapeAs('squeeze', $x, $x.shape.filter((_, each) => !axes.includes(each)));
}

/**
 * Permutes the axes; reverses them without `perm`. x̄ is ȳ under the inverse permutation.
 * @throws TensorError 'shape' unless `perm` has each axis once
 */
export function transpose(x: TensorLike, perm?: readonly number[] | null): Tensor {
  const $x = toTensor(x, 'x', 'transpose');
  const order = perm ?? [...$x.shape.keys()].reverse();
  if (order.length !== $x.rank) throw new TensorError('shape', `Error in transpose: rank of input ${$x.rank} must match length of perm ${order}.`);
  if (![...$x.shape.keys()].every((axis) => order.includes(axis))) {
    throw new TensorError('shape', `All entries in 'perm' must be between 0 and ${$x.rank - 1} but got ${order}; each must be there once. (transpose)`);
  }
  const strides = stridesOf($x.shape);
  const shape = order.map((axis) => $x.shape[axis]!);
  return move('transpose', $x, strided($x.shape, shape, order.map((axis) => strides[axis]!)));
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
  checkShape(shape, 'broadcastTo');
  if (sameShape($x.shape, shape)) return clone($x);
  const missing = shape.length - $x.rank;
  if (missing < 0) throw new TensorError('shape', `broadcastTo(): shape.length=${shape.length} < input.rank=${$x.rank}.`);
  if (!$x.shape.every((length, axis) => length === 1 || length === shape[axis + missing])) {
    throw new TensorError('shape', `broadcastTo(): [${$x.shape}] cannot be broadcast to [${shape}].`);
  }
  return move('broadcastTo', $x, strided($x.shape, shape, broadcastStrides($x.shape, shape)));
}

/** Repeats the tensor `reps[axis]` times along each axis. x̄ is the sum of the repeats. */
export function tile(x: TensorLike, reps: readonly number[]): Tensor {
  const $x = toTensor(x, 'x', 'tile');
  checkList(reps, 'tile');
  if (reps.length !== $x.rank) throw new TensorError('shape', `Error in transpose: rank of input ${$x.rank} must match length of reps ${reps}. (tile)`);
  const target = $x.shape.map((length, axis) => length * reps[axis]!);
  checkShape(target, 'tile');
  const strides = stridesOf($x.shape);
  const repeated = strided($x.shape, $x.shape.flatMap((length, axis) => [reps[axis]!, length]), strides.flatMap((stride) => [0, stride]));
  return move('tile', $x, { ...repeated, target });
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
  if (!['float32', 'int32', 'bool'].includes(dtype)) throw new TensorError('dtype', `Failed to cast to unknown dtype ${dtype as string}; there are float32, int32 and bool`);
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
