/** The properties that objects hold, getters and prototypes aside. */
import { Cell } from '../../domain/cell.ts';
import type { HeapObject, ObjectValue, UnknownValue, Value } from '../../domain/value.ts';
import { absent, host, isSymbolKey, keyOfText, literal, mayBeAbsent, members, never, presentIn, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { isPrivate, writtenKey } from '../../program/private-names.ts';
import type { Machine } from '../machine/machine.ts';
import { descriptionOf, isListed } from './attributes.ts';
import { nameSources } from './naming.ts';
import { memberOfUnknown } from './types.ts';
import { unknownFrom } from './unknown.ts';

export function defineMember(m: Machine, heap: HeapObject, name: string, value: Value, prefix?: string): void {
  if (prefix !== undefined && !isSymbolKey(name)) nameSources(m, value, `${prefix}.${writtenKey(name)}`);
  let cell = heap.properties.get(name);
  if (cell === undefined) heap.properties.set(name, cell = new Cell(name, heap.allocation, heap.elements));
  // Where it is not there it goes behind the others.
  else if (isPerhapsAbsent(m, cell)) heap.unordered = true;
  m.memory.write(cell, value);
}

function isPerhapsAbsent(m: Machine, cell: Cell | undefined): boolean {
  const content = cell && m.memory.read(cell);
  return content !== undefined && mayBeAbsent(content);
}

/** Whether it is not known which keys an object has, or in which order. */
export function hasUnknownKeys(m: Machine, heap: HeapObject): boolean {
  return heap.unordered || heap.allocation.summary || [...heap.properties.values()].some((cell) => m.memory.read(cell) !== absent && isPerhapsAbsent(m, cell)) || [...heap.attributes?.keys() ?? []].some((name) => isListed(m, heap, name) === undefined);
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

/** Stores under a key; undefined is one that is not known. */
export function putUnder(m: Machine, heap: HeapObject, name: string | undefined, value: Value): void {
  if (name === undefined) setUnknownMember(m, heap, value);
  else defineMember(m, heap, name, value);
}

/** What was stored under keys that are not known. */
export function unknownProperties(m: Machine, heap: HeapObject): Value {
  return m.memory.list(heap).others;
}

export function anyProperty(m: Machine, heap: HeapObject, site: Site): Value {
  const values = ownNames(m, heap).map((name) => ownValue(m, { kind: 'object', heap }, name, site));
  const open = heap.open === undefined ? never : memberOfUnknown(m, heap.open, undefined, site);
  const { items, others } = m.memory.list(heap);
  const all = m.memory.joiner.all([...values, ...items, others, open]);
  return all.kind === 'never' ? undefinedValue : all;
}

/** The names of an object's own properties, in the order they were written. What is private is no property. */
function ownNames(m: Machine, heap: HeapObject): readonly string[] {
  const { properties, accessors } = heap;
  return writtenNames(heap).filter((name) => {
    const cell = properties.get(name);
    return (cell !== undefined && m.memory.read(cell) !== absent) || (accessors.has(name) && descriptionOf(m, heap, name).kind !== 'gone');
  });
}

/** All names under which something was ever written, in that order. */
export function writtenNames({ properties, accessors }: HeapObject): readonly string[] {
  const names = [...properties.keys()];
  // From the last on, so that each stands where it stood among the properties.
  for (const [name, { before }] of [...accessors].reverse()) names.splice(before, 0, name);
  return [...new Set(names)].filter((name) => !isPrivate(name));
}

/** Those of them that a copy takes over, or may take over. */
function listedNames(m: Machine, heap: HeapObject): readonly string[] {
  const names = ownNames(m, heap).filter((name) => isListed(m, heap, name) !== false);
  return [...inKeyOrder(names.filter((name) => !isSymbolKey(name)), (name) => name), ...names.filter(isSymbolKey)];
}

/** What a copy takes over, in order, where that is known; of a container, it is not. */
export function knownNames(m: Machine, heap: HeapObject): readonly string[] | undefined {
  return !heap.isRecord || heap.open !== undefined || hasUnknownKeys(m, heap) || unknownProperties(m, heap).kind !== 'never' ? undefined : listedNames(m, heap);
}

/** Those of them that are texts. */
export function ownKeys(m: Machine, heap: HeapObject): readonly string[] {
  return listedNames(m, heap).filter((name) => !isSymbolKey(name));
}

/** Collections keep their entries as properties: no member of theirs has such a name. */
function ownValue(m: Machine, object: ObjectValue, name: string, site: Site): Value {
  if (object.heap.isRecord) return m.getMember(object, keyOfText(name), site);
  const cell = object.heap.properties.get(name);
  return presentIn((cell && m.memory.read(cell)) ?? undefinedValue);
}

/** `{...source}`. */
export function copyMembers(m: Machine, source: Value, heap: HeapObject, site: Site): void {
  const sources = members(source);
  if (sources.length === 1) {
    copyFrom(m, source, heap, site);
    return;
  }
  for (const member of sources) if (member.kind === 'object' && member.heap.isRecord) declareMissing(m, heap, listedNames(m, member.heap), site);
  m.either(...sources.map((member) => () => { copyFrom(m, member, heap, site); }));
}

/** Where a name may be copied or not, it is there and may be what was there without it. */
export function declareMissing(m: Machine, heap: HeapObject, names: readonly string[], site: Site): void {
  for (const name of names) {
    if (heap.properties.has(name)) continue;
    defineMember(m, heap, name, heap.open === undefined ? undefinedValue : memberOfUnknown(m, heap.open, name, site));
  }
}

function copyFrom(m: Machine, source: Value, heap: HeapObject, site: Site): void {
  switch (source.kind) {
    case 'object':
      if (source.heap.isRecord) copyRecord(m, source, heap, site);
      else setUnknownMember(m, heap, anyProperty(m, source.heap, site));
      return;
    case 'literal':
      // The characters of a text.
      if (typeof source.value === 'string') for (const [index, character] of source.value.split('').entries()) defineMember(m, heap, String(index), literal(character));
      return;
    case 'unknown':
      overwrite(m, heap, [], (name) => memberOfUnknown(m, source, name, site));
      heap.open ??= source;
      return;
    case 'host':
      // Parsed text may have any property.
      overwrite(m, heap, [], () => host(source.node));
      heap.open ??= unknownFrom(m, [source], site);
      return;
    default: return;
  }
}

function copyRecord(m: Machine, source: ObjectValue, heap: HeapObject, site: Site): void {
  const { open } = source.heap;
  const names = listedNames(m, source.heap);
  const certain = names.filter((name) => !isPerhapsAbsent(m, source.heap.properties.get(name)) && isListed(m, source.heap, name) === true);
  if (open !== undefined) {
    overwrite(m, heap, certain, (name) => memberOfUnknown(m, open, name, site));
    heap.open ??= open;
  }
  const spilled = unknownProperties(m, source.heap);
  if (spilled.kind !== 'never') overwrite(m, heap, certain, () => spilled);
  for (const name of names) {
    const cell = source.heap.properties.get(name);
    const content = cell && m.memory.read(cell);
    if (content !== undefined && mayBeAbsent(content)) m.either(() => undefined, () => { defineMember(m, heap, name, presentIn(content)); });
    else if (isListed(m, source.heap, name) === undefined) m.either(() => undefined, () => { defineMember(m, heap, name, m.getMember(source, keyOfText(name), site)); });
    else defineMember(m, heap, name, m.getMember(source, keyOfText(name), site));
  }
  setUnknownMember(m, heap, spilled);
}

/** Properties that a source may have, of those that are there already: all but those that it has for certain. */
function overwrite(m: Machine, heap: HeapObject, certain: readonly string[], possible: (name: string) => Value): void {
  for (const [name, cell] of heap.properties) {
    const before = m.memory.read(cell);
    if (before !== undefined && !certain.includes(name)) m.memory.write(cell, m.memory.joiner.values(before, possible(name)));
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
  const known = inKeyOrder(ownKeys(m, heap).map((name) => [name, ownValue(m, value, name, site)] as const), ([name]) => name);
  const list = m.memory.list(heap);
  const open = heap.open === undefined ? never : memberOfUnknown(m, heap.open, undefined, site);
  const indexed = list.items.map((item, index) => [String(index), item] as const);
  const more = m.memory.joiner.values(list.others, open);
  // What stands behind items that nobody has counted has no place.
  const isPlaced = !heap.isArray || (list.others.kind === 'never' && heap.open === undefined);
  if (known.length > 0 && (!isPlaced || hasUnknownKeys(m, heap))) return { known: heap.isArray ? indexed : [], others: m.memory.joiner.all([more, ...known.map(([, held]) => held), ...heap.isArray ? [] : list.items]) };
  return { known: heap.isArray ? [...indexed, ...known] : [...known, ...indexed], others: more };
}

function asUnknown(m: Machine, value: Value, site: Site): UnknownValue {
  return value.kind === 'unknown' ? value : unknownFrom(m, [value], site);
}
