/** What happens when a program runs: the words in which the child process tells its parent. */
import type { Cause } from '../../src/calculus/cause.ts';

/** A place in a program's own code, as written. Lines and columns count from 1. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The function has been resumed here after an `await`. */
  readonly resumed: boolean;
}

/** What the library gave for a source. `NaN`: beside zeros nothing else. A library that knows tells `unused` from `absent`: the target does not depend on the source at all. */
export type Gradient = 'non-zero' | 'NaN' | 'zeros' | 'absent' | 'unused';

/** A step with it moves the source. */
export function isMoving(gradient: Gradient | undefined): boolean {
  return gradient === 'non-zero' || gradient === 'NaN';
}

export interface ObservedSource {
  /** Where the program was when the library made it, innermost first; the frames of the library are left out. */
  readonly made: readonly Frame[];
  /** For a layer's weight: where the layer was made. */
  readonly owner: readonly Frame[];
  /** `undefined` if the library threw before it had gradients. */
  readonly gradient: Gradient | undefined;
  /** Why there is none, where the library says it. */
  readonly causes: readonly Cause[];
}

export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly frames: readonly Frame[];
}

/** One differentiation. */
export interface ObservedScope {
  readonly api: string;
  /** Where the program called it. */
  readonly frames: readonly Frame[];
  /** Called while another one was recording. */
  readonly nested: boolean;
  /** What the gradient was asked for, in the library's order. */
  readonly sources: readonly ObservedSource[];
  readonly threw: Thrown | undefined;
  /** Whether the program has done something with the gradients that it gave; `undefined` where that is not watched. */
  readonly applied: boolean | undefined;
}

/** What warnings speak of, where the library is watched for it. */
export interface Warned {
  /** Where tensors were read synchronously while a tape recorded. */
  readonly reads: readonly (readonly Frame[])[];
  /** Where losses that take logits were called, and whether they were given probabilities. */
  readonly losses: readonly { readonly frames: readonly Frame[]; readonly probabilities: boolean }[];
  /** Where logarithms and roots were taken while a tape recorded, and between which numbers their operands lay. */
  readonly taken: readonly { readonly frames: readonly Frame[]; readonly low: number; readonly high: number }[];
  /** Where a column and a vector were brought to all pairs while a tape recorded. */
  readonly paired: readonly (readonly Frame[])[];
  /** Where layers were run while a tape recorded, by the names of their classes, and whether they were told that they train. */
  readonly layers: readonly { readonly frames: readonly Frame[]; readonly name: string; readonly training: boolean }[];
  /** Where an optimizer moved a variable with the moments of another one. */
  readonly mixed: readonly (readonly Frame[])[];
  /** Where sources were made whose gradient was not finite. */
  readonly notFinite: readonly Pick<ObservedSource, 'made' | 'owner'>[];
  /** Where an element of a result was NaN. */
  readonly notANumber: readonly (readonly Frame[])[];
  /** Matrices of weights at the end, and whether their units are alike. */
  readonly weights: readonly (Pick<ObservedSource, 'made' | 'owner'> & { readonly alike: boolean })[];
}

/** One run of a program. Scopes that went alike are told once. */
export interface Observation {
  readonly scopes: readonly ObservedScope[];
  readonly warned: Warned | undefined;
  /** What nobody caught. */
  readonly uncaught: readonly Thrown[];
  /** Something of TF.js that the library at hand does not have. */
  readonly lacking: string | undefined;
}

/** The libraries that a program can run on. */
export type LibraryName = 'tfjs' | 'core';
