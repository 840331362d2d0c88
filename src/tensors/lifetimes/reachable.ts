/**
 * What code that was there before a run of a piece of code can get at when the run is over. A run only makes things; what
 * it made is known to others by what it wrote to places that were there, and by what it gave away.
 */
import type { Cell } from '../../domain/cell.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Node } from '../../domain/graph.ts';
import { isList, type Content, type Delta } from '../../domain/store.ts';
import type { Block, HeapObject, Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { accessorsOf } from '../../interpreter/values/attributes.ts';

export class Reachable {
  readonly #nodes = new Set<Node>();
  readonly #seen = new Set<object>();
  /** It may be anything: a function of the language holds it, or a generator. */
  #isBlind = false;

  /** `since`: when the run began, as allocations count. */
  constructor(readonly machine: Machine, readonly since: number) {}

  has(node: Node): boolean {
    return this.#isBlind || this.#nodes.has(node);
  }

  /** What was written to places that are older than the run. */
  followWritten(written: Delta): void {
    for (const [cell, content] of written) if (!cell.allocation.isSince(this.since)) this.#content(content);
  }

  /** What can be named from anywhere, and what code that is not known has. */
  followShared(): void {
    const { modules, added, prototypes, builtIn, escaped, history } = this.machine;
    for (const environment of modules.environments.values()) this.#environment(environment);
    for (const instance of modules.instances.values()) this.follow(instance);
    for (const cells of added.values()) for (const cell of cells.values()) this.#cell(cell);
    for (const heap of [...prototypes.values(), ...builtIn.prototypes.values(), ...escaped.heaps, ...escaped.named]) this.#heap(heap);
    for (const environments of escaped.functions.values()) for (const environment of environments.keys()) this.#environment(environment);
    for (const value of history.lifetimes.withheld) this.follow(value);
  }

  follow(value: Value): void {
    switch (value.kind) {
      case 'tensor': case 'unknown': this.#node(value.node); return;
      case 'union': for (const member of value.members) this.follow(member); return;
      case 'promise': this.follow(value.value); return;
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
      case 'instance':
        if (value.node !== undefined) this.#nodes.add(value.node);
        if (value.block !== undefined) this.#block(value.block);
        return;
      default: return;
    }
  }

  #content(content: Content): void {
    for (const value of isList(content) ? [...content.items, content.others] : [content]) this.follow(value);
  }

  #cell(cell: Cell): void {
    const content = this.machine.memory.store.read(cell);
    if (content !== undefined) this.#content(content);
  }

  /** What is joined, or has been through unknown code, may be what it comes from. */
  #node(node: Node): void {
    if (this.#nodes.has(node)) return;
    this.#nodes.add(node);
    if (node.kind === 'join' || node.kind === 'external' || node.kind === 'anything') for (const { from } of node.inputs) this.#node(from);
  }

  /** An older one holds what is new only where that was written. */
  #environment(environment: Environment): void {
    for (let scope: Environment | undefined = environment; scope !== undefined && this.#isFirst(scope); scope = scope.outer) {
      if (scope.allocation.isSince(this.since)) for (const cell of scope.cells()) this.#cell(cell);
    }
  }

  #heap(heap: HeapObject): void {
    if (!heap.allocation.isSince(this.since) || !this.#isFirst(heap)) return;
    if (heap.form.kind === 'generator' || heap.form.kind === 'iterator') this.#isBlind = true;
    for (const cell of heap.cells) this.#cell(cell);
    for (const closure of accessorsOf(this.machine, heap)) this.follow(closure);
    if (heap.class !== undefined) this.follow(heap.class);
    if (heap.open !== undefined) this.follow(heap.open);
    if (heap.prototype !== undefined) this.#heap(heap.prototype);
  }

  #block(block: Block): void {
    if (!this.#isFirst(block)) return;
    this.follow(block.config);
    const { structure } = block;
    if (structure.kind === 'sequence') this.follow(structure.parts);
    if (structure.kind === 'some part') this.follow(structure.model);
  }

  #isFirst(each: object): boolean {
    if (this.#seen.has(each)) return false;
    this.#seen.add(each);
    return true;
  }
}
