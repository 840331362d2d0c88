/** Properties: what a value has under a key, and what writing one does. */
import type { Pattern, Site } from '../program/ir.ts';
import { arrayMember } from './builtins/arrays.ts';
import { collectionMember } from './builtins/collections.ts';
import { hostMember } from './builtins/host.ts';
import { promiseMember } from './builtins/promises.ts';
import { findMember } from './classes.ts';
import { callClosure } from './functions.ts';
import { callWith, noArguments } from './invocation.ts';
import { instanceMember, libraryMember, tensorMember } from '../tensors/library-members.ts';
import type { Machine } from './machine.ts';
import { nameAdded, nameSources } from './naming.ts';
import { Cell } from '../domain/store.ts';
import { setTrainable } from '../tensors/layers/trainability.ts';
import { fromType } from './types.ts';
import { unknownFrom } from './unknown.ts';
import { use } from '../tensors/uses.ts';
import { type ClassValue, type HeapObject, type LibraryValue, type ListState, type ObjectValue, type Value, host, isMissing, isNullish, keyText, literal, members, never, undefinedValue } from '../domain/value.ts';

/** `site` is the object as written where the member is called, the whole access elsewhere; `at` is where its type can be asked. */
export function getMember(m: Machine, object: Value, key: Value, site: Site, at: Site = site): Value {
  const name = keyText(key);
  switch (object.kind) {
    case 'union': return m.joiner.all(object.members.filter((member) => !isNullish(member)).map((member) => getMember(m, member, key, site, at)));
    case 'object': return heapMember(m, object, name, key, site);
    case 'class': return staticMember(m, object, name, site);
    case 'tensor': return name === undefined ? unknownFrom(m, [object], site) : tensorMember(m, object, name, site);
    case 'instance': return name === undefined ? unknownFrom(m, [object], site) : instanceMember(m, object, object, name, site);
    case 'library': return name === undefined ? unknownFrom(m, [], site) : exportOf(m, object, name, site, at);
    case 'module': return name === undefined ? unknownFrom(m, [], site) : m.realm.exported(m, object.file, name, at);
    case 'host': return hostMember(object, name);
    case 'literal': return isNullish(object) ? never : hostMember(object, name);
    case 'promise': return promiseMember(object, name);
    case 'closure': case 'native': return m.realm.functionMember(m, object, name, site);
    case 'unknown': return unknownMember(m, object, name, site);
    case 'never': case 'uninitialised': return never;
  }
}

/** A name that the library does not have, and the module at hand declares all the same, is somebody's addition. */
function exportOf(m: Machine, object: LibraryValue, name: string, site: Site, at: Site): Value {
  const found = libraryMember(m, object, name, at);
  return isMissing(found) && m.program.originOf(at) !== undefined ? unknownFrom(m, [], site) : found;
}

function unknownMember(m: Machine, object: Extract<Value, { kind: 'unknown' }>, name: string | undefined, site: Site): Value {
  const member = name === undefined || object.type === undefined || !('member' in object.type) ? undefined : object.type.member(name);
  const value = unknownFrom(m, [], site, member);
  value.node.connect(object.node, 'flows', site);
  value.node.handed = object.node.handed;
  return member === undefined ? value : fromType(m, member, { node: value.node, site, name: name ?? '' });
}

function heapMember(m: Machine, object: ObjectValue, name: string | undefined, key: Value, site: Site): Value {
  const { heap } = object;
  if (heap.form === 'array') {
    const found = arrayMember(m, heap, name, key);
    if (found !== undefined) return found;
  } else if (heap.form !== 'record') {
    const found = collectionMember(heap, name);
    if (found !== undefined) return found;
  }
  if (name === undefined) return anyProperty(m, heap, site);
  const cell = heap.properties.get(name);
  const own = cell === undefined ? undefined : m.read(cell);
  const getter = heap.accessors.get(name)?.get;
  if (getter !== undefined) return callClosure(m, getter, object, noArguments, site);
  const spilled = heap.form === 'record' ? unknownProperties(m, heap) : never;
  if (own !== undefined) return m.joiner.values(own, spilled);
  const inherited = inheritedMember(m, object, name, site);
  if (inherited !== undefined) return inherited;
  if (heap.open !== undefined) return unknownMember(m, heap.open, name, site);
  return m.joiner.values(spilled, undefinedValue);
}

