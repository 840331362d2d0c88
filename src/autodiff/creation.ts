import { isTensorLike, leaf, tensorOf, type TensorLike } from './convert.ts';
import { allocate, elementOf, type DataType, type Values } from './dtype.ts';
import { TensorError } from './errors.ts';
import { describeValue, nestedShape } from './nested.ts';
import { generator } from './random.ts';
import { sizeOf, type Shape } from '../calculus/shape.ts';
import { checkShape } from './axes.ts';
import type { Tensor } from './tensor.ts';

type Numbers = Exclude<TensorLike, Tensor>;

/**
 * A tensor of the given numbers: flat with a shape, or nested. As everywhere, null is an argument left out.
 * @throws TensorError 'not-a-tensor' for a tensor (use `clone`), 'shape' when numbers and shape do not fit, 'dtype' for a
 *   type that is none
 */
export function tensor(values: Numbers, shape?: Shape | null, dtype?: DataType | null): Tensor {
  if (shape !== undefined && shape !== null) checkShape(shape, 'tensor');
  return tensorOf(values, 'tensor(values)', shape ?? undefined, dtype ?? undefined);
}

/** A tensor of rank 0. @throws TensorError 'shape' for an array */
export function scalar(value: number | boolean, dtype?: DataType | null): Tensor {
  if (isTensorLike(value) && typeof value === 'object') {
    throw new TensorError('shape', `Error creating a new Scalar: value must be a primitive (number|boolean|string), but is ${describeValue(value)}`);
  }
  return tensor(value, undefined, dtype);
}

/** A tensor of rank 1. @throws TensorError 'shape' for nested numbers */
export function tensor1d(values: Numbers, dtype?: DataType | null): Tensor {
  const made = tensor(notNull(values), undefined, dtype);
  if (made.rank !== 1) throw new TensorError('shape', `tensor1d() requires values to be a flat/TypedArray, but they have shape [${made.shape}]`);
  return made;
}

type OfRank = (values: Numbers, shape?: Shape | null, dtype?: DataType | null) => Tensor;

/** @param words how TF.js says the rank, and how values given flat without a shape */
const ofRank = (rank: number, words: { readonly rank: string; readonly flat: string }): OfRank => {
  const name = `tensor${rank}d()`;
  return (values, shape, dtype) => {
    if (shape !== undefined && shape !== null && shape.length !== rank) {
      throw new TensorError('shape', `${name} requires shape to have ${words.rank} numbers, but got [${shape}]`);
    }
    const given = nestedShape(notNull(values));
    if (given.length !== rank && given.length !== 1) {
      throw new TensorError('shape', `${name} requires values to be number${'[]'.repeat(rank)} or flat/TypedArray, but they have shape [${given}]`);
    }
    if (given.length === 1 && (shape === undefined || shape === null)) {
      throw new TensorError('shape', `${name} requires shape to be provided when \`values\` are a flat${words.flat}, of rank ${rank}`);
    }
    return tensor(values, shape, dtype);
  };
};

/** A tensor of rank 2. @throws TensorError 'shape' when the rank differs */
export const tensor2d: OfRank = ofRank(2, { rank: 'two', flat: '/TypedArray' });

/** A tensor of rank 3. @throws TensorError 'shape' when the rank differs */
export const tensor3d: OfRank = ofRank(3, { rank: 'three', flat: ' array' });

/** A tensor of rank 4. @throws TensorError 'shape' when the rank differs */
export const tensor4d: OfRank = ofRank(4, { rank: 'four', flat: ' array' });

function notNull(values: Numbers): Numbers {
  if ((values as unknown) === null || (values as unknown) === undefined) {
    throw new TensorError('not-a-tensor', `The input to the tensor constructor must be a non-null value, but is ${describeValue(values)}.`);
  }
  return values;
}

/** A tensor that no tape watches: `tensor` under the name that says so. */
export const constant: typeof tensor = (values, shape, dtype) => tensor(values, shape, dtype);

/** Elements still to be written. @throws TensorError 'shape', 'dtype' for what is none */
function blank(shape: Shape, dtype: DataType, operation: string): Values {
  checkShape(shape, operation);
  return allocate(dtype, sizeOf(shape));
}

/** A tensor of one repeated number, or of one repeated boolean. @throws TensorError 'shape', 'dtype', 'argument' for other values */
export function fill(shape: Shape, value: number | boolean, dtype?: DataType | null): Tensor {
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    throw new TensorError('argument', `fill: value must be a number or a boolean, but is ${describeValue(value)}`);
  }
  const type = dtype ?? (typeof value === 'boolean' ? 'bool' : 'float32');
  return leaf(blank(shape, type, 'fill').fill(elementOf(type, Number(value))), shape, type);
}

