/** `Reflect`, and what changes the properties of objects themselves. */
import { argument } from '../../domain/invocation.ts';
import type { Arguments, HeapObject, Invocation, NativeValue, ObjectValue, UnknownValue, Value } from '../../domain/value.ts';
import { absent, isNullish, isPrimitive, keyText, literal, members } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { escape } from '../escape.ts';
import type { Machine } from '../machine/machine.ts';
import { define, defineAll, descriptorOf } from '../members/defining.ts';
import { hasMember, keeperOf } from '../members/own.ts';
import { removeMember } from '../members/removal.ts';
import { defineMember, setUnknownMember, unknownProperties } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { anyItem } from '../values/lists.ts';
import { toPrimitive } from './conversion.ts';
import { fails } from './errors.ts';
import { iterate } from './iteration.ts';
import { isNoConstructor } from '../values/function-names.ts';

/** The items of a list as arguments. */
export function listed(m: Machine, list: Value, site: Site): Arguments {
  const { items, others } = iterate(m, list, site);
  return { values: items, sites: items.map(() => site), others: others.kind === 'never' ? undefined : others };
}

export const deleteProperty = (m: Machine, { arguments: args, site }: Invocation): Value => {
  const object = argument(args, 0);
  if (isPrimitive(object)) return fails(m, 'TypeError', site);
  const key = toPrimitive(m, argument(args, 1), 'string', site);
  return m.reachable ? removeMember(m, object, key, site, 'says so') : { kind: 'never' };
};

export const reflectedCall = (m: Machine, { arguments: args, site, label }: Invocation): Value =>
  m.invoke(argument(args, 0), argument(args, 1), listed(m, argument(args, 2), site), site, label);

/** `Reflect.construct`: what is made by one constructor for another is not followed. */
export function constructByReflection(m: Machine, { arguments: args, site }: Invocation): Value {
  const [callee, list, target] = [0, 1, 2].map((at) => argument(args, at)) as [Value, Value, Value];
  if (args.others !== undefined) return unknownFrom(m, args.values, site);
  if (isNoConstructor(callee) || (args.values.length > 2 && isNoConstructor(target))) return fails(m, 'TypeError', site);
  const made = m.construct(callee, listed(m, list, site), site);
  if (args.values.length <= 2) return made;
  const by = unknownFrom(m, args.values, site);
  m.mayThrow();
  escape(m, args.values, by);
  return by;
}

/** `Reflect.has`. */
export function hasByReflection(m: Machine, { arguments: args, site }: Invocation): Value | undefined {
  const of = argument(args, 0);
  if (of.kind === 'literal') return fails(m, 'TypeError', site);
  const name = keyText(toPrimitive(m, argument(args, 1), 'string', site));
  const is = name === undefined || args.others !== undefined ? undefined : hasMember(m, of, name);
  return is === undefined ? undefined : literal(is);
}

/** With a receiver of its own, a getter would see another object. */
export function reflectedMember(m: Machine, { arguments: args, site }: Invocation): Value {
  const object = argument(args, 0);
  if (isPrimitive(object)) return fails(m, 'TypeError', site);
  return args.values.length > 2 || args.others !== undefined ? unknownFrom(m, args.values, site) : m.getMember(object, argument(args, 1), site);
}

/** What functions say of themselves may be other than it was, or be held to what it is, from now on. */
export function hold(m: Machine, target: Value): void {
  for (const member of members(target)) {
    if (member.kind === 'closure' || member.kind === 'class') m.renamed.add(member.code);
    if (member.kind === 'closure') m.functions.redirected.add(member.code);
    else if (member.kind === 'native') m.functions.extended.add(member.name);
    else if (member.kind === 'promise') m.functions.extended.add('Promise');
  }
}

/** `seal`, `defineProperties`, ...: what they do is not followed, but properties may be read-only from now on. */
export function restrict(m: Machine, { arguments: args, site }: Invocation): Value {
  const target = argument(args, 0);
  m.mayThrow();
  const by = unknownFrom(m, args.values, site);
  hold(m, target);
  tighten(target);
  // What a function of the language has may be another.
  for (const member of members(target)) if (member.kind === 'native') loosenNative(m, member, by);
  escape(m, args.values, by);
  return target;
}

function loosenNative(m: Machine, of: NativeValue, by: UnknownValue): void {
  const keeper = keeperOf(m, of, by.node.site);
  if (keeper !== undefined) setUnknownMember(m, keeper, by);
}

