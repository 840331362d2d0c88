/**
 * What is said of a property besides what it holds: whether it is written to, listed and taken away, or which accessor
 * stands in its place. It is in the store, as branches may say different things.
 */
import { Cell } from '../../domain/cell.ts';
import type { ClosureValue, HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { absent, literal, members, symbol, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';

/** What a property allows besides being read. */
export interface Allowed {
  readonly writable: boolean;
  readonly enumerable: boolean;
  readonly configurable: boolean;
}

export type Description =
  | { readonly kind: 'data' } & Allowed
  | { readonly kind: 'accessor'; readonly get: Value; readonly set: Value } & Allowed
  /** It has been taken away, also where a class has it in its body. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

/** What an assignment makes, or an accessor that is written in an object: nothing was said of it. */
export const ordinary: Description = { kind: 'data', writable: true, enumerable: true, configurable: true };

const gone = symbol('gone');

/** What is said of a property, on the ways that come by here; none where nothing was ever said. */
export function descriptionsOf(m: Machine, heap: HeapObject, name: string): readonly Description[] {
  const cell = heap.attributes?.get(name);
  const content = cell && m.memory.read(cell);
  return content === undefined ? [] : members(content).map((member) => described(m, member));
}

/** The one thing that is said of a property. */
export function descriptionOf(m: Machine, heap: HeapObject, name: string): Description {
  const [only = ordinary, ...more] = descriptionsOf(m, heap, name);
  return more.length > 0 ? { kind: 'unknown' } : only;
}

function described(m: Machine, content: Value): Description {
  if (content === absent) return ordinary;
  if (content.kind === 'symbol') return { kind: 'gone' };
  if (content.kind === 'literal' && typeof content.value === 'number') return { kind: 'data', ...allowedBy(content.value) };
  return content.kind === 'object' ? accessorIn(m, content) : { kind: 'unknown' };
}

function accessorIn(m: Machine, { heap }: ObjectValue): Description {
  const [get, set, allowed] = ['get', 'set', 'allowed'].map((name) => {
    const cell = heap.properties.get(name);
    return (cell && m.memory.read(cell)) ?? undefinedValue;
  }) as [Value, Value, Value];
  if (allowed.kind !== 'literal' || typeof allowed.value !== 'number') return { kind: 'unknown' };
  return { kind: 'accessor', get, set, ...allowedBy(allowed.value) };
}

/** Says something of a property from now on. */
export function describeAs(m: Machine, heap: HeapObject, name: string, description: Exclude<Description, { kind: 'unknown' }>, site: Site): void {
  const all = heap.attributes ??= new Map<string, Cell>();
  let cell = all.get(name);
  if (cell === undefined) {
    // Nothing more is to be remembered of what is as assignments make it, unless it stands in the place of an accessor.
    if (description.kind === 'data' && bitsOf(description) === bitsOf(ordinary as Allowed) && !heap.accessors.has(name) && heap.class === undefined) return;
    all.set(name, cell = new Cell(name, heap.allocation, heap.elements));
  }
  m.memory.write(cell, contentOf(m, description, name, site));
}

function contentOf(m: Machine, description: Exclude<Description, { kind: 'unknown' }>, name: string, site: Site): Value {
  if (description.kind === 'gone') return gone;
  const allowed = literal(bitsOf(description));
  if (description.kind === 'data') return allowed;
  const heap = m.allocator.along(name, () => m.heap({ kind: 'record' }, site));
  for (const [part, value] of [['get', description.get], ['set', description.set], ['allowed', allowed]] as const) {
    const cell = heap.properties.get(part) ?? new Cell(part, heap.allocation, heap.elements);
    heap.properties.set(part, cell);
    m.memory.write(cell, value);
  }
  return { kind: 'object', heap };
}

function bitsOf({ writable, enumerable, configurable }: Allowed): number {
  return (writable ? 1 : 0) + (enumerable ? 2 : 0) + (configurable ? 4 : 0);
}

function allowedBy(bits: number): Allowed {
  return { writable: (bits & 1) !== 0, enumerable: (bits & 2) !== 0, configurable: (bits & 4) !== 0 };
}

/** The functions that stand in the place of properties of an object: those it was written with, and those that were defined. */
export function accessorsOf(m: Machine, heap: HeapObject): readonly ClosureValue[] {
  if (heap.accessors.size === 0 && heap.attributes === undefined) return [];
  const written = [...heap.accessors.values()].flatMap(({ get, set }) => [get, set]);
  const defined = [...heap.attributes?.keys() ?? []].flatMap((name) => descriptionsOf(m, heap, name)).flatMap((each) => (each.kind === 'accessor' ? [...members(each.get), ...members(each.set)] : []));
  return [...written, ...defined].filter((value): value is ClosureValue => value?.kind === 'closure');
}

/** Whether what lists the properties of an object comes by one of them; undefined where that is not known. */
export function isListed(m: Machine, heap: HeapObject, name: string): boolean | undefined {
  const [first = true, ...others] = descriptionsOf(m, heap, name).map((each) => (each.kind === 'data' || each.kind === 'accessor' ? each.enumerable : each.kind === 'gone' ? true : undefined));
  return others.every((other) => other === first) ? first : undefined;
}
