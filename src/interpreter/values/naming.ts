/** The names under which reports speak of values: the variable or property a value was first stored in. */
import type { Node } from '../../domain/graph.ts';
import type { HeapObject, Value } from '../../domain/value.ts';
import { isOfLibrary, members, nodeOf } from '../../domain/values.ts';
import { writtenKey } from '../../program/private-names.ts';
import type { Machine } from '../machine/machine.ts';

/** A name that only hands a value on, such as a parameter, comes after every name that keeps it. */
export const handedOn = Number.MAX_SAFE_INTEGER - 1;

/** A place in a list comes after the names of variables and properties, whatever the depth. */
const inList = 1_000_000;

/** Objects within objects whose parts are named. */
const deepest = 4;

export function nameSources(m: Machine, value: Value, name: string, depth = m.depth): void {
  nameParts(m, value, name, depth, 0);
}

function nameParts(m: Machine, value: Value, name: string, depth: number, nesting: number): void {
  for (const member of members(value)) {
    if (isOfLibrary(member)) {
      const node = nodeOf(member);
      if (node !== undefined) nameNode(node, name, depth);
    } else if (member.kind === 'object' && nesting < deepest) {
      const { heap } = member;
      // What an instance of a class holds is named where its methods store it.
      if (heap.class !== undefined) continue;
      if (depth !== handedOn) heap.name ??= name;
      nameContents(m, heap, name, depth, nesting + 1);
    }
  }
}

/** The node, or where it is one of several, each of them. */
function nameNode(node: Node, name: string, depth: number): void {
  if (node.kind !== 'join') node.call(name, depth);
  else for (const { from } of node.inputs) nameNode(from, name, depth);
}

function nameContents(m: Machine, heap: HeapObject, name: string, depth: number, nesting: number): void {
  for (const [key, cell] of heap.properties) {
    const value = m.memory.read(cell);
    if (value !== undefined) nameParts(m, value, placeName(heap, name, key), placeDepth(heap, depth), nesting);
  }
  if (heap.isRecord) return;
  const { items, others } = m.memory.list(heap);
  for (const [index, item] of items.entries()) nameParts(m, item, placeName(heap, name, heap.isArray ? String(index) : undefined), placeDepth(heap, depth), nesting);
  nameParts(m, others, placeName(heap, name, undefined), placeDepth(heap, depth), nesting);
}

function placeDepth(heap: HeapObject, depth: number): number {
  return heap.isRecord || depth >= inList ? depth : depth + inList;
}

/** The key of an entry as it is written: behind the type where it is no text. */
function entryText(key: string): string {
  const [type = '', text] = key.split('\0');
  return text ?? `'${type}'`;
}

/** How the user would write a place in an object; `undefined` for one of many. */
function placeName({ form }: HeapObject, name: string, key: string | undefined): string {
  switch (form.kind) {
    case 'record': case 'instance': return `${name}.${key === undefined ? '…' : writtenKey(key)}`;
    case 'map': return `${name}.get(${key === undefined ? '…' : entryText(key)})`;
    default: return `${name}[${key ?? '…'}]`;
  }
}

/** Names what is put into an object that has a name itself. */
export function nameAdded(m: Machine, heap: HeapObject, value: Value, key: string | undefined): void {
  if (heap.name !== undefined) nameParts(m, value, placeName(heap, heap.name, m.allocator.isRepeating ? undefined : key), placeDepth(heap, m.depth), 1);
}
