/** The body of a generator that has been called: where it stands, and how it goes on from there. */
import { type Allocation, Cell } from '../../domain/cell.ts';
import type { Environment } from '../../domain/environment.ts';
import type { ClosureValue, Value } from '../../domain/value.ts';
import { members, symbol } from '../../domain/values.ts';

/** How a generator that has stopped is asked to go on. */
export interface Completion {
  readonly kind: 'next' | 'return' | 'throw';
  readonly value: Value;
  /** It may be thrown at all the same. */
  readonly mayFail?: true;
}

/** A `yield` at which a generator has stopped. */
export interface Point {
  /** What tells it from others: the `yield`, its variables, and what is to be done behind it. */
  readonly key: readonly unknown[];
  /** Runs what stands behind it, to the end of the body. */
  readonly resume: (completion: Completion) => void;
}

/** Where a body may stand: before its first statement, in the middle of being run, behind its last one, or at a `yield`. */
export type Position = 'start' | 'running' | 'end' | Point;

export class Activation {
  /** The names of its positions: they are in the store, as branches may leave it in different ones. */
  readonly state: Cell;
  /** What it may give to code that asks it at any time, once there is such code. */
  drained: Value[] | undefined;
  readonly #points: Point[] = [];

  constructor(readonly closure: ClosureValue, readonly receiver: Value, readonly environment: Environment, allocation: Allocation) {
    this.state = new Cell('position', allocation);
  }

  /**
   * The name of a position. Where the same `yield` is met again with the same variables, as the rounds of a loop that is
   * brought to its fixpoint do, it goes on in the way that was found last: it knows of all that came before.
   */
  name(position: Position): Value {
    if (typeof position === 'string') return symbol(position);
    const known = this.#points.findIndex(({ key }) => key.length === position.key.length && key.every((part, index) => part === position.key[index]));
    const index = known === -1 ? this.#points.length : known;
    this.#points[index] = position;
    return symbol(String(index));
  }

  /** The positions that a value of the store names: any of them where it says nothing. */
  positions(state: Value): readonly Position[] {
    const named = members(state).map((member) => (member.kind === 'symbol' ? this.#named(member.name) : undefined));
    const known = named.filter((position) => position !== undefined);
    return known.length === named.length ? known : ['start', 'end', ...this.#points];
  }

  #named(name: string): Position | undefined {
    return name === 'start' || name === 'running' || name === 'end' ? name : this.#points[Number(name)];
  }
}
