/** Values of which nothing is known, and what escapes into code that is not known. */
import type { ClassCode, FunctionCode, Site } from '../program/ir.ts';
import type { StaticType } from '../program/program.ts';
import type { Node } from '../domain/graph.ts';
import { nodeOf } from '../domain/join.ts';
import type { Machine } from './machine.ts';
import { isList } from '../domain/store.ts';
import { type HeapObject, type UnknownValue, type Value, members } from '../domain/value.ts';

/** A value that unknown code computed from `inputs`: inside a scope it may depend on anything. */
export function unknownFrom(m: Machine, inputs: readonly Value[], site: Site, type?: StaticType): UnknownValue {
  const node = m.node(m.tapes === undefined ? 'external' : 'anything', '', site);
  for (const input of inputs) {
    for (const from of reachableNodes(m, input)) {
      node.connect(from, 'flows', site);
      m.escaped.add(from);
    }
  }
  return { kind: 'unknown', node, type };
}

/** A value from beyond the analysed code, made before anything that is analysed runs. */
export function foreign(m: Machine, name: string, site: Site, type?: StaticType): UnknownValue {
  const node = m.node('external', name, site);
  node.call(name, m.depth);
  return { kind: 'unknown', node, type };
}

/** The nodes of everything that can be got from a value by following properties. */
export function reachableNodes(m: Machine, value: Value, seen = new Set<HeapObject>()): Node[] {
  const own = nodeOf(value);
  if (own !== undefined) return [own];
  switch (value.kind) {
    case 'union': return members(value).flatMap((member) => reachableNodes(m, member, seen));
    case 'promise': return reachableNodes(m, value.value, seen);
    case 'object': return heapNodes(m, value.heap, seen);
    default: return [];
  }
}

/** Functions and classes of the program that can be got from a value by following properties. */
export function codeIn(m: Machine, value: Value, seen = new Set<HeapObject>()): readonly (FunctionCode | ClassCode)[] {
  switch (value.kind) {
    case 'union': return members(value).flatMap((member) => codeIn(m, member, seen));
    case 'closure': return [value.code];
    case 'class': return [value.code];
    case 'object': {
      const { heap } = value;
      if (seen.has(heap)) return [];
      seen.add(heap);
      const own = heap.class === undefined ? [] : [heap.class.code];
      return [...own, ...[...heap.properties.values()].flatMap((cell) => {
        const content = m.read(cell);
        return content === undefined ? [] : codeIn(m, content, seen);
      })];
    }
    default: return [];
  }
}

function heapNodes(m: Machine, heap: HeapObject, seen: Set<HeapObject>): Node[] {
  if (seen.has(heap)) return [];
  seen.add(heap);
  const found: Node[] = [];
  for (const cell of [...heap.properties.values(), heap.elements]) {
    const content = m.store.read(cell);
    if (content === undefined) continue;
    const values = isList(content) ? [...content.items, content.others] : [content];
    for (const value of values) found.push(...reachableNodes(m, value, seen));
  }
  return found;
}
