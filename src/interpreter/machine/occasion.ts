
/** On what occasion code is run: whether what it does is told, and for whom it makes things. */
import type { Holder } from '../../domain/graph.ts';

export class Occasion {
  #silent = 0;
  #importing = 0;
  #byType = 0;
  /** What is made now is there for every function that is run on its own later. */
  preparing = true;

  /** Only the effects on the store are collected, and nothing is told. */
  get isSilent(): boolean {
    return this.#silent > 0;
  }

  /** Whose values are made. */
  get holder(): Holder {
    return this.#importing > 0 ? 'elsewhere' : this.#byType > 0 ? 'type' : 'file';
  }

  silently<T>(body: () => T): T {
    this.#silent++;
    try {
      return body();
    } finally {
      this.#silent--;
    }
  }

  /** Runs another file. */
  importing<T>(body: () => T): T {
    this.#importing++;
    try {
      return body();
    } finally {
      this.#importing--;
    }
  }

  /** Makes an instance that is known by its type only. */
  byType<T>(body: () => T): T {
    this.#byType++;
    try {
      return body();
    } finally {
      this.#byType--;
    }
  }
}
