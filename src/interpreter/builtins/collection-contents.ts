/** What a `Map` or `Set` holds: entries under known keys one by one, the others together. */
import type { HeapObject, ListState, Pick, Value } from '../../domain/value.ts';
import { absent, literal, mayBeAbsent, never, plainHost, presentIn } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { array, inAnyOrder } from '../values/lists.ts';
import { defineMember, setUnknownMember } from '../values/properties.ts';

/** Under which text an entry is kept: `1` and `'1'` are two keys. Undefined for what is known by its identity only. */
export function entryKey(key: Value): string | undefined {
  if (key.kind !== 'literal') return undefined;
  return typeof key.value === 'string' ? key.value : `${typeof key.value}\0${String(key.value)}`;
}

/** The key of an entry that is kept under a text, where it is text itself. */
function keyOf(name: string): Value {
  return name.includes('\0') ? plainHost : literal(name);
}

export function putEntry(m: Machine, heap: HeapObject, name: string | undefined, value: Value): void {
  if (name === undefined) {
    setUnknownMember(m, heap, value);
    return;
  }
  const cell = heap.properties.get(name);
  if (cell !== undefined && mayBeMissing(m.memory.read(cell))) heap.unordered = true;
  defineMember(m, heap, name, value);
}

/** Takes an entry away; one of which the key is not known, perhaps. */
export function removeEntry(m: Machine, heap: HeapObject, name: string | undefined): void {
  for (const [each, cell] of heap.properties) {
    if (each === name) m.memory.write(cell, absent);
    else if (name === undefined) m.memory.write(cell, m.memory.joiner.values(m.memory.read(cell) ?? never, absent));
  }
}

function mayBeMissing(value: Value | undefined): boolean {
  return value === undefined || mayBeAbsent(value);
}

/** The keys that certainly have an entry; those that may have one are marked. */
export function presentKeys(m: Machine, heap: HeapObject): readonly string[] {
  return [...heap.properties].flatMap(([name, cell]) => {
    const value = m.memory.read(cell) ?? absent;
    if (value === absent) return [];
    return [mayBeMissing(value) ? `${name}?` : name];
  });
}

/** The entries under known keys; whether they stand in this order, and there are no others among them. */
export function knownEntries(m: Machine, heap: HeapObject): { readonly known: readonly (readonly [key: Value, value: Value])[]; readonly isCertain: boolean } {
  const held = [...heap.properties].map(([name, cell]) => [name, m.memory.read(cell) ?? absent] as const).filter(([, value]) => value !== absent);
  const isCertain = !heap.unordered && !heap.allocation.summary && held.length === heap.properties.size && !held.some(([, value]) => mayBeMissing(value));
  return { known: held.map(([name, value]) => [keyOf(name), presentIn(value)] as const), isCertain };
}

/** The entries as they are iterated over, each made of its key and its value. */
export function entriesIn(m: Machine, heap: HeapObject, pick: Pick): ListState {
  const { others } = m.memory.list(heap);
  const { known, isCertain } = knownEntries(m, heap);
  const items = known.map(([key, value], index) => m.allocator.along(index, () => pick(key, value)));
  const rest = others.kind === 'never' ? never : m.allocator.along('others', () => pick(plainHost, others));
  return isCertain ? { items, others: rest } : inAnyOrder(m, { items, others: rest });
}

export function pairsIn(m: Machine, heap: HeapObject, site: Site): ListState {
  return entriesIn(m, heap, (key, value) => array(m, { items: [key, value], others: never }, site));
}
