/**
 * What every cell holds, in layers: a branch writes to a layer of its own, and the layers of the branches that
 * come out again are joined into the one below.
 */
import type { Cell } from './cell.ts';
import type { ListState, Value } from './value.ts';
import { never } from './values.ts';

/** What a cell holds: a value, or for the items of an array their list. */
export type Content = Value | ListState;

export type Delta = ReadonlyMap<Cell, Content>;
export type JoinContents = (a: Content, b: Content) => Content;

export function isList(content: Content): content is ListState {
  return 'items' in content;
}

export class Store {
  readonly writes = new Map<Cell, Content>();
  constructor(readonly below: Store | undefined) {}

  read(cell: Cell): Content | undefined {
    const own = this.writes.get(cell);
    if (own !== undefined) return own;
    for (let layer = this.below; layer !== undefined; layer = layer.below) {
      const content = layer.writes.get(cell);
      if (content !== undefined) return content;
    }
    return undefined;
  }

  write(cell: Cell, content: Content): void {
    this.writes.set(cell, content);
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
      for (const [cell, content] of first) this.writes.set(cell, content);
      return;
    }
    const cells = new Set<Cell>();
    for (const way of ways) for (const cell of way.keys()) cells.add(cell);
    for (const cell of cells) this.writes.set(cell, this.#joined(cell, ways, join));
  }

  #joined(cell: Cell, ways: readonly Delta[], join: JoinContents): Content {
    const before = this.read(cell);
    let result: Content | undefined;
    for (const way of ways) {
      // A cell that only some ways know is new there: the others never see it.
      const content = way.get(cell) ?? before;
      if (content === undefined) continue;
      result = result === undefined ? content : join(result, content);
    }
    return result ?? never;
  }
}
