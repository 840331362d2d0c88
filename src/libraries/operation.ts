/** What operations do to gradients: the rows of a library's tables, most of which are measured. */
import type { Derivative } from '../calculus/derivative.ts';

/** What an operation does to the gradient, operand by operand, and the form of its result. */
export interface OperationRow {
  /** Tensor operands in the order of the function's parameters; `at` is the parameter's position. */
  readonly operands: readonly Operand[];
  readonly result: ResultForm;
}

export interface Operand {
  readonly name: string;
  readonly at: number;
  readonly derivative: Derivative;
}

/** A tensor, an array of tensors, or an object with tensors under names (operand derivatives hold for each). */
export type ResultForm = 'tensor' | 'tensors' | { readonly fields: readonly string[] };

/** Operations by export path: `matMul`, `losses.meanSquaredError`. */
export type OperationTable = Readonly<Record<string, OperationRow>>;

/** Where a chained method's operands go: `x.where(c, y)` is `where(c, x, y)`, so its receiver is operand 1. */
export interface MethodRow {
  readonly operation: string;
  /** The parameter position of the function that the receiver takes. */
  readonly receiver: number;
}

/**
 * A call in which an operation treats an operand's gradient otherwise than its row says. A row states the most that
 * gets through; an exception holds only where its condition is proven.
 */
export interface DerivativeException {
  readonly operation: string;
  readonly operand: string;
  readonly condition: ExceptionCondition;
  readonly derivative: Derivative;
}

/** By operation. */
export type ExceptionTable = ReadonlyMap<string, readonly DerivativeException[]>;

/**
 * What must be known of the call: `at` is a parameter's position, `field` a name in the object given there. The first three
 * are proven from the call, `broadcast` and `rank outside` from the shapes; the others are measured, and hold for nothing that
 * is proven so far.
 */
export type ExceptionCondition =
  /** The argument is left out, `undefined` or `null`. */
  | { readonly kind: 'absent'; readonly at: number; readonly field?: string }
  | { readonly kind: 'equals'; readonly at: number; readonly field?: string; readonly value: string | number }
  /** The number, or one of the numbers in the array, is above the limit. */
  | { readonly kind: 'above'; readonly at: number; readonly field?: string; readonly limit: number }
  /** The axis given there (0 when left out) is not the operand's last, and moving it last changes the shape. */
  | { readonly kind: 'not last axis'; readonly at: number }
  /** The operand's rank lies outside these bounds. */
  | { readonly kind: 'rank outside'; readonly from: number; readonly to: number }
  /** The operation takes the operand apart into one piece: an axis, or a batch, of size one. */
  | { readonly kind: 'one piece' }
  /** The operand is broadcast: the result, or the other operand's batch, has a larger shape. */
  | { readonly kind: 'broadcast' };

/** A function that gives a promise of tensors. `read`: the operand's values are read to the host. */
export interface AsynchronousRow {
  readonly operands: readonly { readonly name: string; readonly at: number; readonly read: boolean }[];
}

/**
 * What comes of the gradient of a gradient: `wrong` gives other numbers, `disconnected` loses the path (an error when
 * the operation stands alone, wrong numbers inside a larger formula), `throws` has no derivative for the gradient.
 */
export type HigherOrder = 'wrong' | 'disconnected' | 'throws';

/** Second derivatives by operation and operand; what is not listed is right, as far as the first derivative flows. */
export type HigherOrderTable = Readonly<Record<string, Readonly<Record<string, HigherOrder>>>>;
