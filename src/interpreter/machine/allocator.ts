
/**
 * Makes things once per place and calling path while a loop is brought to its fixpoint, so that the second round meets
 * what the first one made (allocation-site abstraction), and the number of things stays finite.
 */
import type { Site } from '../../program/ir.ts';

/** What has been made so far by code that may run again, and where on its calling path it stands. */
export interface Workshop {
  readonly made: Map<string, unknown>;
  readonly path: string;
}

export class Allocator {
  #made: Map<string, unknown> | undefined;
  #path = '';

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

  /** Runs `body` with what is made shared between its rounds. */
  repeating<T>(body: () => T): T {
    return this.isRepeating ? body() : this.#with(new Map(), '', body);
  }

  /** What later runs of the code at hand share. */
  get workshop(): Workshop {
    return { made: this.#made ?? new Map<string, unknown>(), path: this.#path };
  }

  /** Runs `body` so that it meets what earlier runs of it have made. */
  again<T>({ made, path }: Workshop, body: () => T): T {
    return this.#with(made, path, body);
  }

  /** Runs `body` as code that stands for one run. */
  once<T>(body: () => T): T {
    return this.#with(undefined, this.#path, body);
  }

  #with<T>(made: Map<string, unknown> | undefined, path: string, body: () => T): T {
    const before = { made: this.#made, path: this.#path };
    [this.#made, this.#path] = [made, path];
    try {
      return body();
    } finally {
      [this.#made, this.#path] = [before.made, before.path];
    }
  }
}
