/** The properties that objects hold, getters and prototypes aside. */
import { Cell } from '../../domain/cell.ts';
import type { HeapObject, ObjectValue, UnknownValue, Value } from '../../domain/value.ts';
import { host, members, never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { nameSources } from './naming.ts';
import { memberOfUnknown } from './types.ts';
import { unknownFrom } from './unknown.ts';

export function defineMember(m: Machine, heap: HeapObject, name: string, value: Value, prefix?: string): void {
  if (prefix !== undefined) nameSources(m, value, `${prefix}.${name}`);
  let cell = heap.properties.get(name);
  if (cell === undefined) heap.properties.set(name, cell = new Cell(name, heap.allocation));
  m.memory.write(cell, value);
}

/** A plain object with some properties. */
export function record(m: Machine, site: Site, properties: Readonly<Record<string, Value>> = {}): ObjectValue {
  const heap = m.heap({ kind: 'record' }, site);
  for (const [name, value] of Object.entries(properties)) defineMember(m, heap, name, value);
  return { kind: 'object', heap };
}

/** Stores under a key that is not known. */
export function setUnknownMember(m: Machine, heap: HeapObject, value: Value): void {
  const { items, others } = m.memory.list(heap);
  m.memory.writeList(heap, { items, others: m.memory.joiner.values(others, value) });
}

/** What was stored under keys that are not known. */
export function unknownProperties(m: Machine, heap: HeapObject): Value {
  return m.memory.list(heap).others;
}

export function anyProperty(m: Machine, heap: HeapObject, site: Site): Value {
  const values = [...heap.properties.values()].map((cell) => m.memory.read(cell) ?? never);
  const open = heap.open === undefined ? never : memberOfUnknown(m, heap.open, undefined, site);
  const { items, others } = m.memory.list(heap);
  const all = m.memory.joiner.all([...values, ...items, others, open]);
  return all.kind === 'never' ? undefinedValue : all;
}

/** `{...source}`. */
export function copyMembers(m: Machine, source: Value, heap: HeapObject, site: Site): void {
  for (const member of members(source)) {
    if (member.kind === 'object' && member.heap.isRecord) {
      for (const [name, cell] of member.heap.properties) defineMember(m, heap, name, m.memory.read(cell) ?? undefinedValue);
      setUnknownMember(m, heap, unknownProperties(m, member.heap));
      if (member.heap.open !== undefined) heap.open ??= member.heap.open;
    } else if (member.kind === 'object') setUnknownMember(m, heap, anyProperty(m, member.heap, site));
    else if (member.kind === 'unknown') heap.open ??= member;
  }
}

/** `const { a, ...rest } = source`. */
export function omitMembers(m: Machine, source: Value, taken: readonly string[], site: Site): Value {
  // What is left of a namespace is still found in it.
  if (source.kind === 'library' || source.kind === 'module') return source;
  const rest = record(m, site);
  copyMembers(m, source, rest.heap, site);
  for (const name of taken) rest.heap.properties.delete(name);
  return rest;
}

/** Whole numbers stand before all other keys, the smallest first. */
export function inKeyOrder<T>(entries: readonly T[], keyOf: (entry: T) => string): readonly T[] {
  const isIndex = (entry: T): boolean => /^(?:0|[1-9]\d{0,9})$/.test(keyOf(entry)) && Number(keyOf(entry)) < 2 ** 32 - 1;
  return [...entries.filter(isIndex).sort((a, b) => Number(keyOf(a)) - Number(keyOf(b))), ...entries.filter((entry) => !isIndex(entry))];
}

/** The keys and values of an object, for `Object.entries` and `for…in`. */
export function entriesOf(m: Machine, value: Value, site: Site): { readonly known: readonly (readonly [string, Value])[]; readonly others: Value } {
  if (value.kind !== 'object') return { known: [], others: value.kind === 'host' ? host(value.node) : memberOfUnknown(m, asUnknown(m, value, site), undefined, site) };
  const { heap } = value;
  // What a collection holds are no properties.
  if (!heap.isRecord && !heap.isArray) return { known: [], others: never };
  const known = inKeyOrder([...heap.properties].map(([name, cell]) => [name, m.memory.read(cell) ?? undefinedValue] as const), ([name]) => name);
  const list = m.memory.list(heap);
  const open = heap.open === undefined ? never : memberOfUnknown(m, heap.open, undefined, site);
  const indexed = list.items.map((item, index) => [String(index), item] as const);
  return { known: heap.isArray ? [...indexed, ...known] : [...known, ...indexed], others: m.memory.joiner.values(list.others, open) };
}

function asUnknown(m: Machine, value: Value, site: Site): UnknownValue {
  return value.kind === 'unknown' ? value : unknownFrom(m, [value], site);
}
