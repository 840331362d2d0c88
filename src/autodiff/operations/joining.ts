/** Several tensors into one, and one into several. */
import { toTensor, toTensors, type TensorLike } from '../convert.ts';
import { allocate, upcast } from '../dtype.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { compose } from '../tape.ts';
import { sameShape, sizeOf } from '../../calculus/shape.ts';
import { checkList, normalAxis } from '../axes.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { expandDims, squeeze } from './layout.ts';
import { slice } from './indexing.ts';

/**
 * Tensors one after the other along `axis`. Each operand's cotangent is its own slice of ȳ.
 * @throws TensorError 'shape' when they differ in another axis
 */
export function concat(tensors: readonly TensorLike[], axis = 0): Tensor {
  const $tensors = toTensors(tensors, 'tensors', 'concat');
  const first = $tensors[0]!;
  const along = normalAxis(axis, first.rank, 'concat');
  $tensors.forEach((each, index) => { checkJoins(each, index, first, along); });
  const lengths = $tensors.map((each) => each.shape[along]!);
  const shape = first.shape.with(along, lengths.reduce((total, length) => total + length, 0));
  const dtype = $tensors.map((each) => each.dtype).reduce(upcast);
  const values = allocate(dtype, sizeOf(shape));
  const inner = sizeOf(shape.slice(along + 1));
  const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((total, length) => total + length, 0));
  $tensors.forEach((each, index) => {
    const elements = valuesOf(each);
    const row = lengths[index]! * inner;
    for (let at = 0, outer = 0; at < elements.length; at += row, outer += 1) {
      values.set(elements.subarray(at, at + row), (outer * shape[along]! + starts[index]!) * inner);
    }
  });
  const operands: Record<string, Tensor> = Object.fromEntries($tensors.map((each, index) => [`${index}`, each]));
  const adjoints = Object.fromEntries($tensors.map((each, index) => {
    const begin = shape.map((_, other) => (other === along ? starts[index]! : 0));
    return [`${index}`, (dy: Tensor) => slice(dy, begin, each.shape)];
  }));
  return resultOf('concat', operands, { values, shape, dtype }, adjoints);
}

/** @throws TensorError 'shape' unless a tensor has the shape of the first, but along one axis */
function checkJoins(tensor: Tensor, index: number, first: Tensor, along: number): void {
  const wrong = (words: string): TensorError =>
    new TensorError('shape', `Error in concat${first.rank}D: ${words}, for [${first.shape}] and [${tensor.shape}] along axis ${along}`);
  if (tensor.rank !== first.rank) throw wrong(`rank of tensors[${index}] must be the same as the rank of the rest (${first.rank})`);
  // TF.js's message has the tensor's index in place of the axis.
  if (tensor.shape.some((length, axis) => axis !== along && length !== first.shape[axis])) {
    throw wrong(`Shape of tensors[${index}] (${tensor.shape}) does not match the shape of the rest (${first.shape}) along the non-concatenated axis ${index}`);
  }
}

/**
 * Tensors of one shape, side by side along a new axis.
 * @throws TensorError 'shape' when the shapes differ
 */
export function stack(tensors: readonly TensorLike[], axis = 0): Tensor {
  const $tensors = toTensors(tensors, 'tensors', 'stack');
  const first = $tensors[0]!;
  const other = $tensors.find((each) => !sameShape(each.shape, first.shape));
  if (other !== undefined) {
    throw new TensorError('shape', `All tensors passed to stack must have matching shapes Shapes ${first.shape} and ${other.shape} must match: [${first.shape}], [${other.shape}]`);
  }
  return compose('stack', () => concat($tensors.map((each) => expandDims(each, axis)), axis));
}

/** The slices along `axis`, without that axis: the inverse of `stack`. */
export function unstack(x: TensorLike, axis = 0): Tensor[] {
  const $x = toTensor(x, 'x', 'unstack');
  if (axis < -$x.rank || axis >= $x.rank) throw new TensorError('shape', `Axis = ${axis} is not in [-${$x.rank}, ${$x.rank}). (unstack)`);
  const along = normalAxis(axis, $x.rank, 'unstack');
  return compose('unstack', () => split($x, $x.shape[along]!, along).map((part) => squeeze(part, [along])));
}

/**
 * The tensor in parts along `axis`: so many equal ones, or parts of the given lengths (one may be -1).
 * @throws TensorError 'shape' when the parts do not add up
 */
export function split(x: TensorLike, numOrSizeSplits: number | readonly number[], axis = 0): Tensor[] {
  const $x = toTensor(x, 'x', 'split');
  const along = normalAxis(axis, $x.rank, 'split');
  const sizes = sizesOf($x, along, numOrSizeSplits);
  let start = 0;
  return compose('split', () => sizes.map((size) => {
    const begin = $x.shape.map((_, other) => (other === along ? start : 0));
    start += size;
    return slice($x, begin, $x.shape.with(along, size));
  }));
}

/** The lengths of the parts along an axis. @throws TensorError 'shape' when they do not add up */
function sizesOf(x: Tensor, axis: number, parts: number | readonly number[]): number[] {
  const length = x.shape[axis]!;
  const wrong = (words: string): TensorError => new TensorError('shape', `${words} (split of [${x.shape}] along axis ${axis} into ${JSON.stringify(parts)})`);
  if (typeof parts === 'number') {
    if (!Number.isInteger(parts) || parts < 1 || length % parts !== 0) throw wrong('Number of splits must evenly divide the axis.');
    return new Array<number>(parts).fill(length / parts);
  }
  checkList(parts, 'split');
  const known = parts.filter((size) => size !== -1);
  if (parts.length - known.length > 1) throw wrong('There should be only one negative value in split array.');
  const rest = length - known.reduce((total, size) => total + size, 0);
  const sizes = parts.map((size) => (size === -1 ? rest : size));
  if (!sizes.every((size) => Number.isInteger(size) && size >= 0) || (known.length === parts.length && rest !== 0)) {
    throw wrong('The sum of sizes must match the size of the axis dimension.');
  }
  return sizes;
}
