/** Methods that change an array in place. */
import { argument } from '../../domain/invocation.ts';
import type { HeapObject, Invocation, ListState, Value } from '../../domain/value.ts';
import { literal, never, plainHost, undefinedValue } from '../../domain/values.ts';
import { fixpoint } from '../fixpoint.ts';
import type { Machine } from '../machine/machine.ts';
import { anyItem, asLong, inAnyOrder, isExact, stored } from '../values/lists.ts';
import { nameAdded } from '../values/naming.ts';
import { mayConvert } from './conversion.ts';
import { made, madeLike, type Method, position, wholeNumber } from './array-method.ts';

/** What the items are behind a change of which it is not known where it takes place. */
function changed(m: Machine, list: ListState, by: readonly Value[]): ListState {
  return inAnyOrder(m, { items: [...list.items, ...by], others: list.others });
}

/** Calls a comparison for any two items, any number of times. */
function comparing(m: Machine, { arguments: args, site, label }: Invocation, list: ListState): void {
  const comparison = argument(args, 0);
  if (comparison.kind === 'literal') {
    // Without one, texts are compared: each item may be asked for its own, any number of times.
    for (const item of [...list.items, list.others]) fixpoint(m, () => { mayConvert(m, [item], site); });
    return;
  }
  if (list.items.length + (isExact(list) ? 0 : 2) < 2) return;
  const any = m.memory.joiner.all([...list.items, list.others]);
  fixpoint(m, () => { m.invoke(comparison, undefinedValue, { values: [any, any], sites: [site, site], others: undefined }, site, label); });
}

function sorted(m: Machine, call: Invocation, list: ListState): ListState {
  comparing(m, call, list);
  return isExact(list) && list.items.length < 2 ? list : asLong(inAnyOrder(m, list), list);
}

function reversed(m: Machine, list: ListState): ListState {
  return isExact(list) ? { items: [...list.items].reverse(), others: never } : asLong(inAnyOrder(m, list), list);
}

/** What `splice` leaves, and what it takes out. */
function spliced(m: Machine, { arguments: args }: Invocation, list: ListState): { readonly left: ListState; readonly taken: ListState } {
  const { length } = list.items;
  const start = position(argument(args, 0), length, 0);
  const count = args.values.length === 1 ? length : wholeNumber(argument(args, 1), 0);
  const added = args.values.slice(2);
  if (!isExact(list) || args.others !== undefined || start === undefined || count === undefined) return { left: changed(m, list, [...added, args.others ?? never]), taken: inAnyOrder(m, list) };
  const items = [...list.items];
  const taken = args.values.length === 0 ? [] : items.splice(start, count, ...added);
  return { left: { items, others: never }, taken: { items: taken, others: never } };
}

/** Items at the beginning, or in no known order where it is not known how many they are. */
function prepended(m: Machine, call: Invocation, list: ListState): ListState {
  const { values, others } = call.arguments;
  return others === undefined ? { items: [...values, ...list.items], others: list.others } : changed(m, list, [...values, others]);
}

function filled(m: Machine, { arguments: args }: Invocation, list: ListState, heap: HeapObject): ListState {
  const { length } = list.items;
  const value = stored(m, heap, argument(args, 0));
  const [from, to] = [position(argument(args, 1), length, 0), position(argument(args, 2), length, length)];
  if (isExact(list) && from !== undefined && to !== undefined) return { items: list.items.map((item, index) => (index >= from && index < to ? value : item)), others: never };
  // Of an array of unknown length that is filled from end to end, nothing else is left.
  if (args.values.length === 1 && args.others === undefined) return asLong({ items: list.items.map(() => value), others: value }, list);
  return asLong(changed(m, list, [value]), list);
}

