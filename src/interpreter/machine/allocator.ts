
/**
 * Makes things once per place and calling path while a loop is brought to its fixpoint, so that the second round meets
 * what the first one made (allocation-site abstraction), and the number of things stays finite.
 */
import { type Allocation, allocated } from '../../domain/cell.ts';
import type { Site } from '../../program/ir.ts';

/** What has been made so far by code that may run again, and where on its calling path it stands. */
export interface Workshop {
  readonly made: Map<string, unknown>;
  readonly path: string;
}

/** The rounds of a loop, as far as they have been run. */
interface Rounds {
  readonly outer: Rounds | undefined;
  /** When the first one began, and the one at hand, as allocations count. */
  readonly first: number;
  readonly last: number;
  /** Whether the rounds before have left something where it can be got at. */
  readonly isLeft: (allocation: Allocation) => boolean;
}

export class Allocator {
  #made: Map<string, unknown> | undefined;
  #path = '';
  #rounds: Rounds | undefined;

  /** Whether the code at hand is brought to a fixpoint: it stands for any number of runs, and one thing for those of several. */
  get isRepeating(): boolean {
    return this.#made !== undefined;
  }

  allocate<T>(tag: string, site: Site, make: () => T, again: (old: T) => void = () => undefined): T {
    if (this.#made === undefined) return make();
    const key = `${this.#path}|${site.file}|${String(site.start)}|${String(site.end)}|${tag}`;
    const old = this.#made.get(key) as T | undefined;
    if (old !== undefined) {
      again(old);
      return old;
    }
    const made = make();
    this.#made.set(key, made);
    return made;
  }

  /** Runs `body` as a further step on the calling path. */
  along<T>(step: string | number, body: () => T): T {
    if (this.#made === undefined) return body();
    const path = this.#path;
    this.#path = `${path}>${String(step)}`;
    try {
      return body();
    } finally {
      this.#path = path;
    }
  }

  /** Whether what was made there is one thing of the run at hand, which nobody else has made or met before it. */
  isOwn(allocation: Allocation): boolean {
    return !allocation.summary && (!this.isRepeating || (this.#rounds !== undefined && allocation.isSince(this.#rounds.last)));
  }

  /** Whether what was made in an earlier round is out of everybody's reach: the round at hand may make it anew. */
  isLost(allocation: Allocation): boolean {
    const made = this.#madeIn(allocation);
    return typeof made !== 'string' && !made.isLeft(allocation);
  }

  /** Whether what was made there is that of the run at hand: of the round, of each loop in progress, in which it is made. */
  isCurrent(allocation: Allocation): boolean {
    const made = this.#madeIn(allocation);
    return made === 'now' || (made === 'before' && !allocation.several);
  }

  /** In which loop in progress something was made, if in an earlier round of it; `before`: before all of them began. */
  #madeIn(allocation: Allocation): Rounds | 'now' | 'before' {
    for (let rounds = this.#rounds; rounds !== undefined; rounds = rounds.outer) {
      if (allocation.isSince(rounds.last)) return 'now';
      if (allocation.isSince(rounds.first)) return rounds;
    }
    return 'before';
  }

  /** Runs `body` with what is made shared between its rounds. */
  repeating<T>(body: () => T): T {
    return this.isRepeating ? body() : this.#with({ made: new Map(), path: '', rounds: undefined }, body);
  }

  /** Runs one of several rounds, of which the first began at `first`. `isLeft` says what those before have left. */
  round<T>(first: number, isLeft: Rounds['isLeft'], body: () => T): T {
    return this.#with({ made: this.#made, path: this.#path, rounds: { outer: this.#rounds, first, last: allocated(), isLeft } }, body);
  }

  /** What later runs of the code at hand share. */
  get workshop(): Workshop {
    return { made: this.#made ?? new Map<string, unknown>(), path: this.#path };
  }

  /** Runs `body` so that it meets what earlier runs of it have made. */
  again<T>({ made, path }: Workshop, body: () => T): T {
    return this.#with({ made, path, rounds: undefined }, body);
  }

  /** Runs `body` as code that stands for one run. */
  once<T>(body: () => T): T {
    return this.#with({ made: undefined, path: this.#path, rounds: undefined }, body);
  }

  #with<T>({ made, path, rounds }: { readonly made: Map<string, unknown> | undefined; readonly path: string; readonly rounds: Rounds | undefined }, body: () => T): T {
    const before = { made: this.#made, path: this.#path, rounds: this.#rounds };
    [this.#made, this.#path, this.#rounds] = [made, path, rounds];
    try {
      return body();
    } finally {
      [this.#made, this.#path, this.#rounds] = [before.made, before.path, before.rounds];
    }
  }
}
