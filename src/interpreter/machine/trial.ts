/** Code that somebody waits for, who goes on where it throws. */
import type { Delta, Store } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';

/** An exception, with what had been written by then since the trial began. */
export interface Thrown {
  readonly value: Value;
  readonly delta: Delta;
}

export class Trial {
  readonly thrown: Thrown[] = [];
  /** Some step may have thrown of which it is not known whether it does, nor with what. */
  isOpen = false;

  /** `base`: the store of the code alone, which holds nothing yet. */
  constructor(readonly base: Store) {}

  add(value: Value, store: Store): void {
    // Where it is open, whoever catches it finds all that there was meanwhile.
    this.thrown.push({ value, delta: this.isOpen ? new Map() : new Map(store.since(this.base)) });
  }
}
