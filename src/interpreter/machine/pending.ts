/** What code that runs at some later time may write, by the place: it only grows. */
import type { Cell } from '../../domain/cell.ts';
import type { Content, JoinContents } from '../../domain/store.ts';

export class Pending {
  #contents = new Map<Cell, Content>();
  /** Where it grew, in order. */
  #grown: Cell[] = [];
  #isTentative = false;
  #noted: Set<Cell> | undefined;

  /** Code is run of which nothing stays. */
  get isTentative(): boolean {
    return this.#isTentative;
  }

  /** How often it has grown. */
  get moment(): number {
    return this.#grown.length;
  }

  get(cell: Cell): Content | undefined {
    return this.#contents.get(cell);
  }

  get cells(): Iterable<Cell> {
    return this.#contents.keys();
  }

  /** The places where it has grown since a moment. */
  since(moment: number): readonly Cell[] {
    return this.#grown.slice(moment);
  }

  /** Runs code as if nothing were waiting, and forgets what it would write later. */
  tentatively(body: () => void): void {
    const before = [this.#contents, this.#grown, this.#isTentative] as const;
    this.#contents = new Map();
    this.#grown = [];
    this.#isTentative = true;
    try {
      body();
    } finally {
      [this.#contents, this.#grown, this.#isTentative] = before;
    }
  }

  /** Runs code, and gives the places that what it leaves waiting may write, also where others may write the same there. */
  noted(body: () => void): ReadonlySet<Cell> {
    const outer = this.#noted;
    const cells = this.#noted = new Set<Cell>();
    try {
      body();
    } finally {
      this.#noted = outer;
      for (const cell of cells) outer?.add(cell);
    }
    return cells;
  }

  add(cell: Cell, content: Content, join: JoinContents): void {
    this.#noted?.add(cell);
    const before = this.#contents.get(cell);
    const after = before === undefined ? content : join(before, content);
    if (after === before) return;
    this.#contents.set(cell, after);
    this.#grown.push(cell);
  }
}
