/** Several tensors into one, and one into several. */
import { toTensor, toTensors, type TensorLike } from '../convert.ts';
import { allocate, upcast } from '../dtype.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { compose } from '../tape.ts';
import { sizeOf } from '../../calculus/shape.ts';
import { normalAxis } from '../axes.ts';
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
  for (const each of $tensors) {
    if (each.rank !== first.rank || each.shape.some((length, other) => other !== along && length !== first.shape[other])) {
      throw new TensorError('shape', `Error in concat${first.rank}D: shapes ${$tensors.map((one) => `[${one.shape}]`).join(', ')} do not fit along axis ${along}`);
    }
  }
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

/**
 * Tensors of one shape, side by side along a new axis.
 * @throws TensorError 'shape' when the shapes differ
 */
export function stack(tensors: readonly TensorLike[], axis = 0): Tensor {
  const $tensors = toTensors(tensors, 'tensors', 'stack');
  const first = $tensors[0]!;
  if ($tensors.some((each) => `${each.shape}` !== `${first.shape}`)) {
    throw new TensorError('shape', `All tensors passed to stack must have matching shapes, but they are ${$tensors.map((one) => `[${one.shape}]`).join(', ')}`);
  }
  return compose('stack', () => concat($tensors.map((each) => expandDims(each, axis)), axis));
}

/** The slices along `axis`, without that axis: the inverse of `stack`. */
export function unstack(x: TensorLike, axis = 0): Tensor[] {
  const $x = toTensor(x, 'x', 'unstack');
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
  const length = $x.shape[along]!;
  const given = typeof numOrSizeSplits === 'number' ? new Array<number>(numOrSizeSplits).fill(length / numOrSizeSplits) : numOrSizeSplits;
  const known = given.filter((size) => size !== -1).reduce((total, size) => total + size, 0);
  const sizes = given.map((size) => (size === -1 ? length - known : size));
  if (sizes.some((size) => !Number.isInteger(size) || size < 0) || sizes.reduce((total, size) => total + size, 0) !== length) {
    throw new TensorError('shape', `split: [${$x.shape}] cannot be split along axis ${along} into ${JSON.stringify(numOrSizeSplits)}`);
  }
  let start = 0;
  return compose('split', () => sizes.map((size) => {
    const begin = $x.shape.map((_, other) => (other === along ? start : 0));
    start += size;
    return slice($x, begin, $x.shape.with(along, size));
  }));
}
