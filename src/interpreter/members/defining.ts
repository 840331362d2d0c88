/** `Object.defineProperty` and what asks for descriptors, on objects whose properties are all known. */
import type { ClassValue, HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { absent, literal, mayBeAbsent, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { fails } from '../builtins/errors.ts';
import type { Machine } from '../machine/machine.ts';
import { type Allowed, describeAs } from '../values/attributes.ts';
import { identical } from '../values/identity.ts';
import { defineMember, record, unknownProperties } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { type Own, ownProperty } from './own.ts';

/** A descriptor, as far as it says something. */
interface Descriptor extends Partial<Allowed> {
  readonly value?: Value;
  readonly get?: Value;
  readonly set?: Value;
}

/** Defines a property; `false` where it is not known what becomes of it, and nothing was done. */
export function define(m: Machine, target: Value, name: string, written: Value, site: Site): boolean {
  if (target.kind !== 'object' && target.kind !== 'class') return false;
  const heap = target.kind === 'class' ? target.statics : target.heap;
  // The items of an array are in its list.
  if (!heap.isRecord) return false;
  const before = ownProperty(m, target, name);
  const descriptor = descriptorIn(m, written);
  if (before === undefined || descriptor === undefined) return false;
  const isWrong = hasWrongParts(descriptor);
  const isBarred = isWrong === true || (before.kind !== 'none' && isRefused(before, descriptor));
  if (isWrong === undefined || isBarred === undefined) return false;
  if (isBarred) fails(m, 'TypeError', site);
  else put(m, target, heap, name, merged(before, descriptor), site);
  return true;
}

/** What a descriptor may say. */
const parts = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const;

function descriptorIn(m: Machine, written: Value): Descriptor | undefined {
  if (written.kind !== 'object' || !isPlain(m, written)) return undefined;
  const { heap } = written;
  const said: Record<string, Value | boolean> = {};
  for (const part of parts) {
    const cell = heap.properties.get(part);
    const content = cell && m.memory.read(cell);
    if (content === undefined || content === absent) continue;
    if (mayBeAbsent(content)) return undefined;
    const isFlag = part !== 'value' && part !== 'get' && part !== 'set';
    const value = isFlag ? truth(content) : content;
    if (value === undefined) return undefined;
    said[part] = value;
  }
  return said;
}

/** Nothing but what it holds itself has a say in what it says. */
function isPlain(m: Machine, { heap }: ObjectValue): boolean {
  return heap.isRecord && heap.open === undefined && heap.class === undefined && heap.prototype === undefined && heap.accessors.size === 0 && heap.attributes === undefined && !heap.allocation.summary && !m.builtIn.patches.touches(...parts) && unknownProperties(m, heap).kind === 'never';
}

/** An accessor is a function, and holds nothing itself; undefined where that is not known. */
function hasWrongParts({ value, get, set, writable }: Descriptor): boolean | undefined {
  for (const part of [get, set]) {
    if (part === undefined || part.kind === 'closure' || (part.kind === 'literal' && part.value === undefined)) continue;
    if (part.kind === 'literal' || part.kind === 'object') return true;
    return undefined;
  }
  return (get ?? set) !== undefined && (value !== undefined || writable !== undefined);
}

/** What cannot be configured stays as it is, but that it may be read-only from now on. */
function isRefused(before: Exclude<Own, { kind: 'none' }>, descriptor: Descriptor): boolean | undefined {
  if (before.configurable) return false;
  if (descriptor.configurable === true || (descriptor.enumerable !== undefined && descriptor.enumerable !== before.enumerable)) return true;
  const isAccessor = (descriptor.get ?? descriptor.set) !== undefined;
  if (before.kind === 'accessor') {
    if (descriptor.value !== undefined || descriptor.writable !== undefined) return true;
    return differs(before.get, descriptor.get) ?? differs(before.set, descriptor.set);
  }
  if (isAccessor) return true;
  if (before.writable) return false;
  return descriptor.writable === true ? true : differs(before.value, descriptor.value);
}

/** Undefined where it is not known: then it is not known either what becomes of the property. */
function differs(before: Value, after: Value | undefined): boolean | undefined {
  if (after === undefined) return false;
  if (before.kind === 'literal' && after.kind === 'literal') return !Object.is(before.value, after.value);
  const same = identical(before, after);
  return same === undefined ? undefined : !same;
}

type Defined = Exclude<Own, { kind: 'none' }>;

function merged(before: Own, descriptor: Descriptor): Defined {
  const { enumerable, configurable } = { enumerable: before.kind !== 'none' && before.enumerable, configurable: before.kind !== 'none' && before.configurable, ...flags(descriptor) };
  if ((descriptor.get ?? descriptor.set) !== undefined || (before.kind === 'accessor' && descriptor.value === undefined && descriptor.writable === undefined)) {
    const old = before.kind === 'accessor' ? before : { get: undefinedValue, set: undefinedValue };
    return { kind: 'accessor', get: descriptor.get ?? old.get, set: descriptor.set ?? old.set, enumerable, configurable };
  }
  const old = before.kind === 'data' ? before : { value: undefinedValue, writable: false };
  return { kind: 'data', value: descriptor.value ?? old.value, writable: descriptor.writable ?? old.writable, enumerable, configurable };
}

function flags({ enumerable, configurable }: Descriptor): Partial<Allowed> {
  return { ...enumerable === undefined ? {} : { enumerable }, ...configurable === undefined ? {} : { configurable } };
}

function put(m: Machine, target: ObjectValue | ClassValue, heap: HeapObject, name: string, property: Defined, site: Site): void {
  // Whoever looks at what it holds sees nothing of the accessor.
  defineMember(m, heap, name, property.kind === 'data' ? property.value : unknownFrom(m, [], site), target.kind === 'class' ? target.code.name : undefined);
  describeAs(m, heap, name, property.kind === 'data' ? property : { writable: false, ...property }, site);
}

/** What `Object.getOwnPropertyDescriptor` gives; undefined where that is not known. */
export function descriptorOf(m: Machine, of: Value, name: string, site: Site): Value | undefined {
  const own = ownProperty(m, of, name);
  if (own === undefined || own.kind === 'none') return own && undefinedValue;
  const held: Readonly<Record<string, Value>> = own.kind === 'data' ? { value: own.value, writable: literal(own.writable) } : { get: own.get, set: own.set };
  return record(m, site, { ...held, enumerable: literal(own.enumerable), configurable: literal(own.configurable) });
}
