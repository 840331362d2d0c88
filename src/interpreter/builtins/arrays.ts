/** Arrays: their items and methods. */
import { argument, callWith } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { invoke, mayCall } from '../functions.ts';
import { fixpoint } from '../loops.ts';
import type { Machine } from '../machine.ts';
import { nameAdded } from '../naming.ts';
import { itemAt } from '../patterns.ts';
import type { Site } from '../../program/ir.ts';
import { unknownFrom } from '../unknown.ts';
import { roughen } from './smooth.ts';
import { type HeapObject, type ListState, type NativeValue, type Value, host, literal, members, never, plainHost, truth, undefinedValue } from '../../domain/value.ts';

/** `array[key]`; undefined where the array has nothing of its own under the key. */
export function arrayMember(m: Machine, heap: HeapObject, name: string | undefined, key: Value): Value | undefined {
  const list = m.list(heap);
  if (name === undefined || key.kind !== 'literal') return anyItem(m, list);
  if (name === 'length') return isExact(list) && !heap.summary ? literal(list.items.length) : plainHost;
  const index = Number(name);
  if (Number.isInteger(index)) return index < 0 ? undefinedValue : itemAt(m, list, index);
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined && !(name in Array.prototype)) return heap.properties.has(name) ? undefined : undefinedValue;
  const object: Value = { kind: 'object', heap };
  const native: NativeValue = { kind: 'native', name, call: (invocation) => (method ?? undescribed)({ ...invocation, receiver: object }, m.list(heap), heap) };
  return native;
}

function isExact(list: ListState): boolean {
  return list.others.kind === 'never';
}

function anyItem(m: Machine, list: ListState): Value {
  const all = m.joiner.all([...list.items, list.others]);
  return all.kind === 'never' ? undefinedValue : all;
}

type Method = (call: Invocation, list: ListState, heap: HeapObject) => Value;

/** Calls a function for each item, one by one, then for all others; gives what it returns for them. */
function mapItems(call: Invocation, list: ListState, callback: Value, each: (result: Value, item: Value, index: number | undefined) => void): void {
  const { machine: m, site } = call;
  const self = call.receiver;
  for (const [index, item] of list.items.entries()) {
    if (!m.reachable) return;
    each(m.along(index, () => invoke(m, callback, undefinedValue, callWith([item, literal(index), self], site), site, call.label)), item, index);
  }
  if (list.others.kind === 'never') return;
  fixpoint(m, () => {
    each(invoke(m, callback, undefinedValue, callWith([list.others, plainHost, self], site), site, call.label), list.others, undefined);
  });
}

function mapped(call: Invocation, list: ListState, callback: Value): ListState {
  const items: Value[] = [];
  let others: Value = never;
  mapItems(call, list, callback, (result, _, index) => {
    if (index === undefined) others = call.machine.joiner.values(others, result);
    else items.push(result);
  });
  return { items, others };
}

function array(call: Invocation, list: ListState, site: Site = call.site): Value {
  return call.machine.realm.array(call.machine, list, site);
}

/** Items of which it is not known which are there. */
function some(m: Machine, list: ListState): ListState {
  return { items: [], others: m.joiner.all([...list.items, list.others]) };
}

