import type { DataType, Values } from './dtype.ts';
import { shapeText, TensorError } from './errors.ts';
import { render } from './nested.ts';
import { originOf, type Call, type Origin } from './provenance/origin.ts';
import { sizeOf, stridesOf } from '../calculus/shape.ts';

let nextId = 0;

/** The id that the next tensor will get; ids only grow. */
export const upcomingId = (): number => nextId;

/** The numbers of a tensor, as an operation computed them. */
export interface Computed {
  readonly values: Values;
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/** Where a tensor has its elements. This file alone has the key, so that they are read and replaced by the functions below. */
const ELEMENTS = Symbol('elements');

/**
 * An n-dimensional array that operations read and never change. Operations are functions of this package and, as in
 * TF.js, methods of every tensor (see `chained.ts`).
 */
export class Tensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: DataType;
  /** The user's word for it, in errors and explanations. */
  name: string | undefined;
  readonly origin: Origin;
  /** Set by `keep`: no `tidy` disposes it. */
  kept = false;
  #disposed = false;
  [ELEMENTS]: Values;

  /**
   * Operations and `tensor()` make tensors; a program does not call this.
   * @param made the call and operands that made it, or the tensor that this is another handle on
   */
  constructor(
    values: Values,
    shape: readonly number[],
    dtype: DataType,
    made: Tensor | { readonly call: Call | null; readonly operands: readonly Tensor[] },
  ) {
    this[ELEMENTS] = values;
    this.shape = [...shape];
    this.dtype = dtype;
    if (made instanceof Tensor) {
      this.id = made.id;
      this.name = made.name;
      this.origin = made.origin;
    } else {
      this.id = nextId;
      nextId += 1;
      this.origin = originOf(this.id, made.call, made.operands.map((operand) => operand.origin));
    }
  }

  get rank(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** Strides of all axes but the last, as in TF.js. */
  get strides(): number[] {
    return stridesOf(this.shape).slice(0, -1);
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Ends the tensor's life: using it afterwards throws. What a tape needs of it, the tape has kept. */
  dispose(): void {
    this.#disposed = true;
  }

  /** @throws TensorError 'disposed' */
  throwIfDisposed(): void {
    if (this.#disposed) throw new TensorError('disposed', `Tensor is disposed. (${this.describe()})`);
  }

  /** The elements as text. No host read in the sense of tapes: text does not flow back into tensors. */
  toString(): string {
    this.throwIfDisposed();
    return `Tensor\n    ${render(this[ELEMENTS], this.shape, this.dtype)}`;
  }

  /** Writes the elements to the console. */
  print(): void {
    console.log(this.toString());
  }

  /** The tensor in words, for messages: `w float32[2,3]`. */
  describe(): string {
    return `${this.name ?? `tensor#${this.id}`} ${this.dtype}${shapeText(this.shape)}`;
  }
}

/** The elements of `tensor`, for operations: no tape is told. @throws TensorError 'disposed' */
export function valuesOf(tensor: Tensor): Values {
  tensor.throwIfDisposed();
  return tensor[ELEMENTS];
}

/** Gives `tensor` other elements; only a variable's `assign` does. */
export function replaceValues(tensor: Tensor, values: Values): void {
  tensor[ELEMENTS] = values;
}

/** A second handle on the same tensor (same id, same numbers) with a lifetime of its own: what tapes keep. */
export const handleOn = (tensor: Tensor): Tensor => new Tensor(tensor[ELEMENTS], tensor.shape, tensor.dtype, tensor);

/** As TF.js names tensors of a known rank; here they are one type. */
export type Scalar = Tensor;
export type Tensor1D = Tensor;
export type Tensor2D = Tensor;
export type Tensor3D = Tensor;
export type Tensor4D = Tensor;
export type Tensor5D = Tensor;
