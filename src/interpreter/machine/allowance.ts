/**
 * How many steps code may take. Code that does something the analysis is about may go on: what it may take grows with
 * each further place of the program at which that happens, so that code that leads to nothing of the kind ends early.
 * Counted in steps, not in time: what is found does not hang on the machine.
 */
import type { Site } from '../../program/ir.ts';

/** Interpretation was stopped because the code takes more steps than it may, or goes deeper. */
export class StepsExceeded extends Error {}

export interface Limits {
  /** Before anything has happened. */
  readonly base: number;
  /** More for each place in the file that is analysed, and in the others that it leads to. */
  readonly perPlace: { readonly here: number; readonly elsewhere: number };
  /** Whatever happens. */
  readonly most: number;
  /** The part of what is left that one entry may take. */
  readonly share: number;
}

export class Allowance {
  #taken = 0;
  #allowed: number;
  /** How many had been taken when the entry at hand began. */
  #start = 0;
  /** By their files: where they begin, and end. */
  readonly #places = new Map<string, Map<number, Set<number>>>();

  constructor(readonly file: string, readonly limits: Limits) {
    this.#allowed = Math.min(limits.base, limits.most);
  }

  /** Takes one step. Throws where it may not. */
  step(): void {
    this.#taken++;
    if (this.#taken - this.#start > (this.#allowed - this.#start) * this.limits.share) throw new StepsExceeded();
  }

  /** Something the analysis is about happens at a place. */
  worthwhile({ file, start, end }: Site): void {
    let starts = this.#places.get(file);
    if (starts === undefined) this.#places.set(file, starts = new Map<number, Set<number>>());
    const ends = starts.get(start);
    if (ends?.has(end) === true) return;
    if (ends === undefined) starts.set(start, new Set([end]));
    else ends.add(end);
    const { perPlace: { here, elsewhere }, most } = this.limits;
    this.#allowed = Math.min(most, this.#allowed + (file === this.file ? here : elsewhere));
  }

  /** What is run from here on is an entry of its own. */
  enter(): void {
    this.#start = Math.min(this.#taken, this.#allowed);
  }
}