export const zeros = (shape: Shape, dtype?: DataType | null): Tensor => fill(shape, 0, dtype);

export const ones = (shape: Shape, dtype?: DataType | null): Tensor => fill(shape, 1, dtype);

/** `num` numbers from `start` to `stop`, both included. @throws TensorError 'argument' unless `num` is a positive integer */
export function linspace(start: number, stop: number, num: number): Tensor {
  if (!(num > 0)) throw new TensorError('argument', 'The number of values should be positive.');
  const values = blank([num], 'float32', 'linspace');
  const step = num === 1 ? 0 : (stop - start) / (num - 1);
  for (let index = 0; index < num; index += 1) values[index] = start + index * step;
  return leaf(values, [num], 'float32');
}

/** Numbers from `start` up to, not including, `stop`. @throws TensorError 'argument' unless that is a finite number of them */
export function range(start: number, stop: number, step?: number | null, dtype?: DataType | null): Tensor {
  const by = step ?? (start <= stop ? 1 : -1);
  if (by === 0) throw new TensorError('argument', 'Cannot have a step of zero');
  const length = Math.max(0, Math.ceil((stop - start) / by));
  if (!Number.isFinite(length)) throw new TensorError('argument', `range: from ${start} to ${stop} by ${by} is no finite number of steps`);
  const type = dtype ?? 'float32';
  const values = allocate(type, length);
  for (let index = 0; index < length; index += 1) values[index] = elementOf(type, start + index * by);
  return leaf(values, [length], type);
}

/** A matrix, or a batch of matrices, with ones on the diagonal. @throws TensorError 'shape', 'dtype' */
export function eye(numRows: number, numColumns?: number | null, batchShape?: Shape | null, dtype?: DataType | null): Tensor {
  const columns = numColumns ?? numRows;
  const shape = [...(batchShape ?? []), numRows, columns];
  const type = dtype ?? 'float32';
  const values = blank(shape, type, 'eye');
  for (let index = 0; index < values.length; index += 1) {
    const inMatrix = index % (numRows * columns);
    values[index] = Number(Math.floor(inMatrix / columns) === inMatrix % columns);
  }
  return leaf(values, shape, type);
}

type Seed = number | string | null;

/** Numbers drawn evenly from [minval, maxval). Repeatable by `seed`; the numbers are not TF.js's. @throws TensorError 'shape', 'dtype' */
export function randomUniform(shape: Shape, minval = 0, maxval = 1, dtype?: DataType | null, seed?: Seed): Tensor {
  const random = generator(seed);
  return sample('randomUniform', shape, dtype ?? 'float32', () => minval + (maxval - minval) * random());
}

/**
 * Numbers drawn from a normal distribution (Box-Muller), integers rounded. Repeatable by `seed`; the numbers are not TF.js's.
 * @throws TensorError 'shape', 'dtype'
 */
export function randomNormal(shape: Shape, mean = 0, stdDev = 1, dtype?: 'float32' | 'int32' | null, seed?: Seed): Tensor {
  return normals('randomNormal', shape, dtype ?? 'float32', generator(seed), (random) => mean + stdDev * normal(random));
}

/** As `randomNormal`, drawing again what is further than two deviations from the mean. @throws TensorError 'shape', 'dtype' */
export function truncatedNormal(shape: Shape, mean = 0, stdDev = 1, dtype?: 'float32' | 'int32' | null, seed?: Seed): Tensor {
  return normals('truncatedNormal', shape, dtype ?? 'float32', generator(seed), (random) => {
    let deviation = normal(random);
    while (Math.abs(deviation) > 2) deviation = normal(random);
    return mean + stdDev * deviation;
  });
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function normals(operation: string, shape: Shape, dtype: DataType, random: () => number, draw: (random: () => number) => number): Tensor {
  if (dtype === 'bool') throw new TensorError('dtype', `Unsupported data type ${dtype} (${operation})`);
  return sample(operation, shape, dtype, dtype === 'int32' ? () => Math.round(draw(random)) : () => draw(random));
}

function sample(operation: string, shape: Shape, dtype: DataType, draw: () => number): Tensor {
  const values = blank(shape, dtype, operation);
  for (let index = 0; index < values.length; index += 1) values[index] = draw();
  return leaf(values, shape, dtype);
}
