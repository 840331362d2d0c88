/** Iterators of arrays and collections: what they have not given yet, in the order in which they give it. */
import type { HeapObject, Invocation, ListState, ObjectValue, Value } from '../../domain/value.ts';
import { plainHost, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { mayCall } from '../unknown-calls.ts';
import { anyItem, inAnyOrder } from '../values/lists.ts';
import { record } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';

export function iterator(m: Machine, list: ListState, site: Site, of?: HeapObject): ObjectValue {
  const heap = m.heap(of === undefined ? { kind: 'iterator' } : { kind: 'iterator', over: { heap: of, list: m.memory.list(of) } }, site);
  m.memory.writeList(heap, list);
  return { kind: 'object', heap };
}

/** What is left in it is given; who takes it may stop at any item, so that any of them may be left behind that. */
export function consumed(m: Machine, heap: HeapObject): ListState {
  const held = m.memory.list(heap);
  const list = isChanged(m, heap) ? { items: [], others: m.memory.joiner.all([held.others, ...held.items, unknownFrom(m, [], heap.site)]) } : held;
  m.memory.writeList(heap, inAnyOrder(m, list));
  return list;
}

/** What it goes through holds something else now: what it gives then is not followed. */
function isChanged(m: Machine, { form }: HeapObject): boolean {
  return form.kind === 'iterator' && form.over !== undefined && m.memory.list(form.over.heap) !== form.over.list;
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
