/** Whether objects take new properties, and whether those that they have may be changed. */
import { Cell } from '../../../domain/cell.ts';
import { argument } from '../../../domain/invocation.ts';
import type { HeapObject, Invocation, ObjectValue, Value } from '../../../domain/value.ts';
import { isPrimitive, literal } from '../../../domain/values.ts';
import type { Site } from '../../../program/ir.ts';
import type { Machine } from '../../machine/machine.ts';
import { isExtensible } from '../../members/extensible.ts';
import { type Own, ownProperty } from '../../members/own.ts';
import { ownKeysOf } from '../../members/own-keys.ts';
import { describeAs } from '../../values/attributes.ts';

type Native = (m: Machine, call: Invocation) => Value | undefined;
type Level = 'sealed' | 'frozen';
type There = Exclude<Own, { kind: 'none' }>;

/** What it has of its own, where all of it is known. */
function ownOf(m: Machine, of: Value): ReadonlyMap<string, There> | undefined {
  const found = new Map<string, There>();
  for (const key of ownKeysOf(m, of) ?? [undefined]) {
    const own = key === undefined ? undefined : ownProperty(m, of, key);
    if (own === undefined || key === undefined) return undefined;
    if (own.kind !== 'none') found.set(key, own);
  }
  return found;
}

/** It takes no new properties from now on. */
function close(m: Machine, heap: HeapObject): void {
  const cell = heap.extensible ??= new Cell('extensible', heap.allocation, heap.elements);
  m.memory.write(cell, literal(false));
}

/** An object whose properties are all in its cells. */
function asRecord(m: Machine, value: Value): ObjectValue | undefined {
  return value.kind === 'object' && value.heap.isRecord && isExtensible(m, value) !== undefined ? value : undefined;
}

export const preventExtensions: Native = (m, { arguments: args }) => {
  const value = argument(args, 0);
  if (isPrimitive(value)) return value;
  const object = asRecord(m, value);
  if (object === undefined) return undefined;
  close(m, object.heap);
  return value;
};

/** `Object.seal`, `Object.freeze`. */
export const fixing = (level: Level): Native => (m, { arguments: args, site }) => {
  const value = argument(args, 0);
  if (isPrimitive(value)) return value;
  const object = asRecord(m, value);
  const own = object && ownOf(m, object);
  if (object === undefined || own === undefined) return undefined;
  close(m, object.heap);
  for (const [key, property] of own) fix(m, object.heap, key, property, level, site);
  return value;
};

function fix(m: Machine, heap: HeapObject, key: string, property: There, level: Level, site: Site): void {
  if (property.kind === 'accessor') describeAs(m, heap, key, { ...property, writable: false, configurable: false }, site);
  else describeAs(m, heap, key, { kind: 'data', writable: property.writable && level === 'sealed', enumerable: property.enumerable, configurable: false }, site);
}

/** `Object.isSealed`, `Object.isFrozen`. */
export const isFixed = (level: Level): Native => (m, { arguments: args }) => {
  const value = argument(args, 0);
  if (isPrimitive(value)) return literal(true);
  const extensible = isExtensible(m, value);
  if (extensible !== false) return extensible && literal(false);
  const own = ownOf(m, value);
  return own && literal([...own.values()].every((property) => !property.configurable && (level === 'sealed' || property.kind === 'accessor' || !property.writable)));
};

export const extensibility: Native = (m, { arguments: args }) => {
  const value = argument(args, 0);
  const extensible = isPrimitive(value) ? false : isExtensible(m, value);
  return extensible === undefined ? undefined : literal(extensible);
};