function reduced(call: Invocation, list: ListState): Value {
  const { machine: m, site } = call;
  const callback = argument(call.arguments, 0);
  const given = call.arguments.values.length > 1;
  const [first, ...rest] = list.items;
  let value: Value = given ? argument(call.arguments, 1) : first ?? list.others;
  const items = given ? list.items : rest;
  for (const [index, item] of items.entries()) {
    value = m.along(index, () => invoke(m, callback, undefinedValue, callWith([value, item, literal(index + (given ? 0 : 1)), call.receiver], site), site, call.label));
  }
  if (list.others.kind === 'never') return value;
  return m.untilFixpoint(() => {
    for (let round = 0; round < 5; round++) {
      let next: Value = never;
      m.either(() => undefined, () => {
        next = invoke(m, callback, undefinedValue, callWith([value, list.others, plainHost, call.receiver], site), site, call.label);
      });
      m.reachable = true;
      const joined = m.joiner.values(value, next);
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
    const inner = m.realm.iterate(m, item, site);
    const nested = item.kind === 'object' && item.heap.form === 'array';
    if (!nested) {
      if (exact) items.push(item);
      else others = m.joiner.values(others, item);
      continue;
    }
    if (exact && isExact(inner)) items.push(...inner.items);
    else {
      exact = false;
      others = m.joiner.all([others, ...inner.items, inner.others]);
    }
  }
  for (const member of members(list.others)) {
    const inner = member.kind === 'object' && member.heap.form === 'array' ? m.list(member.heap) : { items: [], others: member };
    others = m.joiner.all([others, ...inner.items, inner.others]);
  }
  return { items, others };
}

/** A method that is not described here: what it gives may hold any of the items. */
const undescribed: Method = (call) => {
  mayCall(call.machine, call.arguments.values);
  return unknownFrom(call.machine, [call.receiver, ...call.arguments.values], call.site);
};

const methods: Readonly<Record<string, Method>> = {
  map: (call, list) => array(call, mapped(call, list, argument(call.arguments, 0))),
  flatMap: (call, list) => array(call, flattened(call.machine, mapped(call, list, argument(call.arguments, 0)), call.site)),
  flat: (call, list) => array(call, flattened(call.machine, list, call.site)),
  forEach: (call, list) => {
    mapItems(call, list, argument(call.arguments, 0), () => undefined);
    return undefinedValue;
  },
  filter: (call, list) => {
    const kept: Value[] = [];
    const decisions = new Set<boolean | undefined>();
    mapItems(call, list, argument(call.arguments, 0), (result, item) => {
      const keep = truth(result);
      if (keep !== false) kept.push(item);
      decisions.add(keep);
    });
    return array(call, !decisions.has(undefined) && isExact(list) ? { items: kept, others: never } : { items: [], others: call.machine.joiner.all(kept) });
  },
  find: (call, list) => {
    mapItems(call, list, argument(call.arguments, 0), () => undefined);
    return call.machine.joiner.all([...list.items, list.others, undefinedValue]);
  },
  some: (call, list) => {
    mapItems(call, list, argument(call.arguments, 0), () => undefined);
    return plainHost;
  },
  reduce: reduced,
  reduceRight: (call, list) => reduced(call, { items: [...list.items].reverse(), others: list.others }),
  push: (call, list, heap) => {
    const { machine: m, arguments: args } = call;
    const added = args.others ?? never;
    for (const [index, value] of args.values.entries()) nameAdded(m, heap, value, isExact(list) && !heap.summary ? String(list.items.length + index) : undefined);
    if (isExact(list) && added.kind === 'never' && !heap.summary) m.writeList(heap, { items: [...list.items, ...args.values], others: never });
    else m.writeList(heap, { items: list.items, others: m.joiner.all([list.others, ...args.values, added]) });
    return plainHost;
  },
  unshift: (call, list, heap) => {
    const { machine: m, arguments: args } = call;
    if (isExact(list) && !heap.summary) m.writeList(heap, { items: [...args.values, ...list.items], others: args.others ?? never });
    else m.writeList(heap, some(m, { items: [...args.values, ...list.items], others: m.joiner.values(list.others, args.others ?? never) }));
    return plainHost;
  },
  pop: (call, list, heap) => {
    const { machine: m } = call;
    if (!isExact(list) || heap.summary) return anyItem(m, list);
    m.writeList(heap, { items: list.items.slice(0, -1), others: never });
    return list.items.at(-1) ?? undefinedValue;
  },
  shift: (call, list, heap) => {
    const { machine: m } = call;
    if (!isExact(list) || heap.summary) return anyItem(m, list);
    m.writeList(heap, { items: list.items.slice(1), others: never });
    return list.items[0] ?? undefinedValue;
  },
  at: (call, list) => {
    const index = argument(call.arguments, 0);
    if (index.kind !== 'literal' || typeof index.value !== 'number' || !isExact(list)) return anyItem(call.machine, list);
    return list.items.at(index.value) ?? undefinedValue;
  },
  slice: (call, list) => {
    const [from, to] = [argument(call.arguments, 0), argument(call.arguments, 1)].map(bound);
    if (!isExact(list) || from === null || to === null) return array(call, some(call.machine, list));
    return array(call, { items: list.items.slice(from, to), others: never });
  },
  splice: (call, list, heap) => {
    const { machine: m, arguments: args } = call;
    m.writeList(heap, some(m, { items: [...list.items, ...args.values.slice(2)], others: list.others }));
    return array(call, some(m, list));
  },
  concat: (call, list) => array(call, flattened(call.machine, { items: [{ kind: 'object', heap: (call.receiver as Extract<Value, { kind: 'object' }>).heap }, ...call.arguments.values], others: list.others.kind === 'never' ? call.arguments.others ?? never : list.others }, call.site)),
  reverse: (call, list, heap) => {
    if (isExact(list)) call.machine.writeList(heap, { items: [...list.items].reverse(), others: never });
    else call.machine.writeList(heap, some(call.machine, list));
    return call.receiver;
  },
  sort: (call, list, heap) => {
    call.machine.writeList(heap, some(call.machine, list));
    return call.receiver;
  },
  toReversed: (call, list) => array(call, isExact(list) ? { items: [...list.items].reverse(), others: never } : some(call.machine, list)),
  toSorted: (call, list) => array(call, some(call.machine, list)),
  toSpliced: (call, list) => array(call, some(call.machine, { items: [...list.items, ...call.arguments.values.slice(2)], others: list.others })),
  with: (call, list) => array(call, some(call.machine, { items: [...list.items, argument(call.arguments, 1)], others: list.others })),
  fill: (call, list, heap) => {
    const { machine: m } = call;
    const value = argument(call.arguments, 0);
    const whole = call.arguments.values.length < 2;
    m.writeList(heap, isExact(list) && whole ? { items: list.items.map(() => value), others: never } : !whole ? some(m, { items: [...list.items, value], others: list.others }) : { items: [], others: m.joiner.values(list.others, value) });
    return call.receiver;
  },
  entries: (call, list) => array(call, {
    items: list.items.map((item, index) => call.machine.along(index, () => array(call, { items: [literal(index), item], others: never }))),
    others: list.others.kind === 'never' ? never : call.machine.along('others', () => array(call, { items: [plainHost, list.others], others: never })),
  }),
  values: (call, list) => array(call, list),
  keys: (call, list) => array(call, { items: list.items.map((_, index) => literal(index)), others: list.others.kind === 'never' ? never : plainHost }),
  join: (_, list) => {
    const read = firstRead(list);
    if (read !== undefined) roughen('join', [read]);
    return host(read);
  },
  includes: () => plainHost,
  indexOf: () => plainHost,
  findIndex: (call, list) => {
    mapItems(call, list, argument(call.arguments, 0), () => undefined);
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
