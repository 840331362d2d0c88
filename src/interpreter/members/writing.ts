/** Properties: what writing one does. */
import { Cell } from '../../domain/cell.ts';
import { callWith } from '../../domain/invocation.ts';
import type { ClassValue, ClosureValue, ExportValue, HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { isNullish, isOfLibrary, keyText, members } from '../../domain/values.ts';
import type { Pattern, Site } from '../../program/ir.ts';
import { fails } from '../builtins/errors.ts';
import { escape, held } from '../escape.ts';
import { runOthers } from '../later.ts';
import type { Machine } from '../machine/machine.ts';
import { listeningBy } from '../outside/listeners.ts';
import { callUnknown, mayHold } from '../unknown-calls.ts';
import { isExtensible } from './extensible.ts';
import { globalObject } from './global-object.ts';
import { hasPrototypeAccessor, writePrototype } from './inheriting.ts';
import { isOverridden } from './overridden.ts';
import { getterOf, holds, setterOf, takesAnything } from './takes.ts';
import { setItem } from './items.ts';
import { isStrict, keeperOf, ownProperty } from './own.ts';
import type { Writing } from './write.ts';
import { type Description, descriptionsOf, ordinary } from '../values/attributes.ts';
import { allMembers, findMember, hasUnknownMembers, makesArrays } from '../values/class-members.ts';
import { arrayIndex, isCollection } from '../values/lists.ts';
import { heritageOf } from '../values/inheritance.ts';
import { declareMissing, defineMember, putUnder, setUnknownMember } from '../values/properties.ts';
import { inheritUnknown, ownerOf, prototypeOf } from '../values/prototypes.ts';
import { descriptorAt, isOfLanguage, isStandardName } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';

/** Puts a value where an assignment says. */
export function setMember(m: Machine, object: Value, key: Value, value: Value, target: Extract<Pattern, { kind: 'member' }>): void {
  const prefix = target.object.op === 'this' ? 'this' : target.object.op === 'load' ? target.object.binding.name : undefined;
  writeTo(m, object, { name: keyText(key), ...isNumber(m, target.key.site) ? { among: 'numbers' } : {}, value, prefix, site: target.site, refused: isStrict(m, target.site) ? 'fails' : 'may fail' }, target.ofParent === true ? setByParent : setOn);
}

function isNumber(m: Machine, key: Site): boolean {
  const type = m.program.typeOf(key);
  return (type.kind === 'primitive' && type.number === true) || (type.kind === 'literal' && typeof type.value === 'number');
}

/** Writes to an object as an assignment does, whoever asks for it. */
export function writeTo(m: Machine, object: Value, writing: Writing, set = setOn): void {
  m.semantics.used([writing.value]);
  // It is one of them. What is nothing cannot be written to.
  const objects = members(object).filter((member) => !isNullish(member));
  if (objects.length === 0 && isNullish(object)) fails(m, 'TypeError', writing.site);
  if (objects.length < members(object).length) m.mayThrow();
  if (objects.length > 0) m.either(...objects.map((member) => () => { set(m, member, writing); }));
}

/** `super.key = value`: a setter of the parent takes it for the object; without one it is put on the object, past the setters of its own class. */
function setByParent(m: Machine, object: Value, writing: Writing): void {
  const { name, value, site } = writing;
  const parent = m.frame.home && (object.kind === 'class' ? heritageOf(m, m.frame.home) : m.frame.home.parent);
  if (m.frame.home === undefined) {
    // In an object that is written out: what it inherits from is not followed.
    callUnknown(m, unknownFrom(m, [object], site), object, callWith([value], site), site, 'super');
    return;
  }
  if (name === undefined || parent?.kind !== 'class' || (object.kind !== 'object' && object.kind !== 'class')) {
    setOn(m, object, writing);
    return;
  }
  m.mayThrow();
  const side = object.kind === 'class' ? 'static' : 'instance';
  const setter = findMember(parent, name, 'set', side);
  if (setter !== undefined) m.invoke(setter, object, callWith([value], site), site, setter.code.name);
  else if (findMember(parent, name, 'get', side) !== undefined) refuse(m, writing);
  else if (object.kind === 'class') putStatic(m, object, writing);
  else {
    perhapsSet(m, object, settersOfAnyKey(parent), value, site);
    writeWhereAllowed(m, object, writing);
  }
}

function setOn(m: Machine, object: Value, writing: Writing): void {
  const { name, value, site } = writing;
  if ((object.kind === 'closure' || object.kind === 'native' || object.kind === 'class') && isFixed(m, object, name)) {
    refuse(m, writing);
    return;
  }
  const changesPrototype = name === '__proto__' ? hasPrototypeAccessor(m, object) : false;
  if (changesPrototype !== false) {
    m.either(() => { writePrototype(m, object, value, site); }, ...changesPrototype ? [] : [() => { setUnderKey(m, object, writing); }]);
    return;
  }
  setUnderKey(m, object, writing);
}

/** As `setOn`, where the key is no other way to say what the object inherits from. */
function setUnderKey(m: Machine, object: Value, writing: Writing): void {
  const { name, value, site } = writing;
  if (!takesAnything(m, object, name)) m.mayThrow();
  if (isOfLibrary(object)) {
    m.semantics.written(object, name, value);
    m.semantics.withheld([value]);
    if (object.kind === 'library' && name !== undefined) addMember(m, object, name, value);
    return;
  }
  switch (object.kind) {
    case 'object': setOnObject(m, object, writing); return;
    case 'class':
      setStatic(m, object, writing);
      return;
    case 'closure':
      m.functions.extended.add(object.code);
      m.semantics.withheld([value]);
      // What functions hold is not followed: whoever has the function has it.
      if (value.kind === 'object' || value.kind === 'closure') escape(m, [value], unknownFrom(m, [value], site));
      if (name === undefined || name in Function.prototype) m.functions.redirected.add(object.code);
      if (name === undefined || name === 'prototype') setPrototype(m, object, value, name, site);
      return;
    case 'native': {
      m.functions.extended.add(object.name);
      const keeper = keeperOf(m, object, site);
      // Code that is not known finds it as well.
      if (value.kind !== 'literal' && value.kind !== 'native') escape(m, [value], unknownFrom(m, [value], site));
      if (keeper !== undefined) putUnder(m, keeper, name, value);
      return;
    }
    case 'unknown': {
      const caller = name === undefined ? undefined : listeningBy(name);
      if (caller !== undefined) mayHold(m, [value], [object], caller);
      escape(m, [value], unknownFrom(m, [value], site));
      // It may be the object that has the globals.
      if (name !== undefined && isOfLanguage(name)) m.either(() => undefined, () => { setOn(m, globalObject(m, site), writing); });
      // It may be a signal or a store, whose effects run at once.
      runOthers(m);
      return;
    }
    default:
      m.semantics.withheld([value]);
      // What it holds is not followed.
      if (object.kind === 'promise') m.functions.extended.add('Promise');
      if (value.kind !== 'literal' && (object.kind === 'host' || object.kind === 'promise')) escape(m, [value], unknownFrom(m, [value], site));
  }
}

/** What a function says of itself is not written to. */
function isFixed(m: Machine, of: Value, name: string | undefined): boolean {
  const own = name === undefined ? undefined : ownProperty(m, of, name);
  return own?.kind === 'data' && !own.writable;
}

/** Puts something on a namespace of a library. */
function addMember(m: Machine, { library, path }: ExportValue, name: string, value: Value): void {
  const cells = m.added.get(library) ?? new Map<string, Cell>();
  m.added.set(library, cells);
  const key = `${path}.${name}`;
  const cell = cells.get(key) ?? new Cell(name);
  cells.set(key, cell);
  m.memory.write(cell, value);
}

/** Another prototype, for what is made from now on: where it may be made of another one as well, what it inherits is not followed. */
function setPrototype(m: Machine, of: ClosureValue, value: Value, name: string | undefined, site: Site): void {
  const isCertain = name !== undefined && m.frame.code === undefined && m.runsForCertain && !m.allocator.isRepeating;
  if (isCertain && value.kind === 'object' && value.heap.isRecord && value.heap.open === undefined) {
    m.prototypes.set(of.code, value.heap);
    return;
  }
  const by = prototypeOf(m, of).open ??= unknownFrom(m, [value], site);
  escape(m, [value], by);
}

function setStatic(m: Machine, of: ClassValue, writing: Writing): void {
  const { name } = writing;
  const descriptions = name === undefined ? [] : descriptionsOf(m, of.statics, name);
  if (descriptions.length === 0) setStaticOrdinarily(m, of, writing);
  else m.either(...descriptions.map((each) => () => { setDescribed(m, of, each, writing, staticWays(m, of, writing)); }));
}

function staticWays(m: Machine, of: ClassValue, writing: Writing): Ways {
  const ordinarily = (): void => { setStaticOrdinarily(m, of, writing); };
  return { ordinarily, plainly: () => { putStatic(m, of, writing); } };
}

function setStaticOrdinarily(m: Machine, of: ClassValue, { name, value, site }: Writing): void {
  const setter = name === undefined ? undefined : findMember(of, name, 'set', 'static', (home) => heritageOf(m, home));
  if (setter !== undefined) m.invoke(setter, of, callWith([value], site), site, setter.code.name);
  else if (name === undefined) {
    setUnknownMember(m, of.statics, value);
    perhapsSet(m, of, allMembers(of, 'set', 'static'), value, site);
  } else if (extendsUnknown(m, of)) {
    escape(m, [of, value], unknownFrom(m, [value], site));
    m.either(() => undefined, () => { putStatic(m, of, { name, value }); });
  } else defineMember(m, of.statics, name, value, of.code.name);
  held(m, of.statics, value);
}

/** What the program has put in the place of what a class extends is not followed: it may have a setter. */
function extendsUnknown(m: Machine, of: ClassValue): boolean {
  const above = heritageOf(m, of);
  return above?.kind === 'class' ? extendsUnknown(m, above) : above !== of.parent && above?.kind === 'unknown';
}

function putStatic(m: Machine, of: ClassValue, { name, value }: Pick<Writing, 'name' | 'value'>): void {
  if (name !== undefined) defineMember(m, of.statics, name, value, of.code.name);
  held(m, of.statics, value);
}

function setOnObject(m: Machine, object: ObjectValue, writing: Writing): void {
  const { name } = writing;
  const { heap } = object;
  const owner = ownerOf(m, heap);
  if (owner !== undefined && putOnLanguage(m, object, owner, writing) === 'refused') return;
  const describing = name === undefined ? undefined : describingOf(m, heap, name);
  if (isOverridden(m, heap, name)) {
    // Its class may have a setter, or a getter alone.
    m.mayThrow();
    m.either(() => { callUnknown(m, unknownFrom(m, [object], writing.site), object, callWith([writing.value], writing.site), writing.site, name ?? ''); }, () => { setOrdinarily(m, object, writing); });
  } else if (describing === undefined || name === undefined) setOrdinarily(m, object, writing);
  else {
    const ordinarily = (): void => { setOrdinarily(m, object, writing); };
    // What was defined in the place of an accessor is a property like any other.
    const plainly = describing === heap ? (): void => { writeWhereAllowed(m, object, writing); } : ordinarily;
    m.either(...descriptionsOf(m, describing, name).map((each) => () => { setDescribed(m, object, each, writing, { ordinarily, plainly }); }));
  }
}

/** Puts something on a prototype of the language: all code may find it there from now on. */
function putOnLanguage(m: Machine, object: ObjectValue, owner: string, writing: Writing): 'refused' | 'allowed' {
  const { name, value, site } = writing;
  const own = name === undefined ? undefined : ownProperty(m, object, name);
  if (own?.kind === 'data' && !own.writable) {
    refuse(m, writing);
    return 'refused';
  }
  m.builtIn.patches.add(name, name === undefined || !isStandardName(name));
  if (name === undefined || own?.kind === 'accessor' || own === undefined && descriptorAt(`${owner}.prototype`, name) !== undefined) escape(m, [object, value], unknownFrom(m, [], site));
  else if (value.kind !== 'literal' && value.kind !== 'native') escape(m, [value], unknownFrom(m, [], site));
  return 'allowed';
}

/** The object itself, or one that it inherits from, of whose property something was said; undefined where a write is one like any other. */
function describingOf(m: Machine, heap: HeapObject, name: string): HeapObject | undefined {
  if (heap.attributes?.has(name) === true) return heap;
  if (heap.properties.has(name) || heap.accessors.has(name)) return undefined;
  for (let home: Value | undefined = heap.class; home?.kind === 'class'; home = home.parent) {
    const prototype = m.prototypes.get(home.statics);
    if (prototype?.attributes?.has(name) === true) return prototype;
  }
  const { prototype } = heap;
  return prototype === undefined || prototype === heap ? undefined : describingOf(m, prototype, name);
}

/** What cannot be written to stays as it is. */
function refuse(m: Machine, { refused, site }: Writing): void {
  if (refused === 'fails') fails(m, 'TypeError', site);
  else if (refused === 'may fail') m.mayThrow();
}

/** How a property is written to: by a setter, where there is one, or without looking for one. */
interface Ways {
  readonly ordinarily: () => void;
  readonly plainly: () => void;
}

function setDescribed(m: Machine, object: Value, description: Description, writing: Writing, { ordinarily, plainly }: Ways): void {
  const { name, value, site } = writing;
  switch (description.kind) {
    case 'accessor':
      if (isNullish(description.set)) refuse(m, writing);
      else m.invoke(description.set, object, callWith([value], site), site, name ?? '');
      return;
    case 'data':
      if (description === ordinary) ordinarily();
      else if (description.writable) plainly();
      else refuse(m, writing);
      return;
    case 'gone':
      m.either(ordinarily, plainly);
      return;
    case 'unknown':
      m.mayThrow();
      m.either(() => undefined, ordinarily);
  }
}

function setOrdinarily(m: Machine, object: ObjectValue, writing: Writing): void {
  const { name, value, site } = writing;
  const { heap } = object;
  if (mayInheritSetter(m, heap) && (name === undefined || !holds(m, heap, name))) {
    escape(m, [object, value], unknownFrom(m, [value], site));
    m.mayThrow();
    m.either(() => undefined, () => { writeWhereAllowed(m, object, writing); });
    return;
  }
  const setter = name === undefined ? undefined : setterOf(m, heap, name);
  if (setter !== undefined) {
    m.invoke(setter, object, callWith([value], site), site, setter.code.name);
    return;
  }
  if (name !== undefined && !holds(m, heap, name) && getterOf(heap, name) !== undefined) {
    refuse(m, writing);
    return;
  }
  if (name !== undefined && heap.class !== undefined) perhapsSet(m, object, settersOfAnyKey(heap.class), value, site);
  if (name === undefined) perhapsSet(m, object, [...[...heap.accessors.values()].flatMap(({ set }) => set ?? []), ...heap.class === undefined ? [] : allMembers(heap.class, 'set', 'instance')], value, site);
  writeWhereAllowed(m, object, writing);
}

/** Something that it inherits from is not followed. */
function mayInheritSetter(m: Machine, heap: HeapObject): boolean {
  if (heap.redirected) return true;
  for (let home: Value | undefined = heap.class; home?.kind === 'class'; home = home.parent) if (m.prototypes.get(home.statics)?.redirected === true) return true;
  return heap.prototype !== undefined && heap.prototype !== heap && mayInheritSetter(m, heap.prototype);
}

/** Setters in the body of a class of which it is not known under which key they are. */
function settersOfAnyKey(from: ClassValue): readonly ClosureValue[] {
  return hasUnknownMembers(from, 'instance') ? allMembers(from, 'set', 'instance') : [];
}

function writeWhereAllowed(m: Machine, object: ObjectValue, writing: Writing): void {
  const { heap } = object;
  const { name, site } = writing;
  if (heap.writable === 'never') {
    refuse(m, writing);
    return;
  }
  const isNew = heap.extensible !== undefined && (name === undefined || ownProperty(m, object, name)?.kind === 'none');
  if (isNew) {
    const takes = name === undefined ? undefined : isExtensible(m, object);
    if (takes === false) {
      refuse(m, writing);
      return;
    }
    if (takes === undefined) {
      m.mayThrow();
      m.either(() => undefined, () => { write(m, object, writing); });
      return;
    }
  }
  if (heap.writable === 'always') {
    write(m, object, writing);
    return;
  }
  if (name !== undefined && heap.isRecord) declareMissing(m, heap, [name], site);
  m.either(() => undefined, () => { write(m, object, writing); });
}

/** A key that is not known may be that of one of the setters. */
function perhapsSet(m: Machine, object: Value, setters: readonly ClosureValue[], value: Value, site: Site): void {
  if (setters.length > 0) m.either(() => undefined, ...setters.map((setter) => () => { m.invoke(setter, object, callWith([value], site), site, setter.code.name); }));
}

/** Writes a property that is no accessor. */
function write(m: Machine, object: ObjectValue, writing: Writing): void {
  const { heap } = object;
  const { name, prefix, site } = writing;
  const isItem = heap.class !== undefined && heap.open !== undefined && name !== undefined && arrayIndex(name) !== undefined;
  // What inherits from a typed array makes something of its items.
  const value = isItem ? m.memory.joiner.values(writing.value, unknownFrom(m, [], site)) : writing.value;
  if (heap.class !== undefined && m.prototypes.get(heap.class.statics) === heap && makesArrays(heap.class)) m.builtIn.extending.add(name, false);
  if (heap.isArray) setItem(m, heap, writing);
  // Under names they keep their entries: what else they have is as if they inherited it.
  else if (isCollection(heap)) inheritUnknown(m, heap, heap.open ??= unknownFrom(m, [value], site));
  else if (name === undefined) setUnknownMember(m, heap, value);
  else defineMember(m, heap, name, value, prefix ?? heap.name);
  held(m, heap, value);
  if (heap.base !== undefined) m.semantics.written(object, name, value);
}
