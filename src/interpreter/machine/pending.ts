/** What code that runs at some later time may write, by the place: it only grows. */
import type { Cell } from '../../domain/cell.ts';
import type { Content, JoinContents } from '../../domain/store.ts';

export class Pending {
  #contents = new Map<Cell, Content>();
  /** Where it grew, in order, and what was known there before. */
  #grown: { readonly cell: Cell; readonly before: Content | undefined }[] = [];
  /** How often it had grown when the code that has come to its end last was put off; undefined where that was not. */
  #beforeLast: number | undefined;
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

  /** What others may write than the code that has come to its end last. */
  byOthers(cell: Cell): Content | undefined {
    const grown = this.#beforeLast === undefined ? undefined : this.#grown.slice(this.#beforeLast).find((each) => each.cell === cell);
    return grown === undefined ? this.get(cell) : grown.before;
  }

  /** Code comes to its end that has waited, so that the rest of it runs later; `add` tells what. */
  putOff(add: () => void): void {
    const { moment } = this;
    add();
    this.#beforeLast = moment;
  }

  /** Code comes to its end that has not waited. */
  ended(): void {
    this.#beforeLast = undefined;
  }

  get cells(): Iterable<Cell> {
    return this.#contents.keys();
  }

  /** The places where it has grown since a moment. */
  since(moment: number): readonly Cell[] {
    return this.#grown.slice(moment).map(({ cell }) => cell);
  }

  /** Runs code as if nothing were waiting, and forgets what it would write later. */
  tentatively(body: () => void): void {
    const before = [this.#contents, this.#grown, this.#beforeLast, this.#isTentative] as const;
    this.#contents = new Map();
    this.#grown = [];
    this.#beforeLast = undefined;
    this.#isTentative = true;
    try {
      body();
    } finally {
      [this.#contents, this.#grown, this.#beforeLast, this.#isTentative] = before;
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
    this.#grown.push({ cell, before });
  }
}
