/** What the prototypes of the language hold: methods that are called on whatever they are handed as `this`. */
import type { HeapObject, Invocation, NativeValue, Value } from '../../domain/value.ts';
import { absent, isUndefined, keyOfText, mayBeAbsent, members, plainHost, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { ownerName } from './collections.ts';
import { callOnArrayLike } from './borrowed/array-likes.ts';
import { callUnknown } from '../unknown-calls.ts';
import { objectMember } from '../members/object-members.ts';
import { ownProperty } from '../members/own.ts';
import { prototypeOfLanguage } from '../values/prototypes.ts';
import { parentOf, standardly } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';

export function prototypeMember(m: Machine, heap: HeapObject, owner: string, name: string | undefined, site: Site): Value {
  const own = name === undefined ? undefined : ownProperty(m, { kind: 'object', heap }, name);
  if (own?.kind === 'data') return own.value;
  if (name !== undefined && own?.kind === 'none' && owner !== 'Object') return inherited(m, owner, name, site);
  if (own?.kind === 'none') return undefinedValue;
  // An accessor wants an object of its own kind.
  m.mayThrow();
  const cell = name === undefined ? undefined : heap.properties.get(name);
  const held = cell && m.memory.read(cell);
  const value = unknownFrom(m, [], site);
  return held === undefined || held === absent ? value : m.memory.joiner.values(held, value);
}

/** What a prototype of the language has from the one above it. */
function inherited(m: Machine, owner: string, name: string, site: Site): Value {
  const above = parentOf(`${owner}.prototype`)?.replace(/\.prototype$/, '');
  return above === undefined ? unknownFrom(m, [], site) : prototypeMember(m, prototypeOfLanguage(m, above, site), above, name, site);
}

/** A method of a collection, which is told on what it is called: another object has other entries, or none. */
export function onlyOf(m: Machine, heap: HeapObject, method: NativeValue): NativeValue {
  const call = (given: Invocation): Value => {
    const { receiver, arguments: args, site, label } = given;
    return (receiver.kind === 'object' && receiver.heap !== heap) || receiver.kind === 'unknown' ? callUnknown(m, unknownFrom(m, [], site), receiver, args, site, label) : method.call(given);
  };
  return { ...method, call };
}

/** What the language has under a path of names: whoever asks for it gets the same function. */
export function kept(m: Machine, path: string, name: string, call: NativeValue['call']): Value {
  let value = m.globals.get(path);
  if (value === undefined) m.globals.set(path, value = { kind: 'native', name, ...standardly(path), call });
  return value;
}

export function methodOf(m: Machine, owner: string, name: string): Value {
  return kept(m, `${owner}.prototype.${name}`, name, (call) => callOn(m, owner, name, call));
}

function callOn(m: Machine, owner: string, name: string, call: Invocation): Value {
  const { receiver, arguments: args, site, label } = call;
  const borrowed = owner === 'Array' ? callOnArrayLike(m, name, call) : undefined;
  if (borrowed !== undefined) return borrowed;
  const method = isOf(owner, receiver) ? ownMethod(m, receiver, owner, name, site) : undefined;
  return method?.kind === 'native' ? method.call(call) : callUnknown(m, unknownFrom(m, [], site), receiver, args, site, label);
}

function ownMethod(m: Machine, receiver: Value, owner: string, name: string, site: Site): Value | undefined {
  return owner === 'Object' ? objectMember(m, name) : m.getMember(receiver, keyOfText(name), site);
}

function isOf(owner: string, receiver: Value): boolean {
  if (owner === 'Object' && (receiver.kind === 'closure' || receiver.kind === 'class' || receiver.kind === 'native' || receiver.kind === 'literal')) return true;
  if (receiver.kind === 'literal') return owner === { string: 'String', number: 'Number' }[typeof receiver.value as string];
  if (receiver.kind === 'host') return owner === 'Array' || owner === 'String' || owner === 'Number';
  if (receiver.kind === 'promise') return owner === 'Promise';
  if (receiver.kind !== 'object') return false;
  const { heap } = receiver;
  switch (owner) {
    case 'Object': return true;
    case 'Array': return heap.isArray;
    case 'Map': case 'WeakMap': case 'Set': return (heap.form.kind === 'map' || heap.form.kind === 'set') && ownerName(heap) === owner;
    default: return false;
  }
}

/** What stands in the place of a member that is the language's, once the program has changed a prototype of the language. */
export function perhapsPatched(m: Machine, object: Value, name: string | undefined, value: Value, site: Site): Value {
  if (name === undefined || !m.builtIn.patches.touches(name) || isOwn(m, object, name)) return value;
  return m.memory.joiner.all([value, unknownFrom(m, [], site), plainHost]);
}

/** Where nothing is to be seen there may be a hole. */
function isItem(m: Machine, heap: HeapObject, index: number): boolean {
  const item = m.memory.list(heap).items[index];
  return item !== undefined && !members(item).some(isUndefined);
}

function isThere(m: Machine, heap: HeapObject, name: string): boolean {
  const cell = heap.properties.get(name);
  const content = cell && m.memory.read(cell);
  return content !== undefined && !mayBeAbsent(content);
}

function isOwn(m: Machine, object: Value, name: string): boolean {
  switch (object.kind) {
    case 'object': return object.heap.isRecord ? isThere(m, object.heap, name) : isItem(m, object.heap, Number(name));
    case 'host': case 'literal': case 'closure': case 'native': case 'promise': return false;
    default: return true;
  }
}
