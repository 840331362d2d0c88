/** Arrays: their items and methods. */
import { argument, callWith } from '../../domain/invocation.ts';
import type { HeapObject, Invocation, ListState, NativeValue, Value } from '../../domain/value.ts';
import { host, literal, members, never, plainHost, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { fixpoint, repeating } from '../fixpoint.ts';
import type { Machine } from '../machine/machine.ts';
import { mayCall } from '../unknown-calls.ts';
import { anyItem, array, inAnyOrder, isExact, itemAt } from '../values/lists.ts';
import { nameAdded } from '../values/naming.ts';
import { unknownFrom } from '../values/unknown.ts';
import { iterate } from './iteration.ts';
import { roughen } from './smooth.ts';

/** `array[key]`; undefined where the array has nothing of its own under the key. */
export function arrayMember(m: Machine, heap: HeapObject, name: string | undefined, key: Value): Value | undefined {
  const list = m.memory.list(heap);
  if (name === undefined || key.kind !== 'literal') return anyItem(m, list);
  if (name === 'length') return isExact(list) && !heap.allocation.summary ? literal(list.items.length) : plainHost;
  const index = Number(name);
  if (Number.isInteger(index)) return index < 0 ? undefinedValue : itemAt(m, list, index);
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined && !(name in Array.prototype)) return heap.properties.has(name) ? undefined : undefinedValue;
  const object: Value = { kind: 'object', heap };
  const native: NativeValue = { kind: 'native', name, call: (invocation) => (method ?? undescribed)(m, { ...invocation, receiver: object }, m.memory.list(heap), heap) };
  return native;
}

/** `list` and `heap` are those of the array that it is called on. */
type Method = (m: Machine, call: Invocation, list: ListState, heap: HeapObject) => Value;

/** Calls a function for each item, one by one, then for all others; gives what it returns for them. */
function mapItems(m: Machine, call: Invocation, list: ListState, callback: Value, each: (result: Value, item: Value, index: number | undefined) => void): void {
  const { site } = call;
  const self = call.receiver;
  for (const [index, item] of list.items.entries()) {
    if (!m.reachable) return;
    each(m.allocator.along(index, () => m.invoke(callback, undefinedValue, callWith([item, literal(index), self], site), site, call.label)), item, index);
  }
  if (list.others.kind === 'never') return;
  fixpoint(m, () => {
    each(m.invoke(callback, undefinedValue, callWith([list.others, plainHost, self], site), site, call.label), list.others, undefined);
  });
}

function mapped(m: Machine, call: Invocation, list: ListState, callback: Value): ListState {
  const items: Value[] = [];
  let others: Value = never;
  mapItems(m, call, list, callback, (result, _, index) => {
    if (index === undefined) others = m.memory.joiner.values(others, result);
    else items.push(result);
  });
  return { items, others };
}

/** A new array, as the method gives one. */
function made(m: Machine, call: Invocation, list: ListState): Value {
  return array(m, list, call.site);
}

function reduced(m: Machine, call: Invocation, list: ListState): Value {
  const { site } = call;
  const callback = argument(call.arguments, 0);
  const given = call.arguments.values.length > 1;
  const [first, ...rest] = list.items;
  let value: Value = given ? argument(call.arguments, 1) : first ?? list.others;
  const items = given ? list.items : rest;
  for (const [index, item] of items.entries()) {
    value = m.allocator.along(index, () => m.invoke(callback, undefinedValue, callWith([value, item, literal(index + (given ? 0 : 1)), call.receiver], site), site, call.label));
  }
  if (list.others.kind === 'never') return value;
  return repeating(m, () => {
    for (let round = 0; round < 5; round++) {
      let next: Value = never;
      m.either(() => undefined, () => {
        next = m.invoke(callback, undefinedValue, callWith([value, list.others, plainHost, call.receiver], site), site, call.label);
      });
      m.reachable = true;
      const joined = m.memory.joiner.values(value, next);
      if (joined === value) break;
      value = joined;
    }
    return value;
  });
}

