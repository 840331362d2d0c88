/** What a contract says of a call, by what is known of its arguments. */
import type { Dimensions } from '../numbers/dimensions.ts';
import { type Length, isSymbolic } from '../numbers/length.ts';
import type { Call } from '../numbers/results/call.ts';
import type { Axis } from './layers/layer-shape.ts';

export type Verdict =
  /** It does not fail, whatever is not known. */
  | { readonly kind: 'fits' }
  | { readonly kind: 'unknown' }
  | Failure;

/** It throws, whatever is not known. */
export interface Failure {
  readonly kind: 'fails';
  /** What does not fit: shapes with one another, an axis with a shape, the type of the elements with the operation. */
  readonly fault: 'shape-mismatch' | 'invalid-axis' | 'element-type';
  /** The beginning of the error's text; empty where it is not known. */
  readonly error: string;
  /** What the operation is given. */
  readonly given: readonly Given[];
  /** Why it does not fit, as the end of a sentence. */
  readonly why: string;
  /** What to do, as a sentence. */
  readonly advice: string;
}

/** One of the things that an operation is given: as it is told, and which of the arguments it is. */
export interface Given {
  readonly text: string;
  readonly argument: number;
  /** Its place in the array that the argument is. */
  readonly item?: number;
}

export type Contract = (call: Call) => Verdict;

export const fits: Verdict = { kind: 'fits' };
export const unknown: Verdict = { kind: 'unknown' };

/** `[2, ?]` */
export function shapeText({ open, lengths }: { readonly open: boolean; readonly lengths: readonly (Axis | Length)[] }): string {
  return `[${[...open ? ['…'] : [], ...lengths.map(lengthText)].join(', ')}]`;
}

export function lengthText(length: Axis | Length): string {
  return length === undefined ? '?' : isSymbolic(length) ? length.text : String(length);
}

/** As TF.js writes shapes: `2,4`. */
export function listed({ open, lengths }: Dimensions): string {
  return [...open ? ['…'] : [], ...lengths.map((length) => (typeof length === 'number' ? String(length) : '?'))].join(',');
}

/** An error's text up to what is not known of it. */
export function beginning(text: string): string {
  const end = text.search(/[?…]/u);
  return (end === -1 ? text : text.slice(0, end)).replace(/[\s.,([]+$/u, '');
}

export function failure(fault: Failure['fault'], about: Omit<Failure, 'kind' | 'fault'>): Failure {
  return { kind: 'fails', fault, ...about, error: beginning(about.error) };
}

/** The shape of an argument. */
export function given(call: Call, argument: number): Given {
  return { text: shapeText(call.tensor(argument).dimensions), argument };
}

/** All of them must hold, and are looked at in this order: behind one that may fail it is not known with which error a later one does. */
export function all(verdicts: readonly Verdict[]): Verdict {
  let result: Verdict = fits;
  for (const verdict of verdicts) {
    if (verdict.kind === 'fails') return result.kind === 'fits' ? verdict : { ...verdict, error: '' };
    if (verdict.kind === 'unknown') result = unknown;
  }
  return result;
}

/** Several contracts, one after the other. */
export function each(...contracts: readonly Contract[]): Contract {
  return (call) => all(contracts.map((contract) => contract(call)));
}

export function rankOf({ open, lengths }: Dimensions): number | undefined {
  return open ? undefined : lengths.length;
}

/** Of a stack of matrices, the axes before the matrices. */
export function stackOf({ open, lengths }: Dimensions): Dimensions {
  return { open, lengths: lengths.slice(0, -2) };
}

/** What must hold, where it is known whether it does. */
export function demanded(holds: boolean | undefined, otherwise: () => Failure): Verdict {
  if (holds === undefined) return unknown;
  return holds ? fits : otherwise();
}
