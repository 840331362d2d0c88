/** The tensors in what a library is given to dispose, or gives back from a region. */
import type { Node } from '../../domain/graph.ts';
import type { HeapObject, Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { accessorsOf } from '../../interpreter/values/attributes.ts';
import { isPrivate } from '../../program/private-names.ts';

/** How sure it is that a tensor is among them. */
export type Presence = 'certain' | 'perhaps';

/** What a library is told to dispose: a tensor, what is in a container, or an instance with all that it keeps. */
export function ownedBy(m: Machine, value: Value): ReadonlyMap<Node, Presence> {
  if (value.kind !== 'instance') return tensorsIn(m, value);
  return new Map(value.node === undefined ? [] : [[value.node, 'certain']]);
}

/** The library looks into arrays and objects, however deep, and into nothing else. */
export function tensorsIn(m: Machine, value: Value): ReadonlyMap<Node, Presence> {
  const found = new Found(m);
  found.look(value, 'certain');
  return found.nodes;
}

class Found {
  readonly nodes = new Map<Node, Presence>();
  readonly #seen = new Set<HeapObject>();

  constructor(readonly machine: Machine) {}

  look(value: Value, presence: Presence): void {
    switch (value.kind) {
      case 'tensor': case 'unknown': this.#add(value.node, presence); return;
      case 'instance':
        if (value.node !== undefined && !this.nodes.has(value.node)) this.nodes.set(value.node, 'perhaps');
        return;
      case 'union': for (const member of value.members) this.look(member, 'perhaps'); return;
      case 'object': this.#lookInto(value.heap, presence); return;
      default: return;
    }
  }

  /** What is joined or has been through unknown code may be one of several. */
  #add(node: Node, presence: Presence): void {
    if (node.kind === 'operation' || node.kind === 'constant' || node.kind === 'source') {
      if (presence === 'certain' || !this.nodes.has(node)) this.nodes.set(node, presence);
    } else if (!this.nodes.has(node)) {
      this.nodes.set(node, 'perhaps');
      for (const { from } of node.inputs) this.#add(from, 'perhaps');
    }
  }

  #lookInto(heap: HeapObject, presence: Presence): void {
    if (this.#seen.has(heap)) return;
    this.#seen.add(heap);
    const within: Presence = heap.allocation.summary || !(heap.isArray || heap.isRecord) ? 'perhaps' : presence;
    for (const [name, cell] of heap.properties) {
      const held = this.machine.memory.read(cell);
      if (held !== undefined) this.look(held, isPrivate(name) ? 'perhaps' : within);
    }
    const { items, others } = this.machine.memory.list(heap);
    for (const item of items) this.look(item, within);
    this.look(others, 'perhaps');
    if (accessorsOf(this.machine, heap).length > 0) this.#lookAround();
    if (heap.open !== undefined) this.look(heap.open, 'perhaps');
  }

  /** A getter may give anything. */
  #lookAround(): void {
    for (const node of this.machine.history.lifetimes.lives.keys()) if (!this.nodes.has(node)) this.nodes.set(node, 'perhaps');
  }
}
