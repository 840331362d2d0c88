/** Iterators of arrays and collections: what they have not given yet, in the order in which they give it. */
import type { HeapObject, Invocation, ListState, ObjectValue, Pick, Traversal, Value } from '../../domain/value.ts';
import { literal, never, plainHost, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { mayCall } from '../unknown-calls.ts';
import { anyItem, array, inAnyOrder, isExact } from '../values/lists.ts';
import { record } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { entriesIn } from './collection-contents.ts';

type Made = (m: Machine, site: Site) => Pick;

const pairs: Made = (m, site) => (key, value) => array(m, { items: [key, value], others: never }, site);
const keys: Made = () => (key) => key;
const values: Made = () => (_, value) => value;

/** What the methods that make iterators pick of each entry. */
export const picks = { entries: pairs, keys, values };

/** An iterator of an array or a collection. */
export function iterator(m: Machine, of: HeapObject, made: Made, site: Site): ObjectValue {
  const pick = made(m, site);
  const list = picked(m, of, pick);
  const heap = m.heap({ kind: 'iterator', over: new Map() }, site);
  traversalsOf(heap)?.set(of, { pick, held: heldBy(m, of), list });
  m.memory.writeList(heap, list);
  return { kind: 'object', heap };
}

function traversalsOf({ form }: HeapObject): Map<HeapObject, Traversal> | undefined {
  return form.kind === 'iterator' ? form.over : undefined;
}

function picked(m: Machine, of: HeapObject, pick: Pick): ListState {
  if (of.form.kind === 'map') return entriesIn(m, of, pick);
  const list = m.memory.list(of);
  return {
    ...list,
    items: list.items.map((item, index) => m.allocator.along(index, () => pick(keyAt(of, item, index), item))),
    others: isExact(list) ? never : m.allocator.along('others', () => pick(keyAt(of, list.others), list.others)),
  };
}

/** Under which key an array or a set has an item. */
export function keyAt({ form }: HeapObject, item: Value, index?: number): Value {
  return form.kind === 'set' ? item : index === undefined ? plainHost : literal(index);
}

function heldBy(m: Machine, heap: HeapObject): readonly unknown[] {
  const entries = heap.form.kind === 'map' ? [heap.unordered, ...[...heap.properties.values()].map((cell) => m.memory.read(cell))] : [];
  return [m.memory.list(heap), ...entries];
}

/** What is gone through by entries, and what is given of each. */
export interface Listing {
  readonly of: HeapObject;
  readonly pick: Pick;
}

/** What an iterator that has not been asked for anything goes through; undefined where it may have been, or it is not known which. */
export function fresh(m: Machine, heap: HeapObject): Listing | undefined {
  const [only, ...more] = traversalsOf(heap) ?? [];
  if (only === undefined || more.length > 0 || heap.allocation.summary) return undefined;
  const [of, { pick, list }] = only;
  return m.memory.list(heap) === list ? { of, pick } : undefined;
}

/** What is left in it is given; who takes it may stop at any item, so that any of them may be left behind that. */
export function consumed(m: Machine, heap: HeapObject): ListState {
  const held = m.memory.list(heap);
  const list = isChanged(m, heap) ? { items: [], others: m.memory.joiner.all([held.others, ...held.items, unknownFrom(m, [], heap.site)]) } : held;
  m.memory.writeList(heap, inAnyOrder(m, list));
  return list;
}

/** What it goes through holds something else now: what it gives then is not followed. */
export function isChanged(m: Machine, heap: HeapObject): boolean {
  return [...traversalsOf(heap) ?? []].some(([of, { held }]) => {
    const now = heldBy(m, of);
    return now.length !== held.length || now.some((each, index) => each !== held[index]);
  });
}

const prototype = new Set<string>(['next', 'constructor', 'map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find', 'return', 'throw']);

export function iteratorMember(m: Machine, heap: HeapObject, name: string | undefined): Value | undefined {
  if (name === undefined || heap.properties.has(name)) return undefined;
  if (name === 'next') return { kind: 'native', name, call: (call) => next(m, heap, call) };
  if (!prototype.has(name) && !(name in Object.prototype)) return undefined;
  return { kind: 'native', name, call: (call) => helper(m, heap, call) };
}

function next(m: Machine, heap: HeapObject, { site }: Invocation): Value {
  const list = consumed(m, heap);
  return record(m, site, { value: list.items[0] ?? anyItem(m, list), done: list.items.length > 0 ? { kind: 'literal', value: false } : list.others.kind === 'never' ? { kind: 'literal', value: true } : plainHost });
}

/** What an engine has besides may take any of the items, and call what it is handed with them. */
function helper(m: Machine, heap: HeapObject, call: Invocation): Value {
  const { items, others } = consumed(m, heap);
  const given = [...items, others, ...call.arguments.values];
  mayCall(m, call.arguments.values, given);
  return call.label === 'forEach' ? undefinedValue : unknownFrom(m, given, call.site);
}
