/** Taking elements out of tensors, and putting them back. */
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, type DataType } from '../dtype.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { sizeOf, stridesOf, walk } from '../../calculus/shape.ts';
import { checkList, checkShape, normalAxis } from '../axes.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { move, NOWHERE, scatterAdd, strided } from './movement.ts';

/**
 * A block of the tensor, from `begin`, of lengths `size`; -1 or a missing length takes the rest of the axis.
 * x̄ is ȳ in its place among zeros.
 * @throws TensorError 'shape' when the block leaves the tensor
 */
export function slice(x: TensorLike, begin: number | readonly number[], size?: number | readonly number[] | null): Tensor {
  const $x = toTensor(x, 'x', 'slice');
  if ($x.rank === 0) throw new TensorError('shape', 'Slicing scalar is not possible');
  const { starts, shape } = blockOf($x, typeof begin === 'number' ? [begin] : begin, typeof size === 'number' ? [size] : (size ?? []));
  const strides = stridesOf($x.shape);
  const start = starts.reduce((total, each, axis) => total + each * strides[axis]!, 0);
  return move('slice', $x, strided($x.shape, shape, strides, start));
}

/** Where a block begins and how long it is, along each axis. @throws TensorError 'shape' when it leaves the tensor */
function blockOf(x: Tensor, begins: readonly number[], sizes: readonly number[]): { readonly starts: number[]; readonly shape: number[] } {
  checkList(begins, 'slice');
  const wrong = (words: string): TensorError => new TensorError('shape', `${words}, for begin [${begins}], size [${sizes}] of input.shape [${x.shape}]`);
  if (begins.length > x.rank) throw wrong(`Error in slice${x.rank}D: Length of begin ${begins} must match the rank of the array (${x.rank})`);
  if (begins.some((each) => each < 0)) throw wrong('slice() does not support negative begin indexing');
  const negative = sizes.findIndex((each) => each < -1);
  if (negative !== -1) throw wrong(`Negative size values should be exactly -1 but got ${sizes[negative]} for the slice() size at index ${negative}`);
  const starts = x.shape.map((_, axis) => begins[axis] ?? 0);
  const shape = x.shape.map((length, axis) => ((sizes[axis] ?? -1) === -1 ? length - starts[axis]! : sizes[axis]!));
  const over = shape.findIndex((length, axis) => !Number.isInteger(length) || length < 0 || starts[axis]! + length > x.shape[axis]!);
  if (over !== -1) {
    throw wrong(`Error in slice${x.rank}D: begin[${over}] + size[${over}] (${starts[over]! + shape[over]!}) would overflow input.shape[${over}] (${x.shape[over]})`);
  }
  return { starts, shape };
}

/**
 * Slices along `axis` at `indices`, which may repeat. x̄ adds up the slices of ȳ at their places.
 * @param batchDims how many leading axes of x and indices belong together
 * @throws TensorError 'dtype' unless indices are int32, 'argument' when one is out of range, 'shape' when x and indices have
 *   no such leading axes in common
 */
export function gather(x: TensorLike, indices: TensorLike, axis = 0, batchDims = 0): Tensor {
  const $x = toTensor(x, 'x', 'gather');
  const $indices = toTensor(indices, 'indices', 'gather', 'int32');
  const along = normalAxis(axis, $x.rank, 'gather');
  const batch = batchAxes($x, $indices, along, batchDims);
  const length = $x.shape[along]!;
  const places = valuesOf($indices);
  const wrong = places.find((place) => place < 0 || place >= length);
  if (wrong !== undefined) throw new TensorError('argument', `GatherV2: the index value ${wrong} is not in [0, ${length - 1}]`);

  const batchShape = $x.shape.slice(0, batch);
  const before = $x.shape.slice(batch, along);
  const chosen = $indices.shape.slice(batch);
  const after = $x.shape.slice(along + 1);
  const strides = stridesOf($x.shape);
  const none = (part: readonly number[]): number[] => part.map(() => 0);
  // Walks over the runs: for each, where it would begin if all indices were 0, and which index belongs to it.
  const runs = [...batchShape, ...before, ...chosen];
  const base = walk(runs, [...strides.slice(0, along), ...none(chosen)]);
  const indexStrides = stridesOf($indices.shape);
  const index = walk(runs, [...indexStrides.slice(0, batch), ...none(before), ...indexStrides.slice(batch)]);
  const from = base.map((start, each) => start + places[index[each]!]! * strides[along]!);
  return move('gather', $x, { source: $x.shape, target: [...runs, ...after], run: sizeOf(after), from }, 0, { indices: $indices });
}

