/** Ways that code takes: the tests that lead to where it stands, and how it leaves a function. */
import type { Delta } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';

/** What decides at run time whether code is reached, and what decides before it. */
export interface Condition {
  readonly test: Site;
  /** Of a loop: its body is run while the test holds, if it is run at all. Of a choice: one of several functions is called, as what they are given may decide. */
  readonly of: 'branch' | 'loop' | 'choice';
  readonly outer: Condition | undefined;
}

/** A way out of a function: with what it gives back, what has been written on it, and the tests that lead there. */
export interface Way {
  readonly value: Value;
  readonly delta: Delta;
  readonly conditions: Condition | undefined;
  /** The `return`; undefined at the end of the code. */
  readonly site: Site | undefined;
}
