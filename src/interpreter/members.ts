/** Properties: what a value has under a key, and what writing one does. */
import { callWith, noArguments } from '../domain/invocation.ts';
import type { ClassValue, ClosureValue, HeapObject, ObjectValue, Value } from '../domain/value.ts';
import { isNullish, isOfLibrary, keyText, literal, members, never, undefinedValue } from '../domain/values.ts';
import type { Pattern, Site } from '../program/ir.ts';
import { arrayMember } from './builtins/arrays.ts';
import { collectionMember } from './builtins/collections.ts';
import { functionMember } from './builtins/function-members.ts';
import { hostMember } from './builtins/host.ts';
import { promiseMember } from './builtins/promises.ts';
import type { Machine } from './machine/machine.ts';
import { exported } from './modules.ts';
import { findMember, type Side } from './values/class-members.ts';
import { nameAdded } from './values/naming.ts';
import { anyProperty, defineMember, setUnknownMember, unknownProperties } from './values/properties.ts';
import { memberOfUnknown } from './values/types.ts';
import { unknownFrom } from './values/unknown.ts';

/** `site` is the object as written where the member is called, the whole access elsewhere; `at` is where its type can be asked. */
export function getMember(m: Machine, object: Value, key: Value, site: Site, at: Site = site): Value {
  const name = keyText(key);
  if (isOfLibrary(object)) return name === undefined ? unknownFrom(m, object.kind === 'library' ? [] : [object], site) : m.semantics.read(object, name, site, at);
  switch (object.kind) {
    case 'union': return m.memory.joiner.all(object.members.filter((member) => !isNullish(member)).map((member) => getMember(m, member, key, site, at)));
    case 'object': return heapMember(m, object, name, key, site);
    case 'class': return staticMember(m, object, name, site);
    case 'module': return name === undefined ? unknownFrom(m, [], site) : exported(m, object.file, name, at);
    case 'host': return hostMember(m, object, name);
    case 'literal': return isNullish(object) ? never : hostMember(m, object, name);
    case 'promise': return promiseMember(m, object, name, site);
    case 'closure': case 'native': return functionMember(m, object, name, site);
    case 'unknown': return memberOfUnknown(m, object, name, site);
    case 'never': case 'uninitialised': return never;
  }
}

function heapMember(m: Machine, object: ObjectValue, name: string | undefined, key: Value, site: Site): Value {
  const { heap } = object;
  if (heap.isArray) {
    const found = arrayMember(m, heap, name, key);
    if (found !== undefined) return found;
  } else if (!heap.isRecord) {
    const found = collectionMember(m, heap, name);
    if (found !== undefined) return found;
  }
  if (name === undefined) return anyProperty(m, heap, site);
  const cell = heap.properties.get(name);
  const own = cell === undefined ? undefined : m.memory.read(cell);
  const getter = heap.accessors.get(name)?.get;
  if (getter !== undefined) return callGetter(m, getter, object, site);
  const spilled = heap.isRecord ? unknownProperties(m, heap) : never;
  if (own !== undefined) return m.memory.joiner.values(own, spilled);
  const inherited = inheritedMember(m, object, name, site);
  if (inherited !== undefined) return inherited;
  if (heap.open !== undefined) return memberOfUnknown(m, heap.open, name, site);
  return m.memory.joiner.values(spilled, undefinedValue);
}

function inheritedMember(m: Machine, object: ObjectValue, name: string, site: Site): Value | undefined {
  const { class: home, base } = object.heap;
  if (home !== undefined) {
    const found = methodOrValue(m, home, name, 'instance', object, site);
    if (found !== undefined) return found;
    if (name === 'constructor') return home;
  }
  return base === undefined ? undefined : m.semantics.inherited(object, base, name, site);
}

/** A method, or what a getter gives. */
function methodOrValue(m: Machine, home: ClassValue, name: string, side: Side, receiver: Value, site: Site): Value | undefined {
  const method = findMember(home, name, 'method', side);
  if (method !== undefined) return method;
  const getter = findMember(home, name, 'get', side);
  return getter === undefined ? undefined : callGetter(m, getter, receiver, site);
}

