/**
 * Element types. The names are TF.js's; the storage is not: a 'float32' tensor holds doubles, so that a derivative
 * can be held against finite differences to many digits. Rounding to single precision is the only thing lost.
 */
export type DataType = 'float32' | 'int32' | 'bool';

/** The flat, row-major elements of a tensor. */
export type Values = Float64Array | Int32Array | Uint8Array;

/** Which array stores which element type. */
export interface DataTypeMap {
  float32: Float64Array;
  int32: Int32Array;
  bool: Uint8Array;
}

/** A zeroed array for `size` elements. */
export function allocate(dtype: DataType, size: number): Values {
  if (dtype === 'float32') return new Float64Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}

const ORDER: Readonly<Record<DataType, number>> = { bool: 0, int32: 1, float32: 2 };

/** The narrowest type that holds both, as TF.js: bool < int32 < float32. */
export const upcast = (a: DataType, b: DataType): DataType => (ORDER[a] >= ORDER[b] ? a : b);

/** The type of sums and products of `dtype`: counting booleans gives integers. */
export const arithmetic = (dtype: DataType): DataType => (dtype === 'bool' ? 'int32' : dtype);
