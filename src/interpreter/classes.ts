/** Classes of the program: their values, instances and construction. */
import { Environment } from '../domain/environment.ts';
import { allArguments, noArguments } from '../domain/invocation.ts';
import type { Arguments, ClassValue, ClosureValue, HeapObject, LibraryClass, ObjectValue, UnknownValue, Value } from '../domain/value.ts';
import { members, undefinedValue, uninitialised } from '../domain/values.ts';
import type { ClassCode, ClassMember, Site } from '../program/ir.ts';
import { evaluateKey } from './builtins/conversion.ts';
import { fails } from './builtins/errors.ts';
import { escape } from './escape.ts';
import { callClosure, invoke } from './functions.ts';
import { choose } from './machine/conditions.ts';
import type { Machine } from './machine/machine.ts';
import { isExtensible } from './members/extensible.ts';
import { isNoConstructor } from './values/function-names.ts';
import { hasUnknownMembers, keyOf, makesArrays, memberClosure, type Side } from './values/class-members.ts';
import { heritageOf } from './values/inheritance.ts';
import { defineMember, setUnknownMember } from './values/properties.ts';
import { prototypeOf } from './values/prototypes.ts';
import { unknownFrom } from './values/unknown.ts';

export function instantiateClass(m: Machine, code: ClassCode): ClassValue {
  const environment = new Environment(m.environment);
  if (code.self !== undefined) m.memory.write(environment.declare(code.self), uninitialised);
  const { extends: heritage } = code;
  const parent = heritage === undefined ? undefined : inside(m, environment, () => m.evaluate(heritage));
  if (parent !== undefined && parent.kind !== 'class') m.mayThrow();
  const value: ClassValue = { kind: 'class', code, environment, parent, keys: computedKeys(m, code, environment), statics: m.own({ kind: 'record' }, code.site) };
  if (code.self !== undefined) m.memory.write(environment.declare(code.self), value);
  if (makesArrays(value)) for (const member of code.members) if (!member.static) m.builtIn.extending.add(keyOf(value, member), false);
  // Their own `prototype` stays as it is.
  if (code.members.some((member) => member.static && member.kind !== 'block' && [undefined, 'prototype'].includes(keyOf(value, member)))) m.mayThrow();
  if (hasUnknownMembers(value, 'static')) loseAccessors(m, value, 'static', value, value.statics.open ??= unknownFrom(m, [], code.nameSite));
  for (const member of code.members) if (member.static) initialise(m, value, member, value.statics, value);
  return value;
}

function inside<T>(m: Machine, environment: Environment, body: () => T): T {
  const outer = m.environment;
  m.environment = environment;
  const result = body();
  m.environment = outer;
  return result;
}

/** Keys are computed once, when the class is made, in their order. */
function computedKeys(m: Machine, code: ClassCode, environment: Environment): ReadonlyMap<ClassMember, Value> {
  const computed = code.members.filter(({ key }) => key.op !== 'constant');
  return inside(m, environment, () => new Map(computed.map((member) => [member, evaluateKey(m, member.key)])));
}

/** An accessor under a key that is not known may be that of any name: it is in the hands of whoever reads or writes. */
function loseAccessors(m: Machine, of: ClassValue, side: Side, self: Value, by: UnknownValue): void {
  for (const member of of.code.members) {
    if (member.static !== (side === 'static') || (member.kind !== 'get' && member.kind !== 'set') || member.function === undefined || keyOf(of, member) !== undefined) continue;
    escape(m, [{ ...memberClosure(of, member.function), receiver: self }], by);
  }
}

/** Sets a field (or runs a static block) of a class on an object. */
function initialise(m: Machine, home: ClassValue, member: ClassMember, heap: HeapObject, receiver: Value): void {
  if (member.kind !== 'field' && member.kind !== 'block') return;
  const value = member.function === undefined ? undefinedValue : callClosure(m, memberClosure(home, member.function), receiver, noArguments, member.function.site);
  m.semantics.used([value]);
  if (member.kind !== 'field') return;
  const key = keyOf(home, member);
  if (key === undefined) setUnknownMember(m, heap, value);
  else if (takesField(m, heap, member.key.site)) defineMember(m, heap, key, value, 'this');
}

/** What an initialiser before it has frozen takes no more. */
function takesField(m: Machine, heap: HeapObject, site: Site): boolean {
  if (heap.extensible === undefined && heap.writable === 'always') return true;
  const isTaken = isExtensible(m, { kind: 'object', heap });
  if (isTaken === undefined) m.mayThrow();
  else if (!isTaken) fails(m, 'TypeError', site);
  return isTaken !== false;
}