function inheritedMember(m: Machine, object: ObjectValue, name: string, site: Site): Value | undefined {
  const home = object.heap.class;
  if (home !== undefined) {
    const method = findMember(home, name, 'method', false);
    if (method !== undefined) return method;
    const getter = findMember(home, name, 'get', false);
    if (getter !== undefined) return callClosure(m, getter, object, noArguments, site);
    if (name === 'constructor') return home;
  }
  const { base } = object.heap;
  return base === undefined ? undefined : instanceMember(m, { kind: 'instance', library: base.library, class: base.name, node: undefined }, object, name, site);
}

/** What was stored under keys that are not known. */
function unknownProperties(m: Machine, heap: HeapObject): Value {
  return m.list(heap).others;
}

function anyProperty(m: Machine, heap: HeapObject, site: Site): Value {
  const values = [...heap.properties.values()].map((cell) => m.read(cell) ?? never);
  const open = heap.open === undefined ? never : unknownMember(m, heap.open, undefined, site);
  const { items, others } = m.list(heap);
  const all = m.joiner.all([...values, ...items, others, open]);
  return all.kind === 'never' ? undefinedValue : all;
}

function staticMember(m: Machine, of: ClassValue, name: string | undefined, site: Site): Value {
  if (name === undefined) return anyProperty(m, of.statics, site);
  if (name === 'name') return literal(of.code.name);
  for (let home: Value | undefined = of; home?.kind === 'class'; home = home.parent) {
    const cell = home.statics.properties.get(name);
    const value = cell === undefined ? undefined : m.read(cell);
    if (value !== undefined) return value;
  }
  const method = findMember(of, name, 'method', true);
  if (method !== undefined) return method;
  const getter = findMember(of, name, 'get', true);
  if (getter !== undefined) return callClosure(m, getter, of, noArguments, site);
  return of.code.extends === undefined ? undefinedValue : unknownFrom(m, [], site);
}

/** `super.key` in a method of the current frame. */
export function superMember(m: Machine, key: Value, site: Site): Value {
  const name = keyText(key);
  const { home, receiver } = m.frame;
  const parent = home?.parent;
  if (name === undefined || parent === undefined) return unknownFrom(m, [receiver], site);
  if (parent.kind === 'class') {
    const method = findMember(parent, name, 'method', receiver.kind === 'class');
    if (method !== undefined) return method;
    const getter = findMember(parent, name, 'get', receiver.kind === 'class');
    if (getter !== undefined) return callClosure(m, getter, receiver, noArguments, site);
  }
  if (receiver.kind === 'object' && receiver.heap.base !== undefined) {
    const { library, name: base } = receiver.heap.base;
    return instanceMember(m, { kind: 'instance', library, class: base, node: undefined }, receiver, name, site);
  }
  return unknownFrom(m, [receiver], site);
}

// — writing —

export function setMember(m: Machine, object: Value, key: Value, value: Value, target: Extract<Pattern, { kind: 'member' }>): void {
  use(m, [value]);
  const name = keyText(key);
  const prefix = target.object.op === 'this' ? 'this' : target.object.op === 'load' ? target.object.binding.name : undefined;
  const objects = members(object);
  for (const member of objects) {
    const write = (): void => { setOn(m, member, name, key, value, prefix, target.site); };
    if (objects.length === 1) write();
    else m.either(() => undefined, write);
  }
}