function callGetter(m: Machine, getter: ClosureValue, receiver: Value, site: Site): Value {
  return m.invoke(getter, receiver, noArguments, site, getter.code.name);
}

function staticMember(m: Machine, of: ClassValue, name: string | undefined, site: Site): Value {
  if (name === undefined) return anyProperty(m, of.statics, site);
  if (name === 'name') return literal(of.code.name);
  for (let home: Value | undefined = of; home?.kind === 'class'; home = home.parent) {
    const cell = home.statics.properties.get(name);
    const value = cell === undefined ? undefined : m.memory.read(cell);
    if (value !== undefined) return value;
  }
  return methodOrValue(m, of, name, 'static', of, site) ?? (of.code.extends === undefined ? undefinedValue : unknownFrom(m, [], site));
}

/** `super.key` in a method of the current frame. */
export function superMember(m: Machine, key: Value, site: Site): Value {
  const name = keyText(key);
  const { home, receiver } = m.frame;
  const parent = home?.parent;
  if (name === undefined || parent === undefined) return unknownFrom(m, [receiver], site);
  if (parent.kind === 'class') {
    const found = methodOrValue(m, parent, name, receiver.kind === 'class' ? 'static' : 'instance', receiver, site);
    if (found !== undefined) return found;
  }
  if (receiver.kind === 'object' && receiver.heap.base !== undefined) return m.semantics.inherited(receiver, receiver.heap.base, name, site);
  return unknownFrom(m, [receiver], site);
}

// — writing —

/** What is written: under which key, and how a report would write the object. */
interface Writing {
  readonly name: string | undefined;
  readonly key: Value;
  readonly value: Value;
  readonly prefix: string | undefined;
  readonly site: Site;
}

export function setMember(m: Machine, object: Value, key: Value, value: Value, target: Extract<Pattern, { kind: 'member' }>): void {
  m.semantics.used([value]);
  const prefix = target.object.op === 'this' ? 'this' : target.object.op === 'load' ? target.object.binding.name : undefined;
  const writing: Writing = { name: keyText(key), key, value, prefix, site: target.site };
  const objects = members(object);
  for (const member of objects) {
    const write = (): void => { setOn(m, member, writing); };
    if (objects.length === 1) write();
    else m.either(() => undefined, write);
  }
}

function setOn(m: Machine, object: Value, writing: Writing): void {
  const { name, value, site } = writing;
  if (isOfLibrary(object)) {
    m.semantics.written(object, name, value);
    return;
  }
  switch (object.kind) {
    case 'object': setOnObject(m, object, writing); return;
    case 'class':
      if (name !== undefined) defineMember(m, object.statics, name, value, object.code.name);
      return;
    case 'unknown':
      unknownFrom(m, [value], site);
      return;
    default: return;
  }
}

function setOnObject(m: Machine, object: ObjectValue, { name, key, value, prefix, site }: Writing): void {
  const { heap } = object;
  const setter = name === undefined ? undefined : heap.accessors.get(name)?.set ?? (heap.class && findMember(heap.class, name, 'set'));
  if (setter !== undefined) {
    m.invoke(setter, object, callWith([value], site), site, setter.code.name);
    return;
  }
  if (heap.isArray && name !== 'length') setItem(m, heap, key, value);
  else if (name === undefined) setUnknownMember(m, heap, value);
  else defineMember(m, heap, name, value, prefix ?? heap.name);
  if (heap.base !== undefined) m.semantics.written(object, name, value);
}

function setItem(m: Machine, heap: HeapObject, key: Value, value: Value): void {
  const { memory } = m;
  const list = memory.list(heap);
  const index = key.kind === 'literal' && typeof key.value === 'number' ? key.value : undefined;
  nameAdded(m, heap, value, index === undefined ? undefined : String(index));
  if (index !== undefined && index >= 0 && index < list.items.length) {
    memory.writeList(heap, { items: list.items.map((item, at) => (at === index ? value : item)), others: list.others });
  } else if (index === list.items.length && list.others.kind === 'never') {
    memory.writeList(heap, { items: [...list.items, value], others: never });
  } else {
    memory.writeList(heap, { items: list.items.map((item) => memory.joiner.values(item, value)), others: memory.joiner.values(list.others, value) });
  }
}
