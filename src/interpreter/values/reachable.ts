/**
 * What code that was there before a run of a piece of code can get at when the run is over. A run only makes things; what
 * it made is known to others by what it wrote to places that were there, and by what it gave away.
 */
import type { Allocation, Cell } from '../../domain/cell.ts';
import type { Environment } from '../../domain/environment.ts';
import { isList, type Content, type Delta } from '../../domain/store.ts';
import type { HeapObject, Value } from '../../domain/value.ts';
import type { Machine } from '../machine/machine.ts';
import { accessorsOf } from './attributes.ts';

export class Reachable {
  readonly #seen = new Set<object>();
  #isBlind = false;

  /** `since`: when the run began, as allocations count. */
  constructor(readonly machine: Machine, readonly since: number) {}

  /** It may be anything: a function of the language holds it, or a generator. */
  get isBlind(): boolean {
    return this.#isBlind;
  }

  /** Whether an object, or what a library keeps of a value, can be got at. */
  holds(allocation: Allocation): boolean {
    return this.#isBlind || this.#seen.has(allocation);
  }

  /** What was written to places that are older than the run. */
  followWritten(written: Delta): void {
    for (const [cell, content] of written) if (!cell.allocation.isSince(this.since)) this.#content(content);
  }

  /** What can be named from anywhere, and what code that is not known has. */
  followShared(): void {
    const { modules, added, prototypes, builtIn, functions, escaped, semantics } = this.machine;
    for (const environment of modules.environments.values()) this.#environment(environment);
    for (const value of [...modules.instances.values(), ...modules.json.values()]) this.follow(value);
    for (const cells of added.values()) for (const cell of cells.values()) this.#cell(cell);
    for (const heap of [...prototypes.values(), ...builtIn.prototypes.values(), ...functions.keepers.values(), ...escaped.heaps, ...escaped.named]) this.#heap(heap);
    for (const environments of escaped.functions.values()) for (const environment of environments.keys()) this.#environment(environment);
    for (const value of semantics.held) this.follow(value);
  }

  /** What code has that runs at some later time, and what it writes then. */
  followWaiting(): void {
    const { jobs, pending } = this.machine;
    for (const { environment, values } of jobs.held) {
      this.#environment(environment);
      for (const value of values) this.follow(value);
    }
    for (const cell of pending.cells) this.#content(pending.get(cell));
  }

  follow(value: Value): void {
    switch (value.kind) {
      case 'union': for (const member of value.members) this.follow(member); return;
      case 'promise':
        this.follow(value.value);
        if (value.course !== undefined) this.#cell(value.course.state);
        return;
      case 'native': this.#isBlind = true; return;
      case 'closure':
        this.#environment(value.environment);
        if (value.receiver !== undefined) this.follow(value.receiver);
        return;
      case 'object': this.#heap(value.heap); return;
      case 'class':
        this.#heap(value.statics);
        this.#environment(value.environment);
        return;
      default: this.met(value);
    }
  }

  /** A value that is no object of the language has been met. */
  protected met(value: Value): void {
    const inside = this.machine.semantics.inside(value);
    if (inside === undefined || !this.isFirst(inside.identity)) return;
    for (const each of inside.values) this.follow(each);
  }

  protected isFirst(each: object): boolean {
    if (this.#seen.has(each)) return false;
    this.#seen.add(each);
    return true;
  }

  #content(content: Content | undefined): void {
    if (content === undefined) return;
    for (const value of isList(content) ? [...content.items, content.others] : [content]) this.follow(value);
  }

  #cell(cell: Cell): void {
    for (const content of this.contentsOf(cell)) this.#content(content);
  }

  protected contentsOf(cell: Cell): readonly (Content | undefined)[] {
    return [this.machine.memory.store.read(cell)];
  }

  /** An older one holds what is new only where that was written. */
  #environment(environment: Environment): void {
    for (let scope: Environment | undefined = environment; scope !== undefined && this.isFirst(scope); scope = scope.outer) {
      if (scope.allocation.isSince(this.since)) for (const cell of scope.cells()) this.#cell(cell);
    }
  }

  #heap(heap: HeapObject): void {
    if (!heap.allocation.isSince(this.since) || !this.isFirst(heap.allocation)) return;
    if (heap.form.kind === 'generator' || heap.form.kind === 'iterator') this.#isBlind = true;
    for (const cell of heap.cells) this.#cell(cell);
    for (const closure of accessorsOf(this.machine, heap)) this.follow(closure);
    if (heap.class !== undefined) this.follow(heap.class);
    if (heap.open !== undefined) this.follow(heap.open);
    if (heap.prototype !== undefined) this.#heap(heap.prototype);
  }
}
