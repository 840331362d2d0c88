
/** What all places hold at the moment, and how what they hold is joined. */
import type { Cell } from '../../domain/cell.ts';
import { Joiner } from '../../domain/join.ts';
import { type Content, type Delta, isList, Store } from '../../domain/store.ts';
import type { HeapObject, ListState, Value } from '../../domain/value.ts';
import { never } from '../../domain/values.ts';

export class Memory {
  store = new Store(undefined);
  readonly joiner: Joiner = new Joiner();

  read(cell: Cell): Value | undefined {
    const content = this.store.read(cell);
    return content === undefined || isList(content) ? undefined : content;
  }

  write(cell: Cell, value: Value): void {
    this.#put(cell, value);
  }

  list(heap: HeapObject): ListState {
    const content = this.store.read(heap.elements);
    return content !== undefined && isList(content) ? content : { items: [], others: content ?? never };
  }

  writeList(heap: HeapObject, list: ListState): void {
    this.#put(heap.elements, list);
  }

  /** Everything that an object or array holds. */
  contents(heap: HeapObject): readonly Value[] {
    return heap.cells.flatMap((cell) => {
      const content = this.store.read(cell);
      if (content === undefined) return [];
      return isList(content) ? [...content.items, content.others] : [content];
    });
  }

  /** Goes on where one of several ways came out. */
  absorb(ways: readonly Delta[]): void {
    this.store.absorb(ways, this.joiner.contents);
  }

  /** The store on which all branches stand. */
  get root(): Store {
    let root = this.store;
    while (root.below !== undefined) root = root.below;
    return root;
  }

  #put(cell: Cell, content: Content): void {
    const before = cell.allocation.summary ? this.store.read(cell) : undefined;
    this.store.write(cell, before === undefined ? content : this.joiner.contents(before, content));
  }
}