/** `Object.defineProperty`: it throws, or the property is what the descriptor says. */
export function defineByDescriptor(m: Machine, call: Invocation): Value {
  const [target, written, descriptor] = [0, 1, 2].map((at) => argument(call.arguments, at)) as [Value, Value, Value];
  const key = toPrimitive(m, written, 'string', call.site);
  if (!m.reachable) return { kind: 'never' };
  const name = keyText(key);
  const is = name === undefined || call.arguments.others !== undefined ? undefined : define(m, target, name, descriptor, call.site);
  if (is !== undefined) return is ? target : fails(m, 'TypeError', call.site);
  const value = valueOf(m, descriptor, call.site);
  if (target.kind === 'object' && target.heap.isRecord && name !== undefined && value !== undefined && holdsAsBefore(m, target.heap, name, descriptor)) {
    m.mayThrow();
    tighten(target);
    defineMember(m, target.heap, name, value);
    return target;
  }
  const by = unknownFrom(m, call.arguments.values, call.site);
  for (const member of members(target)) if (member.kind === 'object') replaced(m, member.heap, name, by);
  return restrict(m, call);
}

/** `Object.defineProperties`. */
export function defineEach(m: Machine, call: Invocation): Value {
  const [target, written] = [argument(call.arguments, 0), argument(call.arguments, 1)];
  return defineAll(m, target, written, call.site) ? target : restrict(m, call);
}

/** `Reflect.defineProperty`: whether it was done. */
export function defineByReflection(m: Machine, { arguments: args, site }: Invocation): Value | undefined {
  const [target, key, descriptor] = [argument(args, 0), toPrimitive(m, argument(args, 1), 'string', site), argument(args, 2)];
  const name = keyText(key);
  if (target.kind === 'literal' || descriptor.kind === 'literal') return fails(m, 'TypeError', site);
  const is = name === undefined || args.others !== undefined || target.kind !== 'object' ? undefined : define(m, target, name, descriptor, site);
  return is === undefined ? undefined : literal(is);
}

/** `Object.getOwnPropertyDescriptor`. */
export function describe(m: Machine, { arguments: args, site }: Invocation): Value {
  if (isNullish(argument(args, 0))) return fails(m, 'TypeError', site);
  const name = keyText(toPrimitive(m, argument(args, 1), 'string', site));
  if (!m.reachable) return { kind: 'never' };
  return (name === undefined ? undefined : descriptorOf(m, argument(args, 0), name, site)) ?? notKnown(m, args.values, site);
}

function notKnown(m: Machine, values: readonly Value[], site: Site): Value {
  m.mayThrow();
  return unknownFrom(m, values, site);
}

/** The value of a descriptor that has one and is known. */
function valueOf(m: Machine, descriptor: Value, site: Site): Value | undefined {
  if (descriptor.kind !== 'object' || !isKnown(m, descriptor)) return undefined;
  const cell = descriptor.heap.properties.get('value');
  const value = cell && m.memory.read(cell);
  return value === undefined || value === absent ? undefined : m.getMember(descriptor, literal('value'), site);
}

const isKnown = (m: Machine, { heap }: ObjectValue): boolean =>
  heap.isRecord && heap.open === undefined && heap.class === undefined && heap.prototype === undefined && heap.accessors.size === 0 && heap.attributes === undefined && unknownProperties(m, heap).kind === 'never';

/** A property that was there keeps what it was besides: whether copies and loops see it. */
function holdsAsBefore(m: Machine, heap: HeapObject, name: string, descriptor: Value): boolean {
  const cell = heap.properties.get(name);
  const before = cell && m.memory.read(cell);
  if (heap.accessors.has(name) || before === undefined || members(before).includes(absent)) return false;
  return descriptor.kind === 'object' && !descriptor.heap.properties.has('enumerable');
}

/** Any item may be another, or taken away by an accessor that runs where one before it is read. */
function loosenItems(m: Machine, heap: HeapObject, by: UnknownValue): void {
  const list = m.memory.list(heap);
  m.memory.writeList(heap, { items: [], others: m.memory.joiner.values(anyItem(m, list), by) });
}

/** The property under a name, or any, may be another. Accessors are those of all branches: nobody knows who reads. */
function replaced(m: Machine, heap: HeapObject, name: string | undefined, by: UnknownValue): void {
  heap.open ??= by;
  if (heap.isArray) loosenItems(m, heap, by);
  if (name === undefined && heap === m.builtIn.global) setUnknownMember(m, heap, by);
  if ((heap.isArray || heap === m.builtIn.global) && name !== undefined && !heap.properties.has(name)) defineMember(m, heap, name, by);
  for (const [each, cell] of heap.properties) {
    const content = name === undefined || name === each ? m.memory.read(cell) : undefined;
    if (content !== undefined && content !== absent) m.memory.write(cell, m.memory.joiner.values(content, by));
  }
}

function tighten(target: Value): void {
  for (const member of members(target)) if (member.kind === 'object' && member.heap.writable === 'always') member.heap.writable = 'perhaps';
}
