import { allocate, elementOf, type DataType, type Values } from './dtype.ts';
import { TensorError } from './errors.ts';
import { makeTensor } from './lifetime.ts';
import { describeValue, flattenNested } from './nested.ts';
import { noteLeaf } from './tape.ts';
import { sizeOf } from '../calculus/shape.ts';
import { Tensor } from './tensor.ts';

/** What operations accept for a tensor: numbers and booleans, alone or in (typed) arrays. */
export type TensorLike =
  | Tensor
  | number
  | boolean
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | readonly TensorLikeElement[];

type TensorLikeElement = number | boolean | Float32Array | Float64Array | Int32Array | Uint8Array | readonly TensorLikeElement[];

/** A tensor of given numbers, that no operation made. */
export function leaf(values: Values, shape: readonly number[], dtype: DataType): Tensor {
  const tensor = makeTensor({ values, shape, dtype }, null, []);
  noteLeaf(tensor);
  return tensor;
}

/**
 * The argument of an operation as a tensor.
 * @param dtype what the operation needs: numbers are converted to it, a tensor must have it
 * @throws TensorError 'not-a-tensor', 'dtype', 'disposed'
 */
export function toTensor(value: TensorLike, argument: string, operation: string, dtype?: DataType): Tensor {
  const what = `Argument '${argument}' passed to '${operation}'`;
  if (value instanceof Tensor) {
    value.throwIfDisposed();
    if (dtype !== undefined && value.dtype !== dtype) {
      throw new TensorError('dtype', `${what} must be ${dtype} tensor, but got ${value.dtype} tensor`);
    }
    return value;
  }
  if (typeof firstOf(value) === 'string') throw new TensorError('dtype', `${what} must be ${dtype ?? 'numeric'} tensor, but got string tensor`);
  if (!isTensorLike(value)) {
    throw new TensorError('not-a-tensor', `${what} must be a Tensor or TensorLike, but got '${kindOf(value)}' (${describeValue(value)})`);
  }
  return tensorOf(value, what, undefined, dtype);
}

/** An argument that may be left out, as a tensor; null when it is. @throws TensorError as `toTensor` */
export const optionalTensor = (value: TensorLike | null | undefined, argument: string, operation: string): Tensor | null =>
  value === undefined || value === null ? null : toTensor(value, argument, operation);

/** What TF.js calls a value that is no tensor. */
const kindOf = (value: unknown): string => (value === null || value === undefined ? 'null' : (value.constructor as { name?: string } | undefined)?.name ?? 'Object');

/** The first number, or what stands in its place. */
function firstOf(value: unknown): unknown {
  let first = value;
  while (Array.isArray(first)) first = first[0];
  return first;
}

/** What TF.js says of an empty list, by operation. */
const NOTHING_GIVEN = {
  addN: 'Must pass at least one tensor to tf.addN(), but got 0',
  concat: 'Pass at least one tensor to concat',
  stack: 'Pass at least one tensor to tf.stack',
} as const;

/** @throws TensorError 'not-a-tensor' unless `values` is a non-empty array of tensors or numbers */
export function toTensors(values: readonly TensorLike[], argument: string, operation: keyof typeof NOTHING_GIVEN): Tensor[] {
  if (!isList(values)) {
    throw new TensorError('not-a-tensor', `Argument ${argument} passed to ${operation} must be a \`Tensor[]\` or \`TensorLike[]\``);
  }
  if (values.length === 0) throw new TensorError('argument', NOTHING_GIVEN[operation]);
  return values.map((value, index) => toTensor(value, `${argument}[${index}]`, operation));
}

/**
 * Numbers as a tensor; `shape` is inferred from the nesting and `dtype` from the elements when left out.
 * @throws TensorError 'not-a-tensor' for other values, 'shape' when they do not fill the shape, 'dtype' for a type that is none
 */
export function tensorOf(value: Exclude<TensorLike, Tensor>, what: string, shape?: readonly number[], dtype?: DataType): Tensor {
  if (!isTensorLike(value)) {
    throw new TensorError(
      'not-a-tensor',
      `values passed to ${what} must be a number/boolean/string or an array of numbers/booleans/strings, or a TypedArray, but got ${describeValue(value)}`,
    );
  }
  const nested = ArrayBuffer.isView(value) ? { flat: value, shape: [value.length] } : flattenNested(value, what);
  const type = dtype ?? inferType(value, nested.flat);
  if (shape !== undefined) checkFits(nested.shape, shape);
  const values = allocate(type, nested.flat.length);
  for (let index = 0; index < values.length; index += 1) values[index] = elementOf(type, Number(nested.flat[index]));
  return leaf(values, shape ?? nested.shape, type);
}

/** Nested numbers have the axes of the shape, but the last may hold the elements of several. @throws TensorError 'shape' */
function checkFits(nested: readonly number[], shape: readonly number[]): void {
  if (sizeOf(nested) !== sizeOf(shape)) {
    throw new TensorError(
      'shape',
      `Based on the provided shape, [${shape}], the tensor should have ${sizeOf(shape)} values but has ${sizeOf(nested)} in shape [${nested}]`,
    );
  }
  const last = nested.length - 1;
  if (!nested.every((length, axis) => length === shape[axis] || (axis === last && length === sizeOf(shape.slice(axis))))) {
    throw new TensorError('shape', `Error creating a new Tensor. Inferred shape (${nested}) does not match the provided shape (${shape}). `);
  }
}

/** As TF.js: Int32Array and Uint8Array are integers, booleans are bool, all else is float32. */
function inferType(value: unknown, flat: ArrayLike<number | boolean>): DataType {
  const first = firstOf(value);
  if (first instanceof Int32Array || first instanceof Uint8Array) return 'int32';
  return typeof flat[0] === 'boolean' ? 'bool' : 'float32';
}

/** Callers without types may pass anything. */
export const isList = (values: unknown): values is readonly unknown[] => Array.isArray(values);

/** Whether numbers can be in it. */
export const isTensorLike = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
