/**
 * What every cell holds, in layers: a branch writes to a layer of its own, and the layers of the branches that
 * come out again are joined into the one below.
 */
import type { Cell } from './cell.ts';
import type { ListState, Value } from './value.ts';
import { absent, never } from './values.ts';

/** What a cell holds: a value, or for the items of an array their list. */
export type Content = Value | ListState;

export type Delta = ReadonlyMap<Cell, Content>;
export type JoinContents = (a: Content, b: Content) => Content;

export function isList(content: Content): content is ListState {
  return 'items' in content;
}

/** How far some work has come that is done on every place, again and again, as others may have written there. */
interface Mark {
  /** How many writes to its layer had been made. */
  readonly writes: number;
  /** What whoever does the work counts by. */
  readonly moment: number;
}

/** What is left to do: the places that were written since the work was last done, and the moment at which it was; undefined where it never was. */
export interface Unswept {
  readonly cells: ReadonlySet<Cell>;
  readonly moment: number | undefined;
}

/** So many layers are gone through each time. */
const shallow = 8;

export class Store {
  readonly writes = new Map<Cell, Content>();
  /** Each write to this layer, in order. */
  readonly #log: Cell[] = [];
  readonly #marks = new Map<symbol, Mark>();
  /** What was found many layers below. These are not written while this one stands on them, but for what `touch` says. */
  #deep: Map<Cell, Content> | undefined;

  constructor(readonly below: Store | undefined) {}

  /** How many writes have been made to this layer. */
  get count(): number {
    return this.#log.length;
  }

  /** What a place holds. A property that nobody has written is absent, once its object is there. */
  read(cell: Cell): Content | undefined {
    return this.#written(cell) ?? (cell.holder !== undefined && this.#written(cell.holder) !== undefined ? absent : undefined);
  }

  #written(cell: Cell): Content | undefined {
    const own = this.writes.get(cell) ?? this.#deep?.get(cell);
    if (own !== undefined) return own;
    let layer = this.below;
    for (let depth = 1; layer !== undefined; depth++, layer = layer.below) {
      const content = layer.writes.get(cell);
      if (content === undefined) continue;
      if (depth > shallow) (this.#deep ??= new Map<Cell, Content>()).set(cell, content);
      return content;
    }
    return undefined;
  }

  write(cell: Cell, content: Content): void {
    this.writes.set(cell, content);
    this.#log.push(cell);
  }

  // — work on every place —

  /** Some work has been done on all that is here, or was when so many writes had been made. */
  swept(work: symbol, moment: number, writes = this.count): void {
    this.#marks.set(work, { writes, moment });
  }

  /**
   * What is left of some work. A layer on which others stand is not written, but for
   * what `touch` says: so what is below a layer that was swept was swept with it.
   */
  unswept(work: symbol): Unswept {
    const cells = new Set<Cell>();
    return { cells, moment: this.#unswept(work, cells) };
  }

  #unswept(work: symbol, cells: Set<Cell>): number | undefined {
    const mark = this.#marks.get(work);
    for (let index = mark?.writes ?? 0; index < this.#log.length; index++) cells.add(this.#log[index]!);
    if (mark !== undefined) return mark.moment;
    return this.below === undefined ? undefined : this.below.#unswept(work, cells);
  }

  /** What has been written to a layer below, since so many writes had been made to it, counts as written here. */
  touch(below: Store, writes: number): void {
    if (below === this) return;
    for (let index = writes; index < below.#log.length; index++) {
      const cell = below.#log[index]!;
      this.#log.push(cell);
      this.#forget(cell, below);
    }
  }

  /** What was found in a layer is there no more. */
  #forget(cell: Cell, layer: Store): void {
    this.#deep?.delete(cell);
    if (this.below !== undefined && this.below !== layer) this.below.#forget(cell, layer);
  }

  fork(): Store {
    return new Store(this);
  }

  /** Everything written since `base` (a layer below or this one), `base`'s own writes included. */
  since(base: Store): Delta {
    return base === this ? this.writes : this.#collect(base);
  }

  #collect(base: Store): Map<Cell, Content> {
    const delta = base === this || this.below === undefined ? new Map<Cell, Content>() : this.below.#collect(base);
    for (const [cell, content] of this.writes) delta.set(cell, content);
    return delta;
  }

  /** Continues where one of several ways came out. No way: the store stays as it is. */
  absorb(ways: readonly Delta[], join: JoinContents): void {
    const [first] = ways;
    if (first === undefined) return;
    if (ways.length === 1) {
      for (const [cell, content] of first) this.write(cell, content);
      return;
    }
    // What was there before the ways is asked before anything is written: an object that one of them has made was not, with whatever it has.
    const changed = new Map<Cell, Content | undefined>();
    for (const way of ways) {
      for (const cell of way.keys()) {
        if (changed.has(cell)) continue;
        const before = this.read(cell);
        const after = this.#joined(cell, before, ways, join);
        changed.set(cell, after === before ? undefined : after);
      }
    }
    for (const [cell, after] of changed) if (after !== undefined) this.write(cell, after);
  }

  #joined(cell: Cell, before: Content | undefined, ways: readonly Delta[], join: JoinContents): Content {
    let result: Content | undefined;
    for (const way of ways) {
      // A cell that only some ways know is new there: the others never see it, but where they have its object without it.
      const content = way.get(cell) ?? before ?? (cell.holder !== undefined && way.has(cell.holder) ? absent : undefined);
      if (content === undefined) continue;
      result = result === undefined ? content : join(result, content);
    }
    return result ?? never;
  }
}