/** How many leading axes belong together. @throws TensorError 'shape' when they do not */
function batchAxes(x: Tensor, indices: Tensor, axis: number, batchDims: number): number {
  if (!Number.isInteger(batchDims) || Math.abs(batchDims) > indices.rank) {
    throw new TensorError('shape', `Expect batchDims in the range of [-${indices.rank}, ${indices.rank}], but got ${batchDims}`);
  }
  const batch = batchDims < 0 ? batchDims + indices.rank : batchDims;
  if (batch > axis) throw new TensorError('shape', `batchDims (${batch}) must be less than or equal to axis (${axis}).`);
  const other = indices.shape.findIndex((length, each) => each < batch && length !== x.shape[each]);
  if (other !== -1) throw new TensorError('shape', `x.shape[${other}]: ${x.shape[other]} should be equal to indices.shape[${other}]: ${indices.shape[other]}.`);
  return batch;
}

/**
 * Adds up the slices (along the first axis) of x that have the same segment id. x̄ gives each slice its segment's ȳ.
 * @throws TensorError 'dtype' unless the ids are int32, 'shape' unless each slice has one, 'argument' for a fraction of segments
 */
export function unsortedSegmentSum(x: TensorLike, segmentIds: TensorLike, numSegments: number): Tensor {
  const $x = toTensor(x, 'x', 'unsortedSegmentSum');
  const $ids = toTensor(segmentIds, 'segmentIds', 'unsortedSegmentSum', 'int32');
  if (!Number.isInteger(numSegments)) throw new TensorError('argument', `numSegments must be of dtype int, but is ${numSegments}. (unsortedSegmentSum)`);
  checkShape([numSegments], 'unsortedSegmentSum');
  if ($ids.rank !== 1 || $ids.size !== $x.shape[0]) {
    throw new TensorError('shape', `unsortedSegmentSum: segmentIds must be one id for each of the slices of [${$x.shape}], but have shape [${$ids.shape}]`);
  }
  const run = sizeOf($x.shape.slice(1));
  const from = Int32Array.from(valuesOf($ids), (id) => (id < 0 || id >= numSegments ? NOWHERE : id * run));
  return scatterAdd('unsortedSegmentSum', $x, { source: [numSegments, ...$x.shape.slice(1)], target: $x.shape, run, from }, { segmentIds: $ids });
}

/**
 * For each index a row of `depth` numbers, `onValue` at the index and `offValue` elsewhere. A step function of the
 * indices: the derivative is zero.
 * @throws TensorError 'dtype' unless indices are int32, 'argument' for a depth below 2 (as TF.js)
 */
export function oneHot(indices: TensorLike, depth: number, onValue = 1, offValue = 0, dtype: DataType = 'int32'): Tensor {
  if (depth < 2) throw new TensorError('argument', `Error in oneHot: depth must be >=2, but it is ${depth}`);
  const $indices = toTensor(indices, 'indices', 'oneHot', 'int32');
  const places = valuesOf($indices);
  const values = allocate(dtype, places.length * depth).fill(offValue);
  places.forEach((place, index) => {
    if (place >= 0 && place < depth) values[index * depth + place] = onValue;
  });
  return resultOf('oneHot', { indices: $indices }, { values, shape: [...$indices.shape, depth], dtype }, { indices: 'zero-derivative' });
}

/**
 * Surrounds the tensor with `constantValue`: `paddings[axis]` is how many before and after. x̄ is ȳ without the rim.
 * @throws TensorError 'shape' unless there is one pair an axis
 */
export function pad(x: TensorLike, paddings: readonly (readonly [number, number] | readonly number[])[], constantValue = 0): Tensor {
  const $x = toTensor(x, 'x', 'pad');
  if ($x.rank === 0) throw new TensorError('shape', 'pad(scalar) is not defined. Pass non-scalar to pad');
  if (paddings.length !== $x.rank || paddings.some((pair) => pair.length !== 2)) {
    throw new TensorError('shape', `pad: paddings must be one [before, after] for each of the ${$x.rank} axes, but are ${JSON.stringify(paddings)}`);
  }
  const shape = $x.shape.map((length, axis) => length + paddings[axis]![0] + paddings[axis]![1]);
  checkShape(shape, 'pad');
  const strides = stridesOf(shape);
  const start = strides.reduce((total, stride, axis) => total + stride * paddings[axis]![0], 0);
  const from = new Int32Array(sizeOf(shape)).fill(NOWHERE);
  walk($x.shape, strides, start).forEach((place, index) => { from[place] = index; });
  return move('pad', $x, { source: $x.shape, target: shape, run: 1, from }, constantValue);
}
