import { leaf } from './convert.ts';
import { allocate, type DataType, type Values } from './dtype.ts';
import { sizeOf, stridesOf } from '../calculus/shape.ts';
import type { Tensor } from './tensor.ts';

/** Elements that a program may read and write in place. What it makes of them is a new tensor, without a gradient. */
export class TensorBuffer {
  readonly shape: number[];
  readonly dtype: DataType;
  readonly values: Values;
  readonly #strides: readonly number[];

  constructor(shape: readonly number[], dtype: DataType, values: Values) {
    this.shape = [...shape];
    this.dtype = dtype;
    this.values = values;
    this.#strides = stridesOf(shape);
  }

  get size(): number {
    return this.values.length;
  }

  get(...place: number[]): number {
    return this.values[this.#flat(place)]!;
  }

  set(value: number, ...place: number[]): void {
    this.values[this.#flat(place)] = value;
  }

  /** A tensor of the elements as they are now. */
  toTensor(): Tensor {
    return leaf(this.values.slice(), this.shape, this.dtype);
  }

  #flat(place: readonly number[]): number {
    return place.reduce((total, index, axis) => total + index * this.#strides[axis]!, 0);
  }
}

/** A buffer of zeros, or of the given elements. */
export const buffer = (shape: readonly number[], dtype: DataType = 'float32', values: Values = allocate(dtype, sizeOf(shape))): TensorBuffer =>
  new TensorBuffer(shape, dtype, values);
