/** Suspicions: what is certainly there and hardly meant, though nothing is proven to be wrong by it. */
import type { Cause } from '../../calculus/cause.ts';
import type { Site } from '../../program/ir.ts';
import type { Effect } from '../finding.ts';
import type { CallChain, Node, Tape } from '../../domain/graph.ts';

/** One that a call proves by itself. */
export interface Suspicion {
  readonly cause: Cause;
  readonly variant: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
  /** The call it is about as the user wrote it: `minimize`. */
  readonly scope: string;
  /** What it is about: layers, values that were made elsewhere. */
  readonly about: readonly Node[];
  readonly effect: Effect;
}

/** A synchronous read while a tape records; told unless the same place is reported for what becomes of the values. */
export interface SyncRead {
  readonly node: Node;
  readonly tape: Tape;
}

/** Gradients that one call computes. */
export interface ComputedGradient {
  readonly node: Node;
  /** In a run that only collects effects. */
  readonly muted: boolean;
  readonly label: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
}
