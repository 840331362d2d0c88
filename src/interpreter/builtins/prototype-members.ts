/** What the prototypes of the language hold: methods that are called on whatever they are handed as `this`. */
import type { HeapObject, Invocation, NativeValue, Value } from '../../domain/value.ts';
import { absent, literal, plainHost } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { callOnArrayLike } from './borrowed/array-likes.ts';
import { callUnknown } from '../unknown-calls.ts';
import { objectMember } from '../members/object-members.ts';
import { standardly } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';

export function prototypeMember(m: Machine, heap: HeapObject, owner: string, name: string | undefined, site: Site): Value {
  const cell = name === undefined ? undefined : heap.properties.get(name);
  const own = cell && m.memory.read(cell);
  // An accessor wants an object of its own kind.
  if (name === undefined || !isMethod(owner, name)) m.mayThrow();
  const value = name === undefined || !isMethod(owner, name) ? unknownFrom(m, [], site) : methodOf(m, owner, name);
  return own === undefined || own === absent ? value : m.memory.joiner.values(own, value);
}

/** A method of a collection, which is told on what it is called: another object has other entries, or none. */
export function onlyOf(m: Machine, heap: HeapObject, method: NativeValue): NativeValue {
  const call = (given: Invocation): Value => {
    const { receiver, arguments: args, site, label } = given;
    return receiver.kind === 'object' && receiver.heap !== heap ? callUnknown(m, unknownFrom(m, [], site), receiver, args, site, label) : method.call(given);
  };
  return { ...method, call };
}

function isMethod(owner: string, name: string): boolean {
  const constructor: unknown = Reflect.get(globalThis, owner);
  if (typeof constructor !== 'function') return false;
  const descriptor = Object.getOwnPropertyDescriptor((constructor as { prototype: object }).prototype, name);
  return name !== 'constructor' && typeof descriptor?.value === 'function';
}

/** Whoever asks for it gets the same function. */
function methodOf(m: Machine, owner: string, name: string): Value {
  const path = `${owner}.prototype.${name}`;
  let value = m.globals.get(path);
  if (value === undefined) m.globals.set(path, value = { kind: 'native', name, ...standardly(path), call: (call) => callOn(m, owner, name, call) });
  return value;
}

function callOn(m: Machine, owner: string, name: string, call: Invocation): Value {
  const { receiver, arguments: args, site, label } = call;
  const borrowed = owner === 'Array' ? callOnArrayLike(m, name, call) : undefined;
  if (borrowed !== undefined) return borrowed;
  const method = isOf(owner, receiver) ? ownMethod(m, receiver, owner, name, site) : undefined;
  return method?.kind === 'native' ? method.call(call) : callUnknown(m, unknownFrom(m, [], site), receiver, args, site, label);
}

function ownMethod(m: Machine, receiver: Value, owner: string, name: string, site: Site): Value | undefined {
  return owner === 'Object' ? objectMember(m, name) : m.getMember(receiver, literal(name), site);
}

function isOf(owner: string, receiver: Value): boolean {
  if (owner === 'Object' && (receiver.kind === 'closure' || receiver.kind === 'class')) return true;
  if (receiver.kind === 'host' || receiver.kind === 'literal') return owner === 'Array' || owner === 'String' || owner === 'Number';
  if (receiver.kind === 'promise') return owner === 'Promise';
  if (receiver.kind !== 'object') return false;
  const { heap } = receiver;
  switch (owner) {
    case 'Object': return true;
    case 'Array': return heap.isArray;
    case 'Map': case 'WeakMap': return heap.form.kind === 'map';
    case 'Set': return heap.form.kind === 'set';
    default: return false;
  }
}

/** What stands in the place of a member that is the language's, once the program has changed a prototype of the language. */
export function perhapsPatched(m: Machine, object: Value, name: string | undefined, value: Value, site: Site): Value {
  if (!m.builtIn.isPatched || name === undefined || isOwn(m, object, name)) return value;
  return m.memory.joiner.all([value, unknownFrom(m, [], site), plainHost]);
}

function isOwn(m: Machine, object: Value, name: string): boolean {
  switch (object.kind) {
    case 'object': return object.heap.isRecord ? object.heap.properties.has(name) : m.memory.list(object.heap).items[Number(name)] !== undefined;
    case 'host': case 'literal': case 'closure': case 'native': case 'promise': return false;
    default: return true;
  }
}
