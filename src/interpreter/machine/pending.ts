/** What code that runs at some later time may write, by the place: it only grows. */
import type { Cell } from '../../domain/cell.ts';
import type { Content, JoinContents } from '../../domain/store.ts';

export class Pending {
  readonly #contents = new Map<Cell, Content>();
  /** Where it grew, in order. */
  readonly #grown: Cell[] = [];

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

  add(cell: Cell, content: Content, join: JoinContents): void {
    const before = this.#contents.get(cell);
    const after = before === undefined ? content : join(before, content);
    if (after === before) return;
    this.#contents.set(cell, after);
    this.#grown.push(cell);
  }
}
