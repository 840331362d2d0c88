import { TensorBuffer } from './buffer.ts';
import type { DataType, DataTypeMap, Values } from './dtype.ts';
import { nest, type NestedArray } from './nested.ts';
import { noteRead, type HostRead } from './tape.ts';
import { valuesOf, type Tensor } from './tensor.ts';

/**
 * The ways in which elements reach the host, as methods of tensors. No tape follows what becomes of them there, so each
 * is written on the tapes. `D` is the dtype, for the type of the array, as in TF.js.
 */
export interface HostReads {
  /** A copy of the elements, row-major. @throws TensorError 'disposed' */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- TF.js's signature
  dataSync<D extends DataType = 'float32'>(): DataTypeMap[D];
  /** The elements as nested arrays of numbers; a plain number for a scalar. @throws TensorError 'disposed' */
  arraySync(): NestedArray;
  /** A promise of `dataSync()`. */
  data<D extends DataType = 'float32'>(): Promise<DataTypeMap[D]>;
  /** A promise of `arraySync()`. */
  array(): Promise<NestedArray>;
  /** A copy of the elements to read and write in place. @throws TensorError 'disposed' */
  bufferSync(): TensorBuffer;
  /** A promise of `bufferSync()`. */
  buffer(): Promise<TensorBuffer>;
}

const copy = (tensor: Tensor, how: HostRead): Values => read(tensor, how).slice();
const nested = (tensor: Tensor, how: HostRead): unknown => nest(read(tensor, how), tensor.shape);
const buffered = (tensor: Tensor, how: HostRead): TensorBuffer => new TensorBuffer(tensor.shape, tensor.dtype, copy(tensor, how));

export const hostReads: Readonly<Record<HostRead, (tensor: Tensor) => unknown>> = {
  dataSync: (tensor) => copy(tensor, 'dataSync'),
  arraySync: (tensor) => nested(tensor, 'arraySync'),
  data: async (tensor) => Promise.resolve(copy(tensor, 'data')),
  array: async (tensor) => Promise.resolve(nested(tensor, 'array')),
  bufferSync: (tensor) => buffered(tensor, 'bufferSync'),
  buffer: async (tensor) => Promise.resolve(buffered(tensor, 'buffer')),
};

function read(tensor: Tensor, how: HostRead): Values {
  const values = valuesOf(tensor);
  noteRead(tensor, how);
  return values;
}
