/** What a tape knows of an executed operation: what went in, what came out, and how a cotangent comes back. */
import type { Cause } from '../calculus/cause.ts';
import type { Call } from './provenance/origin.ts';
import type { Tensor } from './tensor.ts';

/** An operation's operands and, under `y`, its result, as the tape kept them: the primals. */
export type Saved<Name extends string> = Readonly<Record<Name | 'y', Tensor>>;

/**
 * The adjoint of an operation in one operand: takes the result's cotangent to the operand's. It is written in
 * operations itself, so an outer tape can differentiate it again. Where the operand was broadcast, it may return the
 * broadcast shape: backpropagation sums it to the operand's shape.
 */
export type Adjoint<Name extends string> = (dy: Tensor, saved: Saved<Name>) => Tensor;

/** For each operand its adjoint, or the reason why no gradient passes. */
export type Adjoints<Name extends string> = Readonly<Record<Name, Adjoint<Name> | StaticBreak>>;

/** Breaks that an operation makes whatever the numbers are. */
export type StaticBreak = Extract<Cause, 'zero-derivative' | 'stop-gradient' | 'assign'>;

/** One executed operation. */
export interface Operation {
  readonly name: string;
  /** The outermost composite it is part of: `losses.meanSquaredError` runs four operations. */
  readonly part: Call | null;
  readonly operands: Readonly<Record<string, Tensor>>;
  readonly result: Tensor;
  readonly adjoints: Adjoints<string>;
  /** What it means when the adjoint takes a cotangent that is not zero to zeros. */
  readonly flat: Cause;
  /** Where the program called it, if a tape asked for locations. */
  readonly location: string | null;
}
