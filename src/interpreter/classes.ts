/** Classes of the program: their values, instances and construction. */
import { lastName, moduleOfPath } from '../libraries/owner.ts';
import type { ClassCode, ClassMember, FunctionCode, Site } from '../program/ir.ts';
import { Environment } from '../domain/environment.ts';
import { evaluate } from './expressions.ts';
import { callClosure, invoke } from './functions.ts';
import { type Arguments, argument, noArguments } from './invocation.ts';
import type { Machine } from './machine.ts';
import { defineMember } from './members.ts';
import { beginLayer, configureLayer } from '../tensors/layers/own-layers.ts';
import { use } from '../tensors/uses.ts';
import { type ClassValue, type ClosureValue, type HeapObject, type ObjectValue, type Value, undefinedValue } from '../domain/value.ts';

export function instantiateClass(m: Machine, code: ClassCode): ClassValue {
  const parent = code.extends === undefined ? undefined : evaluate(m, code.extends);
  const environment = new Environment(m.environment);
  const value: ClassValue = { kind: 'class', code, environment, parent, statics: m.heap('record', code.site) };
  if (code.self !== undefined) m.write(environment.declare(code.self), value);
  for (const member of code.members) if (member.static) initialise(m, value, member, value.statics, value);
  return value;
}

/** A method, accessor or initialiser of a class as a function value. */
function memberClosure(home: ClassValue, code: FunctionCode): ClosureValue {
  return { kind: 'closure', code, environment: home.environment, receiver: undefined, home };
}

/** Sets a field (or runs a static block) of a class on an object. */
function initialise(m: Machine, home: ClassValue, member: ClassMember, heap: HeapObject, receiver: Value): void {
  if (member.kind !== 'field' && member.kind !== 'block') return;
  const value = member.function === undefined ? undefinedValue : callClosure(m, memberClosure(home, member.function), receiver, noArguments, member.function.site);
  use(m, [value]);
  if (member.kind === 'field' && member.key.op === 'constant') defineMember(m, heap, String(member.key.value), value, 'this');
}

export function construct(m: Machine, callee: Value, args: Arguments, site: Site): Value {
  if (callee.kind === 'union') return m.eitherValue(...callee.members.map((member) => () => construct(m, member, args, site)));
  if (callee.kind !== 'class') return invoke(m, callee, undefinedValue, args, site, 'new');
  const heap = m.heap('record', site, callee, libraryBase(callee));
  const instance: ObjectValue = { kind: 'object', heap };
  // Also of a base that is not known, its properties are not.
  if (hasUnknownBase(callee)) heap.open ??= m.realm.unknownObject(m, site);
  beginLayer(m, instance);
  initialiseInstance(m, callee, instance, args, site);
  m.observer.constructed(instance);
  return instance;
}

function initialiseInstance(m: Machine, home: ClassValue, instance: ObjectValue, args: Arguments, site: Site): void {
  const { constructorCode } = home.code;
  if (constructorCode === undefined) {
    if (home.parent?.kind === 'class') initialiseInstance(m, home.parent, instance, args, site);
    else configureLayer(m, instance, argument(args, 0));
    initialiseFields(m, home, instance);
    return;
  }
  if (home.parent === undefined) initialiseFields(m, home, instance);
  callClosure(m, memberClosure(home, constructorCode), instance, args, site);
}

function initialiseFields(m: Machine, home: ClassValue, instance: ObjectValue): void {
  for (const member of home.code.members) if (!member.static) initialise(m, home, member, instance.heap, instance);
}

/** `super(...)` in a constructor: the parent's part of the instance, then the fields of the class itself. */
export function constructSuper(m: Machine, args: Arguments, site: Site): Value {
  const { receiver, home } = m.frame;
  if (receiver.kind !== 'object' || home === undefined) return undefinedValue;
  if (home.parent?.kind === 'class') initialiseInstance(m, home.parent, receiver, args, site);
  else configureLayer(m, receiver, argument(args, 0));
  initialiseFields(m, home, receiver);
  return undefinedValue;
}

/** The library class at the end of the chain of parents. */
function libraryBase(value: ClassValue): HeapObject['base'] {
  for (let parent = value.parent; parent !== undefined; parent = parent.kind === 'class' ? parent.parent : undefined) {
    if (parent.kind !== 'library') continue;
    const name = moduleOfPath(parent.library, parent.path) === undefined ? lastName(parent.path) : parent.path;
    if (Object.hasOwn(parent.library.classes, name)) return { library: parent.library, name };
  }
  return undefined;
}

function hasUnknownBase(value: ClassValue): boolean {
  if (value.code.extends === undefined) return false;
  const { parent } = value;
  if (parent?.kind === 'class') return hasUnknownBase(parent);
  return libraryBase(value) === undefined;
}

const tables = new WeakMap<ClassCode, ReadonlyMap<string, readonly ClassMember[]>>();

/** The members of a class by key, without those whose key is computed. */
function memberTable(code: ClassCode): ReadonlyMap<string, readonly ClassMember[]> {
  let table = tables.get(code);
  if (table === undefined) {
    const entries = new Map<string, ClassMember[]>();
    for (const member of code.members) {
      if (member.key.op !== 'constant') continue;
      const key = String(member.key.value);
      entries.set(key, [...(entries.get(key) ?? []), member]);
    }
    tables.set(code, table = entries);
  }
  return table;
}

/** The method or accessor of an instance under a key, from its class or the nearest parent that has it. */
export function findMember(from: ClassValue, key: string, kind: 'method' | 'get' | 'set', isStatic: boolean): ClosureValue | undefined {
  for (let home: Value | undefined = from; home?.kind === 'class'; home = home.parent) {
    const found = memberTable(home.code).get(key)?.find((member) => member.static === isStatic && member.kind === kind);
    if (found?.function !== undefined) return memberClosure(home, found.function);
  }
  return undefined;
}