export function construct(m: Machine, callee: Value, args: Arguments, site: Site): Value {
  if (callee.kind === 'union') return choose(m, site, ...callee.members.map((member) => () => construct(m, member, args, site)));
  if (isNoConstructor(callee) || (callee.kind === 'native' && (callee.path === 'Symbol' || callee.path === 'BigInt'))) return fails(m, 'TypeError', site);
  if (callee.kind === 'closure' && !callee.code.arrow) return constructByFunction(m, callee, args, site);
  if (callee.kind !== 'class') return invoke(m, callee, undefinedValue, args, site, 'new');
  const base = libraryBase(m, callee);
  // A parent may not be called, or be called twice.
  if (callee.code.extends !== undefined) m.mayThrow();
  const instance: ObjectValue = { kind: 'object', heap: m.own({ kind: 'instance', class: callee, base }, site) };
  // Also of a base that is not known, its properties are not.
  if (base === undefined && hasUnknownBase(m, callee)) instance.heap.open ??= unknownFrom(m, [], site);
  if (base !== undefined) m.semantics.begun(instance);
  const returned = initialiseInstance(m, callee, instance, args, site);
  const { code } = callee;
  m.history.executed.instances.set(code, instance);
  return orReturned(m, instance, returned);
}

/** `new F()` of a function: an object that inherits from `F.prototype`. */
function constructByFunction(m: Machine, callee: ClosureValue, args: Arguments, site: Site): Value {
  const instance: ObjectValue = { kind: 'object', heap: m.own({ kind: 'record' }, site) };
  instance.heap.prototype = prototypeOf(m, callee);
  return orReturned(m, instance, callClosure(m, callee, instance, args, site));
}

/** An object that a constructor gives back stands in for the one that was made. */
function orReturned(m: Machine, instance: ObjectValue, returned: Value): Value {
  const others = members(returned).filter(({ kind }) => kind !== 'literal' && kind !== 'host' && kind !== 'never');
  if (others.length === 0) return instance;
  const all = m.memory.joiner.all(others);
  const isCertain = others.length === members(returned).length && others.every(({ kind }) => kind !== 'unknown');
  return isCertain ? all : m.memory.joiner.values(instance, all);
}

/** Gives what the constructor returns. */
function initialiseInstance(m: Machine, home: ClassValue, instance: ObjectValue, args: Arguments, site: Site): Value {
  if (hasUnknownMembers(home, 'instance')) loseAccessors(m, home, 'instance', instance, instance.heap.open ??= unknownFrom(m, [], site));
  const { constructorCode } = home.code;
  if (constructorCode === undefined) {
    const returned = ofParent(m, home, instance, args, site);
    initialiseFields(m, home, instance);
    return returned;
  }
  if (home.parent === undefined) initialiseFields(m, home, instance);
  return callClosure(m, memberClosure(home, constructorCode), instance, args, site);
}

/** The part of an instance that the parent of its class makes; gives what the parent's constructor returns. */
function ofParent(m: Machine, home: ClassValue, instance: ObjectValue, args: Arguments, site: Site): Value {
  const returned = madeByParent(m, home, instance, args, site);
  // What another object stands in for is not followed: it may be either, and have whatever the other has.
  if (orReturned(m, instance, returned) !== instance) {
    instance.heap.single = false;
    escape(m, [instance, returned], unknownFrom(m, [returned], site));
  }
  return returned;
}

function madeByParent(m: Machine, home: ClassValue, instance: ObjectValue, args: Arguments, site: Site): Value {
  const parent = home.code.extends === undefined ? undefined : heritageOf(m, home);
  if (parent?.kind === 'class') return initialiseInstance(m, parent, instance, args, site);
  if (instance.heap.base !== undefined) m.semantics.constructed(instance, args);
  else if (parent?.kind === 'closure') {
    instance.heap.prototype = prototypeOf(m, parent);
    return callClosure(m, parent, instance, args, site);
  }
  else if (parent !== undefined) madeElsewhere(m, instance, args, site);
  return undefinedValue;
}

/** A constructor that is not known may call what it is given, and make others of its kind. */
function madeElsewhere(m: Machine, instance: ObjectValue, args: Arguments, site: Site): void {
  m.mayThrow();
  const by = instance.heap.open ??= unknownFrom(m, [], site);
  const made = allArguments(args).some((value) => members(value).some(({ kind }) => kind === 'closure' || kind === 'object')) ? [instance, ...instance.heap.class === undefined ? [] : [instance.heap.class]] : [];
  escape(m, [...made, ...allArguments(args)], by);
}

function initialiseFields(m: Machine, home: ClassValue, instance: ObjectValue): void {
  for (const member of home.code.members) if (!member.static) initialise(m, home, member, instance.heap, instance);
}

/** `super(...)` in a constructor: the parent's part of the instance, then the fields of the class itself. */
export function constructSuper(m: Machine, args: Arguments, site: Site): Value {
  const { receiver, home } = m.frame;
  // It may have been called before.
  m.mayThrow();
  if (receiver.kind !== 'object' || home === undefined) return undefinedValue;
  const returned = ofParent(m, home, receiver, args, site);
  initialiseFields(m, home, receiver);
  return orReturned(m, receiver, returned);
}

/** The library's class at the end of the chain of parents. */
function libraryBase(m: Machine, of: ClassValue): LibraryClass | undefined {
  const parent = heritageOf(m, of);
  if (parent === undefined) return undefined;
  return parent.kind === 'class' ? libraryBase(m, parent) : m.semantics.extended(parent);
}

/** Whether the chain of parents ends at one that is not known. */
function hasUnknownBase(m: Machine, of: ClassValue): boolean {
  if (of.code.extends === undefined) return false;
  const parent = heritageOf(m, of);
  return parent?.kind === 'class' ? hasUnknownBase(m, parent) : true;
}
