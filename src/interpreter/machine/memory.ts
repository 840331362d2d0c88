import type { Cell } from '../../domain/cell.ts';
import { Joiner } from '../../domain/join.ts';
import { type Content, type Delta, isList, Store } from '../../domain/store.ts';
import type { HeapObject, ListState, Value } from '../../domain/value.ts';
import type { Allocator } from './allocator.ts';
import { never } from '../../domain/values.ts';

/** Everything that was written to some places. */
type Trail = Map<Cell, Set<Content>>;

/** What all places hold at the moment, and how what they hold is joined. */
export class Memory {
  store = new Store(undefined);

  constructor(readonly allocator: Allocator) {}

  readonly joiner: Joiner = new Joiner();
  /** What has been written since the innermost of the statements began that are being tried. */
  #trail: Trail | undefined;
  /** What has been looked at since the innermost piece of code began whose inputs are asked for. */
  #looks: Set<Cell> | undefined;
  #isAlone = false;

  read(cell: Cell): Value | undefined {
    const content = this.#look(cell);
    return content === undefined || isList(content) ? undefined : content;
  }

  write(cell: Cell, value: Value): void {
    this.#put(cell, value);
  }

  list(heap: HeapObject): ListState {
    const content = this.#look(heap.elements);
    return content !== undefined && isList(content) ? content : { items: [], others: content ?? never };
  }

  writeList(heap: HeapObject, list: ListState): void {
    this.#put(heap.elements, list);
  }

  /** What the interpreter itself keeps at a place: nobody looks at it. */
  kept(cell: Cell): Content | undefined {
    return this.store.read(cell);
  }

  keep(cell: Cell, content: Content): void {
    this.#put(cell, content);
  }

  /** Everything that an object or array holds. */
  contents(heap: HeapObject): readonly Value[] {
    return heap.cells.flatMap((cell) => {
      const content = this.#look(cell);
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

  /** Runs `body`; gives everything that each place may have held meanwhile, when one of its steps throws. */
  trailed(body: () => void): Delta {
    const trail: Trail = new Map();
    const outer = this.#trail;
    this.#trail = trail;
    try {
      body();
    } finally {
      this.#trail = outer;
      for (const [cell, contents] of trail) for (const content of contents) this.#trace(cell, content);
    }
    return new Map([...trail].map(([cell, contents]) => [cell, [...contents].reduce(this.joiner.contents)]));
  }

  /** Places may have held this while the code at hand ran. */
  mayHaveHeld(delta: Delta): void {
    for (const [cell, content] of delta) this.#trace(cell, content);
  }

  /** Runs `body`, which may end at any of its steps: what it has done up to there stays. Gives what `trailed` gives. */
  stoppable(body: () => void): Delta {
    const trail = this.trailed(body);
    this.absorb([new Map(), trail]);
    return trail;
  }

  /** Runs `body`; gives the places it has looked at. */
  watched(body: () => void): ReadonlySet<Cell> {
    const looks = new Set<Cell>();
    try {
      this.#watchedBy(looks, body);
    } finally {
      if (this.#looks !== undefined) for (const cell of looks) this.#looks.add(cell);
    }
    return looks;
  }

  /** Runs `body` as if no other code ran meanwhile; what it looks at and writes is nobody's business. */
  alone(body: () => void): void {
    const before = this.#isAlone;
    this.#isAlone = true;
    try {
      this.unwatched(body);
    } finally {
      this.#isAlone = before;
    }
  }

  /** Runs `body`, of which nobody asks at what it looks, and what it writes. */
  unwatched<T>(body: () => T): T {
    const trail = this.#trail;
    this.#trail = undefined;
    try {
      return this.#watchedBy(undefined, body);
    } finally {
      this.#trail = trail;
    }
  }

  #watchedBy<T>(looks: Set<Cell> | undefined, body: () => T): T {
    const before = this.#looks;
    this.#looks = looks;
    try {
      return body();
    } finally {
      this.#looks = before;
    }
  }

  #look(cell: Cell): Content | undefined {
    this.#looks?.add(cell);
    return this.store.read(cell);
  }

  #put(cell: Cell, content: Content): void {
    const before = cell.allocation.summary || (cell.allocation.several && !this.allocator.isCurrent(cell.allocation)) || (cell.unsteady && !this.#isAlone) ? this.store.read(cell) : undefined;
    const after = before === undefined ? content : this.joiner.contents(before, content);
    this.store.write(cell, after);
    this.#trace(cell, after);
  }

  #trace(cell: Cell, content: Content): void {
    if (this.#trail === undefined) return;
    const contents = this.#trail.get(cell);
    if (contents === undefined) this.#trail.set(cell, new Set([content]));
    else contents.add(content);
  }
}
