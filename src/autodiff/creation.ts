import { leaf, tensorOf, type TensorLike } from './convert.ts';
import { allocate, type DataType } from './dtype.ts';
import { TensorError } from './errors.ts';
import { generator } from './random.ts';
import { sizeOf, type Shape } from '../calculus/shape.ts';
import { checkShape } from './axes.ts';
import { Tensor } from './tensor.ts';

type Numbers = Exclude<TensorLike, Tensor>;

/**
 * A tensor of the given numbers: flat with a shape, or nested.
 * @throws TensorError 'not-a-tensor' for a tensor (use `clone`), 'shape' when numbers and shape do not fit
 */
export function tensor(values: Numbers, shape?: Shape, dtype?: DataType): Tensor {
  if ((values as unknown) instanceof Tensor) {
    throw new TensorError('not-a-tensor', 'values passed to tensor(values) must be a number/boolean or an array of numbers/booleans, or a TypedArray, not a Tensor');
  }
  if (shape !== undefined) checkShape(shape, 'tensor');
  return tensorOf(values, 'tensor(values)', shape, dtype);
}

const ofRank = (name: string, values: Numbers, rank: number, shape: Shape | undefined, dtype: DataType | undefined): Tensor => {
  const made = tensor(values, shape, dtype);
  if (made.rank !== rank) throw new TensorError('shape', `${name}() requires values or a shape of rank ${rank}, but got shape [${made.shape}]`);
  return made;
};

/** A tensor of rank 0. @throws TensorError 'shape' for an array */
export const scalar = (value: number | boolean, dtype?: DataType): Tensor => ofRank('scalar', value, 0, undefined, dtype);

/** A tensor of rank 1. @throws TensorError 'shape' for nested numbers */
export const tensor1d = (values: Numbers, dtype?: DataType): Tensor => ofRank('tensor1d', values, 1, undefined, dtype);

/** A tensor of rank 2. @throws TensorError 'shape' when the rank differs */
export const tensor2d = (values: Numbers, shape?: Shape, dtype?: DataType): Tensor => ofRank('tensor2d', values, 2, shape, dtype);

/** A tensor of rank 3. @throws TensorError 'shape' when the rank differs */
export const tensor3d = (values: Numbers, shape?: Shape, dtype?: DataType): Tensor => ofRank('tensor3d', values, 3, shape, dtype);

/** A tensor of rank 4. @throws TensorError 'shape' when the rank differs */
export const tensor4d = (values: Numbers, shape?: Shape, dtype?: DataType): Tensor => ofRank('tensor4d', values, 4, shape, dtype);

/** A tensor that no tape watches: `tensor` under the name that says so. */
export const constant = (values: Numbers, shape?: Shape, dtype?: DataType): Tensor => tensor(values, shape, dtype);

/** A tensor of one repeated number. */
export function fill(shape: Shape, value: number, dtype: DataType = 'float32'): Tensor {
  checkShape(shape, 'fill');
  return leaf(allocate(dtype, sizeOf(shape)).fill(value), shape, dtype);
}

export const zeros = (shape: Shape, dtype: DataType = 'float32'): Tensor => fill(shape, 0, dtype);

export const ones = (shape: Shape, dtype: DataType = 'float32'): Tensor => fill(shape, 1, dtype);

/** `num` numbers from `start` to `stop`, both included. */
export function linspace(start: number, stop: number, num: number): Tensor {
  if (num <= 0) throw new TensorError('argument', 'The number of values should be positive.');
  const step = num === 1 ? 0 : (stop - start) / (num - 1);
  return leaf(Float64Array.from({ length: num }, (_, index) => start + index * step), [num], 'float32');
}

/** Numbers from `start` up to, not including, `stop`. */
export function range(start: number, stop: number, step = start <= stop ? 1 : -1, dtype: DataType = 'float32'): Tensor {
  if (step === 0) throw new TensorError('argument', 'Cannot have a step of zero');
  const length = Math.max(0, Math.ceil((stop - start) / step));
  const values = allocate(dtype, length);
  for (let index = 0; index < length; index += 1) values[index] = start + index * step;
  return leaf(values, [length], dtype);
}

/** A matrix, or a batch of matrices, with ones on the diagonal. */
export function eye(numRows: number, numColumns = numRows, batchShape: Shape = [], dtype: DataType = 'float32'): Tensor {
  const shape = [...batchShape, numRows, numColumns];
  const values = allocate(dtype, sizeOf(shape));
  for (let index = 0; index < values.length; index += 1) {
    const inMatrix = index % (numRows * numColumns);
    values[index] = Number(Math.floor(inMatrix / numColumns) === inMatrix % numColumns);
  }
  return leaf(values, shape, dtype);
}

/** Numbers drawn evenly from [minval, maxval). Repeatable by `seed`; the numbers are not TF.js's. */
export function randomUniform(shape: Shape, minval = 0, maxval = 1, dtype: DataType = 'float32', seed?: number): Tensor {
  const random = generator(seed);
  return sample(shape, dtype, () => minval + (maxval - minval) * random());
}

/** Numbers drawn from a normal distribution (Box-Muller). Repeatable by `seed`; the numbers are not TF.js's. */
export function randomNormal(shape: Shape, mean = 0, stdDev = 1, dtype: 'float32' | 'int32' = 'float32', seed?: number): Tensor {
  const random = generator(seed);
  return sample(shape, dtype, () => mean + stdDev * normal(random));
}

/** As `randomNormal`, drawing again what is further than two deviations from the mean. */
export function truncatedNormal(shape: Shape, mean = 0, stdDev = 1, dtype: 'float32' | 'int32' = 'float32', seed?: number): Tensor {
  const random = generator(seed);
  return sample(shape, dtype, () => {
    let deviation = normal(random);
    while (Math.abs(deviation) > 2) deviation = normal(random);
    return mean + stdDev * deviation;
  });
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function sample(shape: Shape, dtype: DataType, draw: () => number): Tensor {
  checkShape(shape, 'random');
  const values = allocate(dtype, sizeOf(shape));
  for (let index = 0; index < values.length; index += 1) values[index] = draw();
  return leaf(values, shape, dtype);
}
