/** Classes of the program: their values, instances and construction. */
import { Environment } from '../domain/environment.ts';
import { noArguments } from '../domain/invocation.ts';
import type { Arguments, ClassValue, HeapObject, LibraryClass, ObjectValue, Value } from '../domain/value.ts';
import { undefinedValue } from '../domain/values.ts';
import type { ClassCode, ClassMember, Site } from '../program/ir.ts';
import { callClosure, invoke } from './functions.ts';
import type { Machine } from './machine/machine.ts';
import { memberClosure } from './values/class-members.ts';
import { defineMember } from './values/properties.ts';
import { unknownFrom } from './values/unknown.ts';

export function instantiateClass(m: Machine, code: ClassCode): ClassValue {
  const parent = code.extends === undefined ? undefined : m.evaluate(code.extends);
  const environment = new Environment(m.environment);
  const value: ClassValue = { kind: 'class', code, environment, parent, statics: m.heap({ kind: 'record' }, code.site) };
  if (code.self !== undefined) m.memory.write(environment.declare(code.self), value);
  for (const member of code.members) if (member.static) initialise(m, value, member, value.statics, value);
  return value;
}

/** Sets a field (or runs a static block) of a class on an object. */
function initialise(m: Machine, home: ClassValue, member: ClassMember, heap: HeapObject, receiver: Value): void {
  if (member.kind !== 'field' && member.kind !== 'block') return;
  const value = member.function === undefined ? undefinedValue : callClosure(m, memberClosure(home, member.function), receiver, noArguments, member.function.site);
  m.semantics.used([value]);
  if (member.kind === 'field' && member.key.op === 'constant') defineMember(m, heap, String(member.key.value), value, 'this');
}

export function construct(m: Machine, callee: Value, args: Arguments, site: Site): Value {
  if (callee.kind === 'union') return m.eitherValue(...callee.members.map((member) => () => construct(m, member, args, site)));
  if (callee.kind !== 'class') return invoke(m, callee, undefinedValue, args, site, 'new');
  const base = libraryBase(m, callee);
  const instance: ObjectValue = { kind: 'object', heap: m.heap({ kind: 'instance', class: callee, base }, site) };
  // Also of a base that is not known, its properties are not.
  if (base === undefined && hasUnknownBase(callee)) instance.heap.open ??= unknownFrom(m, [], site);
  if (base !== undefined) m.semantics.begun(instance);
  initialiseInstance(m, callee, instance, args, site);
  const { code } = callee;
  m.history.executed.instances.set(code, instance);
  return instance;
}

function initialiseInstance(m: Machine, home: ClassValue, instance: ObjectValue, args: Arguments, site: Site): void {
  const { constructorCode } = home.code;
  if (constructorCode === undefined) {
    if (home.parent?.kind === 'class') initialiseInstance(m, home.parent, instance, args, site);
    else if (instance.heap.base !== undefined) m.semantics.constructed(instance, args);
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
  else if (receiver.heap.base !== undefined) m.semantics.constructed(receiver, args);
  initialiseFields(m, home, receiver);
  return undefinedValue;
}

/** The library's class at the end of the chain of parents. */
function libraryBase(m: Machine, { parent }: ClassValue): LibraryClass | undefined {
  if (parent === undefined) return undefined;
  return parent.kind === 'class' ? libraryBase(m, parent) : m.semantics.extended(parent);
}

/** Whether the chain of parents ends at one that is not known. */
function hasUnknownBase({ code, parent }: ClassValue): boolean {
  if (code.extends === undefined) return false;
  return parent?.kind === 'class' ? hasUnknownBase(parent) : true;
}
