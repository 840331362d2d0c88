import { checkShape } from './axes.ts';
import { leaf } from './convert.ts';
import { allocate, type DataType, type Values } from './dtype.ts';
import { TensorError } from './errors.ts';
import { sizeOf, stridesOf } from '../calculus/shape.ts';
import type { Tensor } from './tensor.ts';

/** Elements that a program may read and write in place. What it makes of them is a new tensor, without a gradient. */
export class TensorBuffer {
  readonly shape: number[];
  readonly dtype: DataType;
  readonly values: Values;
  readonly #strides: readonly number[];

  /** @throws TensorError 'shape' when shape and values do not fit */
  constructor(shape: readonly number[], dtype: DataType, values: Values) {
    if (values.length !== sizeOf(shape)) {
      throw new TensorError('shape', `Length of values '${values.length}' does not match the size inferred by the shape '${sizeOf(shape)}'.`);
    }
    this.shape = [...shape];
    this.dtype = dtype;
    this.values = values;
    this.#strides = stridesOf(shape);
  }

  get size(): number {
    return this.values.length;
  }

  /** The element at `place`: one index an axis. @throws TensorError 'argument' when there is none */
  get(...place: number[]): number {
    return this.values[this.#flat(place)]!;
  }

  /** Writes the element at `place`: one index an axis. @throws TensorError 'argument' when there is none */
  set(value: number, ...place: number[]): void {
    this.values[this.#flat(place)] = value;
  }

  /** A tensor of the elements as they are now. */
  toTensor(): Tensor {
    const elements = allocate(this.dtype, this.size);
    elements.set(this.values);
    return leaf(elements, this.shape, this.dtype);
  }

  /** As in TF.js, the only place of a scalar may be called 0. */
  #flat(place: readonly number[]): number {
    if (this.shape.length === 0 && (place.length === 0 || `${place}` === '0')) return 0;
    if (place.length !== this.shape.length) {
      throw new TensorError('argument', `The number of provided coordinates (${place.length}) must match the rank (${this.shape.length})`);
    }
    if (!place.every((index, axis) => Number.isInteger(index) && index >= 0 && index < this.shape[axis]!)) {
      throw new TensorError('argument', `Requested out of range element at ${place}.   Buffer shape=${this.shape}`);
    }
    return place.reduce((total, index, axis) => total + index * this.#strides[axis]!, 0);
  }
}

/**
 * A buffer of zeros, or of the given elements.
 * @throws TensorError 'shape' when shape and values do not fit, 'dtype' for a type that is none
 */
export function buffer(shape: readonly number[], dtype?: DataType | null, values?: Values | null): TensorBuffer {
  checkShape(shape, 'buffer');
  const type = dtype ?? 'float32';
  return new TensorBuffer(shape, type, values ?? allocate(type, sizeOf(shape)));
}
