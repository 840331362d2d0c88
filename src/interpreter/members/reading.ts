/** Properties: what a value has under a key, and what writing one does. */
import { noArguments } from '../../domain/invocation.ts';
import type { ClassValue, ClosureValue, ExportValue, HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { absent, isNullish, isOfLibrary, keyText, mayBeAbsent, members, never, plainHost, presentIn, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { isPrivate } from '../../program/private-names.ts';
import { arrayMember } from '../builtins/arrays.ts';
import { collectionMember } from '../builtins/collections.ts';
import { functionMember } from '../builtins/function-members.ts';
import { errorMember, fails, isErrorName } from '../builtins/errors.ts';
import { givenGlobal, globalValue } from '../builtins/globals.ts';
import { hostMember } from '../builtins/host.ts';
import { iteratorMember } from '../builtins/iterators.ts';
import { symbolMember } from '../builtins/symbol-members.ts';
import { promiseMember } from '../builtins/promises.ts';
import { onlyOf, perhapsPatched, prototypeMember } from '../builtins/prototype-members.ts';
import { generatorMember } from '../generators/members.ts';
import type { Machine } from '../machine/machine.ts';
import { exported } from '../modules.ts';
import { callUnknown } from '../unknown-calls.ts';
import { hasPrototypeAccessor } from './inheriting.ts';
import { isOverridden } from './overridden.ts';
import { objectMember } from './object-members.ts';
import { type Description, descriptionsOf, ordinary } from '../values/attributes.ts';
import { allMembers, hasUnknownMembers, isOfOneClass, ownMember, type Side } from '../values/class-members.ts';
import { ownMemberOf } from '../values/function-names.ts';
import { heritageOf, prototypeAsTaken } from '../values/inheritance.ts';
import { arrayIndex, isCollection } from '../values/lists.ts';
import { anyProperty, unknownProperties } from '../values/properties.ts';
import { inheritsNothing, isPlain, ownerOf, prototypeOf } from '../values/prototypes.ts';
import { inheritsStandard } from '../values/standard.ts';
import { memberOfUnknown } from '../values/types.ts';
import { unknownFrom } from '../values/unknown.ts';

/** `site` is the object as written where the member is called, the whole access elsewhere; `at` is where its type can be asked. */
export function getMember(m: Machine, object: Value, key: Value, site: Site, at: Site = site): Value {
  const asksForPrototype = keyText(key) === '__proto__' ? hasPrototypeAccessor(m, object) : false;
  if (asksForPrototype === true) return prototypeAsTaken(m, object, site);
  if (asksForPrototype === undefined) return m.memory.joiner.values(prototypeAsTaken(m, object, site), memberOf(m, object, key, site, at));
  const value = memberOf(m, object, key, site, at);
  return m.builtIn.patches.some ? perhapsPatched(m, object, keyText(key), value, site) : value;
}

function memberOf(m: Machine, object: Value, key: Value, site: Site, at: Site): Value {
  const name = keyText(key);
  if (key.kind === 'symbol' && !isRecord(object)) return symbolMember(m, object, key, site);
  // Of two classes that one piece of code has made, the private names are two.
  if (name !== undefined && isPrivate(name) && !isOfOneClass(object)) m.mayThrow();
  const added = object.kind === 'library' && name !== undefined ? addedMember(m, object, name) : undefined;
  if (added !== undefined) return added;
  if (isOfLibrary(object)) {
    m.mayThrow();
    return name === undefined ? unknownFrom(m, object.kind === 'library' ? [] : [object], site) : m.semantics.read(object, name, site, at);
  }
  switch (object.kind) {
    case 'union':
      if (object.members.some(isNullish)) m.mayThrow();
      return memberOfOne(m, object.members.filter((member) => !isNullish(member)), key, site, at);
    case 'object': return heapMember(m, object, name, key, site);
    case 'class': return staticMember(m, object, name, object, site);
    case 'module': return name === undefined ? unknownFrom(m, [], site) : exported(m, object.file, name, at);
    case 'host':
      m.mayThrow();
      return hostMember(m, object, name);
    case 'symbol': return unknownFrom(m, [], site);
    case 'literal': return isNullish(object) ? never : hostMember(m, object, name);
    case 'promise': return promiseMember(m, object, name, site);
    case 'closure': case 'native': return functionMember(m, object, name, site);
    case 'unknown': return memberOfUnknown(m, object, name, site);
    case 'never': case 'uninitialised': return never;
  }
}

/** What one of several values has under a key: of code that is run for it, that of one runs. */
function memberOfOne(m: Machine, of: readonly Value[], key: Value, site: Site, at: Site): Value {
  const ways = of.map((member) => () => getMember(m, member, key, site, at));
  return of.some(mayRunCode) ? m.eitherValue(...ways) : m.memory.joiner.all(ways.map((way) => way()));
}

/** It may have getters, of its own or by what it inherits. */
function mayRunCode(value: Value): boolean {
  if (value.kind === 'class') return true;
  return value.kind === 'object' && value.heap.isRecord && (value.heap.accessors.size > 0 || value.heap.attributes !== undefined || value.heap.class !== undefined || value.heap.prototype !== undefined);
}

/** What has a key only if the program has put it there. */
function isRecord(object: Value): boolean {
  return object.kind === 'union' || object.kind === 'class' || (object.kind === 'object' && object.heap.isRecord && object.heap.base === undefined);
}

/** What the program itself has put on a namespace of a library. */
function addedMember(m: Machine, { library, path }: ExportValue, name: string): Value | undefined {
  const cell = m.added.get(library)?.get(`${path}.${name}`);
  return cell && m.memory.read(cell);
}

function heapMember(m: Machine, object: ObjectValue, name: string | undefined, key: Value, site: Site): Value {
  const { heap } = object;
  const given = heap === m.builtIn.global && name !== undefined && !heap.properties.has(name) && unknownProperties(m, heap).kind === 'never' ? givenGlobal(m, name) : undefined;
  if (given !== undefined) return given;
  const owner = ownerOf(m, heap);
  if (owner !== undefined) return prototypeMember(m, heap, owner, name, site);
  const found = heap.isRecord ? undefined : memberOfContainer(m, heap, name, key, site);
  if (found !== undefined) return found;
  if (name === undefined) return memberUnderAnyKey(m, object, site);
  const descriptions = descriptionsOf(m, heap, name);
  return descriptions.length === 0 ? ordinaryMember(m, object, name, site) : m.eitherValue(...descriptions.map((each) => () => describedMember(m, object, each, name, site)));
}

/** What an array, a collection or an iterator has as the language made it, where nothing was put in its place for certain. */
function memberOfContainer(m: Machine, heap: HeapObject, name: string | undefined, key: Value, site: Site): Value | undefined {
  // Collections keep their entries under such names.
  const cell = name === undefined || isCollection(heap) ? undefined : heap.properties.get(name);
  const own = (cell && m.memory.read(cell)) ?? absent;
  if (!mayBeAbsent(own) || (name !== undefined && heap.attributes?.has(name) === true)) return undefined;
  // An accessor may stand in the place of an item.
  if (heap.isArray && heap.open !== undefined) m.mayThrow();
  const found = heap.isArray ? arrayMember(m, heap, name, key) : builtInMember(m, heap, name);
  if (found === undefined) return undefined;
  const given = orInherited(m, heap, !heap.isArray && found.kind === 'native' ? onlyOf(m, heap, found) : found, name, site);
  const whole = orOverridden(m, heap, given, name, site);
  return own === absent ? whole : m.memory.joiner.values(presentIn(own), whole);
}

/** A class that extends `Array` may have its own in the place of what arrays have. */
function orOverridden(m: Machine, heap: HeapObject, value: Value, name: string | undefined, site: Site): Value {
  return isOverridden(m, heap, name) ? m.memory.joiner.values(value, unknownFrom(m, [], site)) : value;
}

/** What a container of the language has, or what it inherits in its place. */
function orInherited(m: Machine, heap: HeapObject, value: Value, name: string | undefined, site: Site): Value {
  const by = heap.prototype?.open;
  return by === undefined || (heap.isArray && name !== undefined && (name === 'length' || arrayIndex(name) !== undefined)) ? value : m.memory.joiner.values(value, memberOfUnknown(m, by, name, site));
}

/** What an object has under a name of which something was said. */
function describedMember(m: Machine, object: ObjectValue, description: Description, name: string, site: Site): Value {
  if (description.kind === 'accessor') return orReplaced(m, object.heap, callAccessor(m, description.get, object, site, name), name, site);
  return description === ordinary || description.kind === 'unknown' ? ordinaryMember(m, object, name, site) : propertyMember(m, object, name, site);
}

/** An accessor that only takes values gives none. */
function callAccessor(m: Machine, getter: Value, receiver: Value, site: Site, name: string): Value {
  return isNullish(getter) ? undefinedValue : m.invoke(getter, receiver, noArguments, site, name);
}

/** What an object has under a name of its own, as assignments make it, or inherits. */
function ordinaryMember(m: Machine, object: ObjectValue, name: string, site: Site): Value {
  const { heap } = object;
  const getter = heap.accessors.get(name)?.get;
  return getter === undefined ? propertyMember(m, object, name, site) : orReplaced(m, heap, callGetter(m, getter, object, site), name, site);
}

/** As `ordinaryMember`, of what is no accessor. */
function propertyMember(m: Machine, object: ObjectValue, name: string, site: Site): Value {
  const { heap } = object;
  const cell = heap.properties.get(name);
  const own = cell === undefined ? undefined : m.memory.read(cell);
  if (own === undefined || own === absent) return missingMember(m, object, name, site);
  const held = (): Value => heldMember(m, heap, presentIn(own), name, site);
  return mayBeAbsent(own) ? m.eitherValue(held, () => missingMember(m, object, name, site)) : held();
}

/** What an object has under a name of its own. */
function heldMember(m: Machine, heap: HeapObject, own: Value, name: string, site: Site): Value {
  const value = heap.isRecord ? m.memory.joiner.values(own, unknownProperties(m, heap)) : own;
  return members(own).some((member) => member.kind === 'unknown') || mayBeReplaced(m, heap, name) ? orReplaced(m, heap, value, name, site) : value;
}

/** Whoever has a plain object may put something else under its names; what a class has made is taken to keep what it holds. */
function mayBeReplaced(m: Machine, heap: HeapObject, name: string): boolean {
  return heap.form.kind === 'record' && isPlain(m, heap) && heap.writable !== 'never' && m.escaped.heaps.has(heap) && !isPrivate(name);
}

/** Under `constructor` the function whose prototype an object is, for as long as that says so. */
function makerBehind(m: Machine, prototype: HeapObject, name: string, site: Site): Value | undefined {
  const maker = name === 'constructor' ? m.constructors.get(prototype) : undefined;
  if (maker === undefined || descriptionsOf(m, prototype, name).some(({ kind }) => kind === 'gone')) return undefined;
  return m.functions.several.has(maker.code) ? unknownFrom(m, [], site) : maker;
}

/** What it has where nothing was put under the name, but for what it inherits. */
function missingMember(m: Machine, object: ObjectValue, name: string, site: Site): Value {
  const { heap } = object;
  const inherited = makerBehind(m, heap, name, site) ?? inheritedMember(m, object, name, site);
  if (inherited !== undefined) return heap.isRecord ? orHidden(m, heap, inherited) : inherited;
  if (isPrivate(name)) return fails(m, 'TypeError', site);
  if (heap.open !== undefined) return memberOfUnknown(m, heap.open, name, site);
  if (heap.primitive !== undefined) return hostMember(m, { kind: 'literal', value: heap.primitive }, name);
  const spilled = heap.isRecord ? unknownProperties(m, heap) : never;
  const missing = m.memory.joiner.values(spilled, objectMember(m, name) ?? undefinedValue);
  return heap.isRecord && m.escaped.named.has(heap) ? m.memory.joiner.values(missing, unknownFrom(m, [], site)) : missing;
}

/** What the program has put under a key that is not known may stand before what is inherited; what nobody knows is taken not to. */
function orHidden(m: Machine, heap: HeapObject, inherited: Value): Value {
  const known = members(unknownProperties(m, heap)).filter(({ kind }) => kind !== 'unknown' && kind !== 'host');
  return m.memory.joiner.all([inherited, ...known]);
}

function builtInMember(m: Machine, heap: HeapObject, name: string | undefined): Value | undefined {
  switch (heap.form.kind) {
    case 'iterator': return iteratorMember(m, heap, name);
    case 'generator': return generatorMember(m, heap, name);
    default: return collectionMember(m, heap, name);
  }
}

/** What others may have put in the place of a value: inside a scope it may depend on anything there. */
function orReplaced(m: Machine, heap: HeapObject, value: Value, name: string, site: Site): Value {
  return heap.open === undefined ? value : m.memory.joiner.values(value, memberOfUnknown(m, heap.open, name, site));
}

/** A key that is not known may be none of those that are there, and of getters it asks one at most. */
function memberUnderAnyKey(m: Machine, object: ObjectValue, site: Site): Value {
  const { heap } = object;
  const getters = [...heap.accessors.values()].flatMap(({ get }) => get ?? []);
  return m.eitherValue(() => undefinedValue, () => anyProperty(m, heap, site), ...getters.map((getter) => () => callGetter(m, getter, object, site)), ...heap.class === undefined ? [] : anyOfClass(m, heap.class, 'instance', object, site));
}

/** What a class may give under a key that is not known: what a getter gives, or a method. */
function anyOfClass(m: Machine, home: ClassValue, side: Side, receiver: Value, site: Site): readonly (() => Value)[] {
  return [
    ...allMembers(home, 'get', side).map((getter) => () => callGetter(m, getter, receiver, site)),
    ...allMembers(home, 'method', side).map((method) => () => method),
  ];
}

function inheritedMember(m: Machine, object: ObjectValue, name: string, site: Site): Value | undefined {
  const { class: home, base, prototype, open, redirected } = object.heap;
  if (redirected && open !== undefined) return memberOfUnknown(m, open, name, site);
  const found = home && ofClass(m, home, name, object, site);
  if (found !== undefined) return found;
  if (home !== undefined && name === 'constructor') return home;
  if (prototype !== undefined && prototype !== object.heap) return ofPrototype(m, prototype, name, object, site);
  return base === undefined ? undefined : m.semantics.inherited(object, base, name, site);
}

/** What instances inherit from a class and its parents: what was put on a prototype hides what the class itself has there. */
function ofClass(m: Machine, from: ClassValue, name: string, receiver: Value, site: Site): Value | undefined {
  for (let home: Value | undefined = from; home?.kind === 'class'; home = home.parent) {
    const prototype = m.prototypes.get(home.statics);
    const own = prototype && ownOfPrototype(m, prototype, name, receiver, site);
    const found = own ?? unlessGone(m, prototype, name, site, methodOrValue(m, home, name, 'instance', receiver, site));
    if (found !== undefined) return prototype === undefined ? found : orReplaced(m, prototype, found, name, site);
    // One of those whose key is not known may be this one.
    if (hasUnknownMembers(home, 'instance') && !isPrivate(name)) return unknownFrom(m, [], site);
    if (prototype?.open !== undefined) return memberOfUnknown(m, prototype.open, name, site);
  }
  return undefined;
}

function ofPrototype(m: Machine, prototype: HeapObject, name: string, receiver: Value, site: Site): Value | undefined {
  const found = ownOfPrototype(m, prototype, name, receiver, site);
  if (found !== undefined) return orReplaced(m, prototype, found, name, site);
  if (prototype.redirected && prototype.open !== undefined) return memberOfUnknown(m, prototype.open, name, site);
  const maker = makerBehind(m, prototype, name, site);
  if (maker !== undefined) return orReplaced(m, prototype, maker, name, site);
  const further = prototype.class !== undefined ? ofClass(m, prototype.class, name, receiver, site) : prototype.prototype !== undefined && prototype.prototype !== prototype ? ofPrototype(m, prototype.prototype, name, receiver, site) : undefined;
  if (further !== undefined) return orReplaced(m, prototype, further, name, site);
  if (prototype.open !== undefined) return memberOfUnknown(m, prototype.open, name, site);
  const owner = ownerOf(m, prototype);
  if (owner === inheritsNothing) return receiver.kind === 'object' && receiver.heap.open !== undefined ? undefined : undefinedValue;
  const given = owner === undefined ? undefined : name === 'constructor' ? globalValue(m, owner) : isErrorName(owner) ? errorMember(owner, name) : undefined;
  if (given !== undefined) return given;
  // What its methods make of an object that is none of their own is not followed.
  if (owner !== undefined && owner !== 'Object' && inheritsStandard(owner, name)) return unknownFrom(m, [], site);
  const spilled = unknownProperties(m, prototype);
  return spilled.kind === 'never' ? undefined : m.memory.joiner.values(spilled, undefinedValue);
}

/** What the body of a class has, as long as it has not been taken away from where the class keeps it. */
function unlessGone(m: Machine, keeper: HeapObject | undefined, name: string, site: Site, value: Value | undefined): Value | undefined {
  const descriptions = keeper === undefined ? [] : descriptionsOf(m, keeper, name);
  if (!descriptions.some(({ kind }) => kind === 'gone')) return value;
  return value === undefined || descriptions.length === 1 ? undefined : m.memory.joiner.values(value, unknownFrom(m, [], site));
}

/** What was put on a prototype itself, or on a class. */
function ownOfPrototype(m: Machine, prototype: HeapObject, name: string, receiver: Value, site: Site): Value | undefined {
  const descriptions = descriptionsOf(m, prototype, name);
  const [only] = descriptions;
  if (only?.kind === 'accessor' && descriptions.length === 1) return callAccessor(m, only.get, receiver, site, name);
  for (const each of descriptions) if (each.kind === 'accessor') m.either(() => undefined, () => { callAccessor(m, each.get, receiver, site, name); });
  const isRedefined = descriptions.length === 1 && only !== ordinary;
  const getter = isRedefined ? undefined : prototype.accessors.get(name)?.get;
  if (getter !== undefined) return unlessGone(m, prototype, name, site, callGetter(m, getter, receiver, site));
  const cell = prototype.properties.get(name);
  const value = cell && m.memory.read(cell);
  if (value === undefined || value === absent) return undefined;
  // Where it is not there, what it hides is found.
  return mayBeAbsent(value) ? m.memory.joiner.values(presentIn(value), unknownFrom(m, [], site)) : value;
}

/** A method, or what a getter gives, of one class. */
function methodOrValue(m: Machine, home: ClassValue, name: string, side: Side, receiver: Value, site: Site): Value | undefined {
  const method = ownMember(home, name, 'method', side);
  if (method !== undefined) return method;
  const getter = ownMember(home, name, 'get', side);
  if (getter !== undefined) return callGetter(m, getter, receiver, site);
  if (ownMember(home, name, 'set', side) === undefined) return undefined;
  return isPrivate(name) ? fails(m, 'TypeError', site) : undefinedValue;
}

function callGetter(m: Machine, getter: ClosureValue, receiver: Value, site: Site): Value {
  return m.invoke(getter, receiver, noArguments, site, getter.code.name);
}

function staticMember(m: Machine, of: ClassValue, name: string | undefined, receiver: Value, site: Site): Value {
  if (name === undefined) return m.eitherValue(() => undefinedValue, () => anyProperty(m, of.statics, site), ...anyOfClass(m, of, 'static', receiver, site));
  let home: Value | undefined = of;
  for (; home?.kind === 'class'; home = heritageOf(m, home)) {
    const cell = home.statics.properties.get(name);
    const own = cell === undefined ? undefined : home.statics.attributes?.has(name) === true ? ownOfPrototype(m, home.statics, name, receiver, site) : m.memory.read(cell);
    const value = own === undefined || own === absent ? unlessGone(m, home.statics, name, site, methodOrValue(m, home, name, 'static', receiver, site)) : mayBeAbsent(own) ? m.memory.joiner.values(presentIn(own), unknownFrom(m, [], site)) : own;
    if (value !== undefined) return members(value).some(({ kind }) => kind === 'unknown') ? orReplaced(m, home.statics, value, name, site) : orHidden(m, home.statics, value);
    if (home.statics.open !== undefined) return memberOfUnknown(m, home.statics.open, name, site);
    // What is private is not inherited.
    if (isPrivate(name)) break;
  }
  if (isPrivate(name)) return fails(m, 'TypeError', site);
  if (name === 'prototype') return { kind: 'object', heap: prototypeOf(m, of) };
  if (name === 'name' || name === 'length') return unlessGone(m, of.statics, name, site, ownMemberOf(m, of, name)) ?? plainHost;
  return home === undefined && of.code.extends === undefined && !(name in Function.prototype) ? undefinedValue : unknownFrom(m, [], site);
}

/** `super.key` in a method of the current frame. */
export function superMember(m: Machine, key: Value, site: Site): Value {
  m.mayThrow();
  const name = keyText(key);
  const { home, receiver } = m.frame;
  const parent = home && (receiver.kind === 'class' ? heritageOf(m, home) : home.parent);
  if (home === undefined) return callUnknown(m, unknownFrom(m, [receiver], site), receiver, noArguments, site, 'super');
  if (name === undefined || parent === undefined) return unknownFrom(m, [receiver], site);
  if (parent.kind === 'class') {
    if (receiver.kind === 'class') return staticMember(m, parent, name, receiver, site);
    const found = ofClass(m, parent, name, receiver, site);
    if (found !== undefined) return found;
  }
  if (receiver.kind === 'object' && receiver.heap.base !== undefined) return m.semantics.inherited(receiver, receiver.heap.base, name, site);
  return unknownFrom(m, [receiver], site);
}
