import { allocate, type DataType, type Values } from './dtype.ts';
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
  if (!isTensorLike(value)) {
    throw new TensorError('not-a-tensor', `${what} must be a Tensor or TensorLike, but got ${describeValue(value)}`);
  }
  return tensorOf(value, what, undefined, dtype);
}

/** @throws TensorError 'not-a-tensor' unless `values` is a non-empty array of tensors or numbers */
export function toTensors(values: readonly TensorLike[], argument: string, operation: string): Tensor[] {
  if (!isList(values)) {
    throw new TensorError('not-a-tensor', `Argument ${argument} passed to ${operation} must be a \`Tensor[]\` or \`TensorLike[]\``);
  }
  if (values.length === 0) throw new TensorError('argument', `${operation}: pass at least one tensor`);
  return values.map((value, index) => toTensor(value, `${argument}[${index}]`, operation));
}

/** Numbers as a tensor; `shape` is inferred from the nesting and `dtype` from the elements when left out. */
export function tensorOf(value: Exclude<TensorLike, Tensor>, what: string, shape?: readonly number[], dtype?: DataType): Tensor {
  const isFlat = ArrayBuffer.isView(value);
  const nested = isFlat ? { flat: value, shape: [value.length] } : flattenNested(value, what);
  const type = dtype ?? inferType(value, nested.flat);
  if (shape !== undefined) {
    const alreadyShaped = nested.shape.length > 1;
    if (nested.flat.length !== sizeOf(shape) || (alreadyShaped && `${nested.shape}` !== `${shape}`)) {
      throw new TensorError(
        'shape',
        `${what}: based on the provided shape, [${shape}], the tensor should have ${sizeOf(shape)} values but has ${nested.flat.length} in shape [${nested.shape}]`,
      );
    }
  }
  const values = allocate(type, nested.flat.length);
  for (let index = 0; index < values.length; index += 1) {
    const element = Number(nested.flat[index]);
    values[index] = type === 'bool' ? Number(element !== 0) : element;
  }
  return leaf(values, shape ?? nested.shape, type);
}

/** As TF.js: Int32Array and Uint8Array are integers, booleans are bool, all else is float32. */
function inferType(value: unknown, flat: ArrayLike<number | boolean>): DataType {
  let first = value;
  while (Array.isArray(first)) first = first[0];
  if (first instanceof Int32Array || first instanceof Uint8Array) return 'int32';
  return typeof flat[0] === 'boolean' ? 'bool' : 'float32';
}

/** Callers without types may pass anything. */
export const isList = (values: unknown): values is readonly unknown[] => Array.isArray(values);

const isTensorLike = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