function setOn(m: Machine, object: Value, name: string | undefined, key: Value, value: Value, prefix: string | undefined, site: Site): void {
  switch (object.kind) {
    case 'object': {
      const setter = name === undefined ? undefined : object.heap.accessors.get(name)?.set ?? (object.heap.class && findMember(object.heap.class, name, 'set', false));
      if (setter !== undefined) {
        callClosure(m, setter, object, callWith([value], site), site);
        return;
      }
      if (object.heap.form === 'array' && name !== 'length') setItem(m, object.heap, key, value);
      else if (name === undefined) setUnknownMember(m, object.heap, value);
      else defineMember(m, object.heap, name, value, prefix ?? object.heap.name);
      if (name !== undefined && name === object.heap.base?.library.trainable) setTrainable(m, object, value);
      return;
    }
    case 'class':
      if (name !== undefined) defineMember(m, object.statics, name, value, object.code.name);
      return;
    case 'instance': case 'tensor':
      if (name === object.library.trainable) setTrainable(m, object, value);
      return;
    case 'unknown':
      unknownFrom(m, [value], site);
      return;
    default: return;
  }
}

export function defineMember(m: Machine, heap: HeapObject, name: string, value: Value, prefix: string | undefined): void {
  if (prefix !== undefined) nameSources(m, value, `${prefix}.${name}`);
  let cell = heap.properties.get(name);
  if (cell === undefined) {
    heap.properties.set(name, cell = new Cell(name));
    cell.summary = heap.summary;
    cell.shared = heap.shared;
  }
  m.write(cell, value);
}

export function setUnknownMember(m: Machine, heap: HeapObject, value: Value): void {
  const { items, others } = m.list(heap);
  m.writeList(heap, { items, others: m.joiner.values(others, value) });
}

function setItem(m: Machine, heap: HeapObject, key: Value, value: Value): void {
  const list = m.list(heap);
  const index = key.kind === 'literal' && typeof key.value === 'number' ? key.value : undefined;
  nameAdded(m, heap, value, index === undefined ? undefined : String(index));
  if (index !== undefined && index >= 0 && index < list.items.length) {
    m.writeList(heap, { items: list.items.map((item, at) => (at === index ? value : item)), others: list.others });
  } else if (index === list.items.length && list.others.kind === 'never') {
    m.writeList(heap, { items: [...list.items, value], others: never });
  } else {
    m.writeList(heap, { items: list.items.map((item) => m.joiner.values(item, value)), others: m.joiner.values(list.others, value) });
  }
}

/** `{...source}`. */
export function copyMembers(m: Machine, source: Value, heap: HeapObject, site: Site): void {
  for (const member of members(source)) {
    if (member.kind === 'object' && member.heap.form === 'record') {
      for (const [name, cell] of member.heap.properties) defineMember(m, heap, name, m.read(cell) ?? undefinedValue, undefined);
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
  const rest: ObjectValue = { kind: 'object', heap: m.heap('record', site) };
  copyMembers(m, source, rest.heap, site);
  for (const name of taken) rest.heap.properties.delete(name);
  return rest;
}

/** The keys and values of an object, for `Object.entries` and `for…in`. */
export function entriesOf(m: Machine, value: Value, site: Site): { readonly known: readonly (readonly [string, Value])[]; readonly others: Value } {
  if (value.kind !== 'object') return { known: [], others: value.kind === 'host' ? host(value.node) : unknownMember(m, asUnknown(m, value, site), undefined, site) };
  const { heap } = value;
  const known = [...heap.properties].map(([name, cell]) => [name, m.read(cell) ?? undefinedValue] as const);
  const list: ListState = m.list(heap);
  const open = heap.open === undefined ? never : unknownMember(m, heap.open, undefined, site);
  const indexed = list.items.map((item, index) => [String(index), item] as const);
  return { known: [...known, ...indexed], others: m.joiner.values(list.others, open) };
}

function asUnknown(m: Machine, value: Value, site: Site): Extract<Value, { kind: 'unknown' }> {
  return value.kind === 'unknown' ? value : unknownFrom(m, [value], site);
}
