import type { Cell } from '../../domain/cell.ts';
import type { Delta, Store } from '../../domain/store.ts';

/** All calls of a function that are too deep to be followed one by one: what they are given and give, so far. */
export interface DeeperCalls {
  readonly result: Cell;
  readonly arguments: readonly Cell[];
  /** What further arguments may be. */
  readonly others: Cell;
  /** What holds below all of them, and what has been written where one of them begins. */
  readonly base: Store;
  readonly begun: Delta[];
}
