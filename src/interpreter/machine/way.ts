/** Ways that code takes: the tests that lead to where it stands, and how it leaves a function. */
import type { Delta } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';

/** A test of which it is not known how it comes out, and those before it. */
export interface Condition {
  readonly test: Site;
  /** Of a loop: its body is run while the test holds, if it is run at all. */
  readonly of: 'branch' | 'loop';
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