export const changingMethods: Readonly<Record<string, Method>> = {
  push: (m, { arguments: args }, list, heap) => {
    const added = args.others ?? never;
    const exact = isExact(list) && !heap.allocation.summary;
    for (const [index, value] of args.values.entries()) nameAdded(m, heap, value, exact ? String(list.items.length + index) : undefined);
    if (exact) m.memory.writeList(heap, { items: [...list.items, ...args.values], others: added });
    else m.memory.writeList(heap, { items: list.items, others: m.memory.joiner.all([list.others, ...args.values, added]) });
    return plainHost;
  },
  unshift: (m, call, list, heap) => {
    const added = prepended(m, call, list);
    m.memory.writeList(heap, isExact(list) && !heap.allocation.summary ? added : inAnyOrder(m, added));
    return plainHost;
  },
  pop: (m, _call, { items, others }, heap) => {
    const last = items.at(-1) ?? undefinedValue;
    // The last one known may be the one that goes.
    m.memory.writeList(heap, { items: items.slice(0, -1), others: others.kind === 'never' || items.length === 0 ? others : m.memory.joiner.values(others, last) });
    return m.memory.joiner.values(last, others);
  },
  shift: (m, _call, { items, others }, heap) => {
    m.memory.writeList(heap, { items: items.slice(1), others });
    return items[0] ?? m.memory.joiner.values(others, undefinedValue);
  },
  splice: (m, call, list, heap) => {
    const { left, taken } = spliced(m, call, list);
    m.memory.writeList(heap, left);
    return madeLike(m, call, heap, taken);
  },
  reverse: (m, call, list, heap) => {
    m.memory.writeList(heap, reversed(m, list));
    return call.receiver;
  },
  sort: (m, call, list, heap) => {
    m.memory.writeList(heap, sorted(m, call, list));
    return call.receiver;
  },
  fill: (m, call, list, heap) => {
    m.memory.writeList(heap, filled(m, call, list, heap));
    return call.receiver;
  },
  copyWithin: (m, call, list, heap) => {
    m.memory.writeList(heap, asLong(inAnyOrder(m, list), list));
    return call.receiver;
  },
};

/** Where something stands, among items that are plain values and all known; a hole is none of them. */
function searching(search: (items: readonly unknown[], wanted: unknown, from: [] | [number]) => number, answer: (place: number) => number | boolean): Method {
  return (_m, { arguments: { values, others } }, list, heap) => {
    if (isExact(list) && list.items.length === 0) return literal(answer(-1));
    const [wanted, from, ...more] = values;
    const start = from === undefined ? [] as [] : from.kind === 'literal' && typeof from.value !== 'bigint' ? [Number(from.value)] as [number] : undefined;
    const items = list.items.flatMap((item) => (item.kind === 'literal' && item.value !== undefined ? [item.value] : []));
    const isKnown = isExact(list) && !heap.allocation.summary && items.length === list.items.length && wanted?.kind === 'literal' && others === undefined && start !== undefined && more.length === 0;
    return isKnown ? literal(answer(search(items, wanted.value, start))) : plainHost;
  };
}

/** The same on a copy. */
export const copyingMethods: Readonly<Record<string, Method>> = {
  toReversed: (m, call, list) => made(m, call, reversed(m, list)),
  toSorted: (m, call, list) => made(m, call, sorted(m, call, list)),
  toSpliced: (m, call, list) => made(m, call, spliced(m, call, list).left),
  with: (m, call, list) => {
    const index = wholeNumber(argument(call.arguments, 0), 0);
    const at = index !== undefined && index < 0 ? list.items.length + index : index;
    const value = argument(call.arguments, 1);
    return made(m, call, isExact(list) && at !== undefined ? { items: list.items.map((item, place) => (place === at ? value : item)), others: never } : changed(m, list, [value]));
  },
  at: (m, call, list) => {
    const index = wholeNumber(argument(call.arguments, 0), 0);
    return index === undefined || !isExact(list) ? anyItem(m, list) : list.items.at(index) ?? undefinedValue;
  },
  lastIndexOf: searching((items, wanted, from) => items.lastIndexOf(wanted, ...from), (place) => place),
  indexOf: searching((items, wanted, from) => items.indexOf(wanted, ...from), (place) => place),
  includes: searching((items, wanted, from) => (items.includes(wanted, ...from) ? 0 : -1), (place) => place === 0),
};
