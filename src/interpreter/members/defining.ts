/** `Object.defineProperty` and what asks for descriptors, on objects whose properties are all known. */
import type { HeapObject, Value } from '../../domain/value.ts';
import { isNullish, isPrimitive, keyOfText, literal, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { fails } from '../builtins/errors.ts';
import { escape } from '../escape.ts';
import type { Machine } from '../machine/machine.ts';
import { type Allowed, describeAs } from '../values/attributes.ts';
import { identical } from '../values/identity.ts';
import { defineMember, record } from '../values/properties.ts';
import { ownerOf } from '../values/prototypes.ts';
import { isStandardName } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';
import { isExtensible } from './extensible.ts';
import { hasMember, keeperOf, type Own, ownProperty } from './own.ts';
import { ownKeysOf } from './own-keys.ts';

/** A descriptor, as far as it says something. */
interface Descriptor extends Partial<Allowed> {
  readonly value?: Value;
  readonly get?: Value;
  readonly set?: Value;
}

/** Defines a property; undefined where it is not known what becomes of it, and nothing was done. `false`: it is refused. */
export function define(m: Machine, target: Value, name: string, written: Value, site: Site): boolean | undefined {
  // What is no object is not defined on, and is no descriptor.
  if (isPrimitive(target) || isPrimitive(written)) return false;
  if (heapOf(m, target, site) === undefined || ownProperty(m, target, name) === undefined) return undefined;
  const descriptor = descriptorIn(m, written, site);
  if (!m.reachable) return true;
  return descriptor && defineBy(m, target, name, descriptor, site);
}

/** Where what is defined on a value is kept; undefined where that is not followed. */
function heapOf(m: Machine, target: Value, site: Site): HeapObject | undefined {
  const heap = target.kind === 'class' ? target.statics : target.kind === 'object' ? target.heap : target.kind === 'native' && target.path !== undefined ? keeperOf(m, target, site) : undefined;
  // The items of an array are in its list.
  return heap?.isRecord === true ? heap : undefined;
}

function defineBy(m: Machine, target: Value, name: string, descriptor: Descriptor, site: Site): boolean | undefined {
  const heap = heapOf(m, target, site);
  const before = ownProperty(m, target, name);
  const isWrong = hasWrongParts(descriptor);
  if (heap === undefined || before === undefined || isWrong === undefined) return undefined;
  const isBarred = isWrong || (before.kind === 'none' ? opposite(isExtensible(m, target)) : isRefused(before, descriptor));
  if (isBarred !== false) return isBarred && false;
  if (target.kind === 'native') m.functions.extended.add(target.name);
  if (ownerOf(m, heap) !== undefined) m.builtIn.patches.add(name, !isStandardName(name));
  put(m, target, heap, name, merged(before, descriptor), site);
  // What the language asks its own objects for, code that is not known may ask for at any time.
  if (target.kind === 'native' || ownerOf(m, heap) !== undefined) escape(m, [descriptor.value, descriptor.get, descriptor.set].flatMap((each) => each ?? []), unknownFrom(m, [], site));
  return true;
}

function opposite(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

/** `Object.defineProperties`: all descriptors are asked before any property is defined. `false`: it is not known what becomes of the object. */
export function defineAll(m: Machine, target: Value, written: Value, site: Site): boolean {
  if (isPrimitive(target) || isNullish(written)) {
    fails(m, 'TypeError', site);
    return true;
  }
  const keys = ownKeysOf(m, written)?.map((key) => [key, ownProperty(m, written, key)] as const);
  if (keys === undefined || heapOf(m, target, site) === undefined) return false;
  const found: (readonly [string, Descriptor])[] = [];
  for (const [key, own] of keys) {
    if (own?.kind === 'none' || own?.enumerable !== true || !m.reachable) continue;
    const each = m.getMember(written, keyOfText(key), site);
    if (isPrimitive(each)) fails(m, 'TypeError', site);
    const descriptor = m.comesOut ? descriptorIn(m, each, site) : {};
    if (descriptor === undefined) return false;
    if (m.comesOut && hasWrongParts(descriptor) === true) fails(m, 'TypeError', site);
    found.push([key, descriptor]);
  }
  for (const [key, descriptor] of found) {
    if (!m.reachable) return true;
    const is = defineBy(m, target, key, descriptor, site);
    if (is === undefined) return false;
    if (!is) fails(m, 'TypeError', site);
  }
  return true;
}

/** What a descriptor may say. */
const parts = ['enumerable', 'configurable', 'value', 'writable', 'get', 'set'] as const;

/** What a value says as a descriptor, asked in the order of the language; undefined where it is not known what it says. */
function descriptorIn(m: Machine, written: Value, site: Site): Descriptor | undefined {
  const present = parts.map((part) => hasMember(m, written, part));
  if (present.includes(undefined)) return undefined;
  const said: Record<string, Value | boolean> = {};
  for (const [index, part] of parts.entries()) {
    if (present[index] !== true || !m.reachable) continue;
    const content = m.getMember(written, literal(part), site);
    const isFlag = part !== 'value' && part !== 'get' && part !== 'set';
    const value = isFlag ? truth(content) : content;
    if (value === undefined) return undefined;
    said[part] = value;
  }
  return said;
}

/** An accessor is a function, and holds nothing itself; undefined where that is not known. */
function hasWrongParts({ value, get, set, writable }: Descriptor): boolean | undefined {
  for (const part of [get, set]) {
    if (part === undefined || part.kind === 'closure' || part.kind === 'native' || (part.kind === 'literal' && part.value === undefined)) continue;
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
    const [get, set] = [differs(before.get, descriptor.get), differs(before.set, descriptor.set)];
    return get === true || set === true ? true : get === undefined || set === undefined ? undefined : false;
  }
  if (isAccessor) return true;
  if (before.writable) return false;
  return descriptor.writable === true ? true : differs(before.value, descriptor.value);
}

/** Undefined where it is not known: then it is not known either what becomes of the property. */
function differs(before: Value, after: Value | undefined): boolean | undefined {
  if (after === undefined) return false;
  if (before.kind === 'literal' && after.kind === 'literal') return !Object.is(before.value, after.value);
  if ((before.kind === 'literal') !== (after.kind === 'literal') && [before, after].every(({ kind }) => kind === 'literal' || kind === 'closure' || kind === 'object' || kind === 'class' || kind === 'native')) return true;
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

function put(m: Machine, target: Value, heap: HeapObject, name: string, property: Defined, site: Site): void {
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
