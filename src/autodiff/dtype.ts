/**
 * Element types. The names are TF.js's; the storage is not: a 'float32' tensor holds doubles, so that a derivative
 * can be held against finite differences to many digits. Rounding to single precision is the only thing lost.
 */
import { TensorError } from './errors.ts';

export type DataType = 'float32' | 'int32' | 'bool';

/** The flat, row-major elements of a tensor. */
export type Values = Float64Array | Int32Array | Uint8Array;

/** Which array stores which element type. */
export interface DataTypeMap {
  float32: Float64Array;
  int32: Int32Array;
  bool: Uint8Array;
}

const ARRAYS = { float32: Float64Array, int32: Int32Array, bool: Uint8Array } as const;

/** A zeroed array for `size` elements. @throws TensorError 'dtype' for a type that is none */
export function allocate(dtype: DataType, size: number): Values {
  if (!Object.hasOwn(ARRAYS, dtype)) throw new TensorError('dtype', `Unknown data type ${dtype}`);
  return new ARRAYS[dtype](size);
}

/** A number as an element of the type, as `cast` takes it: of booleans there are two. The array cuts the fractions of integers. */
export const elementOf = (dtype: DataType, value: number): number => (dtype === 'bool' ? Number(value !== 0) : value);

const ORDER: Readonly<Record<DataType, number>> = { bool: 0, int32: 1, float32: 2 };

/** The narrowest type that holds both, as TF.js: bool < int32 < float32. */
export const upcast = (a: DataType, b: DataType): DataType => (ORDER[a] >= ORDER[b] ? a : b);

/** The type of sums and products of `dtype`: counting booleans gives integers. */
export const arithmetic = (dtype: DataType): DataType => (dtype === 'bool' ? 'int32' : dtype);
