import type { HostRead, Operation } from '../tape.ts';

/** What a tape has written down, in order. `at` is how many operations had run before. */
export interface Recording {
  readonly operations: readonly Operation[];
  readonly reads: readonly Read[];
  readonly assignments: readonly Assignment[];
  readonly leaves: readonly Leaf[];
  /** The ids of the tensors that `watch` was called with. */
  readonly watched: ReadonlySet<number>;
}

/** A tensor's numbers went to the host. */
export interface Read {
  readonly tensorId: number;
  readonly how: HostRead;
  readonly at: number;
  readonly location: string | null;
}

/** A variable took the numbers of a tensor. */
export interface Assignment {
  readonly variableId: number;
  readonly variable: string;
  readonly valueId: number;
  readonly at: number;
  readonly location: string | null;
}

/** A tensor was made from numbers. */
export interface Leaf {
  readonly tensorId: number;
  readonly at: number;
}