/** A flat copy of nested arrays, one level deep. */
function flattened(m: Machine, list: ListState, site: Site): ListState {
  const items: Value[] = [];
  let others: Value = never;
  let exact = true;
  for (const item of list.items) {
    const inner = iterate(m, item, site);
    const nested = item.kind === 'object' && item.heap.isArray;
    if (!nested) {
      if (exact) items.push(item);
      else others = m.memory.joiner.values(others, item);
      continue;
    }
    if (exact && isExact(inner)) items.push(...inner.items);
    else {
      exact = false;
      others = m.memory.joiner.all([others, ...inner.items, inner.others]);
    }
  }
  for (const member of members(list.others)) {
    const inner = member.kind === 'object' && member.heap.isArray ? m.memory.list(member.heap) : { items: [], others: member };
    others = m.memory.joiner.all([others, ...inner.items, inner.others]);
  }
  return { items, others };
}

/** A method that is not described here: what it gives may hold any of the items. */
const undescribed: Method = (m, call) => {
  mayCall(m, call.arguments.values);
  return unknownFrom(m, [call.receiver, ...call.arguments.values], call.site);
};

const methods: Readonly<Record<string, Method>> = {
  map: (m, call, list) => made(m, call, mapped(m, call, list, argument(call.arguments, 0))),
  flatMap: (m, call, list) => made(m, call, flattened(m, mapped(m, call, list, argument(call.arguments, 0)), call.site)),
  flat: (m, call, list) => made(m, call, flattened(m, list, call.site)),
  forEach: (m, call, list) => {
    mapItems(m, call, list, argument(call.arguments, 0), () => undefined);
    return undefinedValue;
  },
  filter: (m, call, list) => {
    const kept: Value[] = [];
    const decisions = new Set<boolean | undefined>();
    mapItems(m, call, list, argument(call.arguments, 0), (result, item) => {
      const keep = truth(result);
      if (keep !== false) kept.push(item);
      decisions.add(keep);
    });
    return made(m, call, !decisions.has(undefined) && isExact(list) ? { items: kept, others: never } : { items: [], others: m.memory.joiner.all(kept) });
  },
  find: (m, call, list) => {
    mapItems(m, call, list, argument(call.arguments, 0), () => undefined);
    return m.memory.joiner.all([...list.items, list.others, undefinedValue]);
  },
  some: (m, call, list) => {
    mapItems(m, call, list, argument(call.arguments, 0), () => undefined);
    return plainHost;
  },
  reduce: reduced,
  reduceRight: (m, call, list) => reduced(m, call, { items: [...list.items].reverse(), others: list.others }),
  push: (m, call, list, heap) => {
    const { arguments: args } = call;
    const added = args.others ?? never;
    for (const [index, value] of args.values.entries()) nameAdded(m, heap, value, isExact(list) && !heap.allocation.summary ? String(list.items.length + index) : undefined);
    if (isExact(list) && added.kind === 'never' && !heap.allocation.summary) m.memory.writeList(heap, { items: [...list.items, ...args.values], others: never });
    else m.memory.writeList(heap, { items: list.items, others: m.memory.joiner.all([list.others, ...args.values, added]) });
    return plainHost;
  },
  unshift: (m, call, list, heap) => {
    const { arguments: args } = call;
    if (isExact(list) && !heap.allocation.summary) m.memory.writeList(heap, { items: [...args.values, ...list.items], others: args.others ?? never });
    else m.memory.writeList(heap, inAnyOrder(m, { items: [...args.values, ...list.items], others: m.memory.joiner.values(list.others, args.others ?? never) }));
    return plainHost;
  },
  pop: (m, call, list, heap) => {
    if (!isExact(list) || heap.allocation.summary) return anyItem(m, list);
    m.memory.writeList(heap, { items: list.items.slice(0, -1), others: never });
    return list.items.at(-1) ?? undefinedValue;
  },
  shift: (m, call, list, heap) => {
    if (!isExact(list) || heap.allocation.summary) return anyItem(m, list);
    m.memory.writeList(heap, { items: list.items.slice(1), others: never });
    return list.items[0] ?? undefinedValue;
  },
  at: (m, call, list) => {
    const index = argument(call.arguments, 0);
    if (index.kind !== 'literal' || typeof index.value !== 'number' || !isExact(list)) return anyItem(m, list);
    return list.items.at(index.value) ?? undefinedValue;
  },
  slice: (m, call, list) => {
    const [from, to] = [argument(call.arguments, 0), argument(call.arguments, 1)].map(bound);
    if (!isExact(list) || from === null || to === null) return made(m, call, inAnyOrder(m, list));
    return made(m, call, { items: list.items.slice(from, to), others: never });
  },
  splice: (m, call, list, heap) => {
    const { arguments: args } = call;
    m.memory.writeList(heap, inAnyOrder(m, { items: [...list.items, ...args.values.slice(2)], others: list.others }));
    return made(m, call, inAnyOrder(m, list));
  },
  concat: (m, call, list) => made(m, call, flattened(m, { items: [{ kind: 'object', heap: (call.receiver as Extract<Value, { kind: 'object' }>).heap }, ...call.arguments.values], others: list.others.kind === 'never' ? call.arguments.others ?? never : list.others }, call.site)),
  reverse: (m, call, list, heap) => {
    if (isExact(list)) m.memory.writeList(heap, { items: [...list.items].reverse(), others: never });
    else m.memory.writeList(heap, inAnyOrder(m, list));
    return call.receiver;
  },
  sort: (m, call, list, heap) => {
    m.memory.writeList(heap, inAnyOrder(m, list));
    return call.receiver;
  },
  toReversed: (m, call, list) => made(m, call, isExact(list) ? { items: [...list.items].reverse(), others: never } : inAnyOrder(m, list)),
  toSorted: (m, call, list) => made(m, call, inAnyOrder(m, list)),
  toSpliced: (m, call, list) => made(m, call, inAnyOrder(m, { items: [...list.items, ...call.arguments.values.slice(2)], others: list.others })),
  with: (m, call, list) => made(m, call, inAnyOrder(m, { items: [...list.items, argument(call.arguments, 1)], others: list.others })),
  fill: (m, call, list, heap) => {
    const value = argument(call.arguments, 0);
    const whole = call.arguments.values.length < 2;
    m.memory.writeList(heap, isExact(list) && whole ? { items: list.items.map(() => value), others: never } : !whole ? inAnyOrder(m, { items: [...list.items, value], others: list.others }) : { items: [], others: m.memory.joiner.values(list.others, value) });
    return call.receiver;
  },
  entries: (m, call, list) => made(m, call, {
    items: list.items.map((item, index) => m.allocator.along(index, () => made(m, call, { items: [literal(index), item], others: never }))),
    others: list.others.kind === 'never' ? never : m.allocator.along('others', () => made(m, call, { items: [plainHost, list.others], others: never })),
  }),
  values: (m, call, list) => made(m, call, list),
  keys: (m, call, list) => made(m, call, { items: list.items.map((_, index) => literal(index)), others: list.others.kind === 'never' ? never : plainHost }),
  join: (_m, _call, list) => {
    const read = firstRead(list);
    if (read !== undefined) roughen('join', [read]);
    return host(read);
  },
  includes: () => plainHost,
  indexOf: () => plainHost,
  findIndex: (m, call, list) => {
    mapItems(m, call, list, argument(call.arguments, 0), () => undefined);
    return plainHost;
  },
};
const aliases = { every: 'some', findLast: 'find', findLastIndex: 'findIndex', lastIndexOf: 'indexOf' } as const;
for (const [alias, name] of Object.entries(aliases)) Object.assign(methods, { [alias]: methods[name] });

function firstRead(list: ListState) {
  const read = [...list.items, list.others].find((item) => item.kind === 'host');
  return read?.kind === 'host' ? read.node : undefined;
}

/** An index as a number, undefined when left out, null when it is not known. */
function bound(value: Value): number | undefined | null {
  if (value.kind !== 'literal') return null;
  return typeof value.value === 'number' ? value.value : undefined;
}
