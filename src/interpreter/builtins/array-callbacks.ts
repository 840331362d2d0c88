/** Methods of arrays that call a function for the items. */
import { Cell } from '../../domain/cell.ts';
import { argument, callWith } from '../../domain/invocation.ts';
import type { HeapObject, Invocation, ListState, Value } from '../../domain/value.ts';
import { literal, members, never, plainHost, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { fixpoint, fixpointOfResults, Gathered } from '../fixpoint.ts';
import type { Machine } from '../machine/machine.ts';
import { asLong, inAnyOrder, isExact, longest, remaining } from '../values/lists.ts';
import { unknownFrom } from '../values/unknown.ts';
import { madeLike, type Method } from './array-method.ts';
import { iterate } from './iteration.ts';

/** Calls the function for one item; an index that is not known is undefined. */
function callBack(m: Machine, call: Invocation, item: Value, index: number | undefined): Value {
  const { site, arguments: args } = call;
  const place = index === undefined ? plainHost : literal(index);
  return m.invoke(argument(args, 0), argument(args, 1), callWith([item, place, call.receiver], site), site, call.label);
}

/** Takes an item; without an index, any number of items. What it gives somebody may hold afterwards. */
type Turn = (item: Value, index: number | undefined) => Value;

/**
 * Goes through an array as `forEach` does: as far as it reached at the beginning, each item as it is when its turn comes.
 * One that is gone by then is passed over, and so are holes, which are among the others.
 */
function eachItem(m: Machine, heap: HeapObject, list: ListState, body: Turn): void {
  const passage = m.semantics.passage(heap, m.depth + 1);
  const turn: Turn = passage === undefined ? body : (item, index) => {
    let given: Value = never;
    passage.turn(item, (one) => { given = body(one, index); });
    return given;
  };
  const start = list.items.length > longest ? inAnyOrder(m, list) : list;
  for (let index = 0; index < start.items.length && m.reachable; index++) {
    const now = m.memory.list(heap);
    const item = now.items[index];
    const one = (value: Value) => (): void => { m.allocator.along(index, () => { turn(value, index); }); };
    if (item !== undefined) one(item)();
    else if (!isExact(now)) m.either(() => undefined, one(now.others));
  }
  if (!isExact(start)) fixpointOfResults(m, () => {
    const rest = remaining(m, m.memory.list(heap), start.items.length);
    return rest.kind === 'never' ? never : turn(rest, undefined);
  });
  passage?.end();
}

/** What a function makes of the items; from one that is passed over on, in which order is not known. */
function mapped(m: Machine, call: Invocation, list: ListState, heap: HeapObject): ListState {
  const items: Value[] = [];
  const gathered = new Gathered(m);
  eachItem(m, heap, list, (item, index) => {
    // Where it may be gone by now, what is made of it is there or not.
    const isThere = index !== undefined && m.memory.list(heap).items[index] !== undefined;
    const result = callBack(m, call, item, index);
    if (isThere && index === items.length) items.push(result);
    else gathered.add(result);
    return result;
  });
  const others = gathered.all;
  const whole = isExact(list) && list.items.length <= longest;
  return asLong(whole && items.length < list.items.length ? { items, others: m.memory.joiner.values(others, undefinedValue) } : { items, others }, list);
}

function reduce(m: Machine, call: Invocation, list: ListState, heap: HeapObject, indices: readonly number[]): Value {
  const { site, arguments: args } = call;
  const given = args.values.length > 1;
  const [first = 0, ...rest] = indices;
  let value: Value = given ? argument(args, 1) : list.items[first] ?? list.others;
  if (value.kind === 'never') return unknownFrom(m, [call.receiver], site);
  const next = (item: Value, index: number | undefined): Value => m.invoke(argument(args, 0), undefinedValue, callWith([value, item, index === undefined ? plainHost : literal(index), call.receiver], site), site, call.label);
  for (const index of given ? indices : rest) {
    const now = m.memory.list(heap);
    const item = now.items[index];
    if (item !== undefined) value = m.allocator.along(index, () => next(item, index));
    else if (!isExact(now)) value = m.eitherValue(() => value, () => m.allocator.along(index, () => next(now.others, index)));
  }
  if (isExact(list)) return value;
  const held = new Cell('reduced');
  m.memory.write(held, value);
  fixpoint(m, () => {
    value = m.memory.read(held) ?? value;
    const item = remaining(m, m.memory.list(heap), indices.length);
    if (item.kind !== 'never') m.memory.write(held, next(item, undefined));
  });
  return m.memory.read(held) ?? value;
}

/** What is looked for: an item for which the function says so, and what is given for it, or where there is none. */
interface Search {
  readonly hit: boolean;
  readonly backwards: boolean;
  readonly found: (item: Value, index: number | undefined) => Value;
  /** What becomes of an item that is gone when its turn comes. */
  readonly gone: 'undefined' | 'passed over';
  readonly missed: Value;
}

/** Goes through the items until one is found: what stands behind it is not called for. */
function search(m: Machine, call: Invocation, list: ListState, heap: HeapObject, wanted: Search): Value {
  const order = isExact(list) && list.items.length <= longest ? list : wanted.backwards || list.items.length > longest ? inAnyOrder(m, list) : list;
  const indices = wanted.backwards ? [...order.items.keys()].reverse() : [...order.items.keys()];
  const from = (turn: number): Value => {
    const index = indices[turn];
    if (!m.reachable) return never;
    if (index === undefined) return beyond(m, call, order, heap, wanted);
    const now = m.memory.list(heap);
    const present = now.items[index];
    if (present === undefined && wanted.gone === 'passed over') return isExact(now) ? from(turn + 1) : m.eitherValue(() => from(turn + 1), () => ask(turn, index, now.others));
    return ask(turn, index, present ?? m.memory.joiner.values(now.others, undefinedValue));
  };
  const ask = (turn: number, index: number, item: Value): Value => {
    const holds = truth(m.allocator.along(index, () => callBack(m, call, item, index)));
    if (holds === wanted.hit) return wanted.found(item, index);
    return holds === undefined ? m.eitherValue(() => wanted.found(item, index), () => from(turn + 1)) : from(turn + 1);
  };
  return from(0);
}

/** The search among items of which only the join is known. */
function beyond(m: Machine, call: Invocation, list: ListState, heap: HeapObject, { found, missed }: Search): Value {
  if (isExact(list)) return missed;
  let result = missed;
  fixpoint(m, () => {
    const item = remaining(m, m.memory.list(heap), list.items.length);
    if (item.kind === 'never') return;
    callBack(m, call, item, undefined);
    result = m.memory.joiner.values(result, found(item, undefined));
  });
  return result;
}

function searching(wanted: Search): Method {
  return (m, call, list, heap) => search(m, call, list, heap, wanted);
}

const item = { hit: true, gone: 'undefined', found: (value: Value) => value, missed: undefinedValue } as const;
const place = { hit: true, gone: 'undefined', found: (_: Value, index: number | undefined) => (index === undefined ? plainHost : literal(index)), missed: literal(-1) } as const;

/** A copy of nested arrays, so many levels deep; undefined: of a depth that is not known. */
export function flattened(m: Machine, list: ListState, site: Site, depth: number | undefined): ListState {
  if (depth !== undefined && depth < 1) return list;
  const items: Value[] = [];
  let others: Value = never;
  const add = (value: Value, inOrder: boolean): void => {
    const inner = members(value).map((member) => (isArray(member) ? flattened(m, iterate(m, member, site), site, depth === undefined ? 0 : depth - 1) : { items: [member], others: never })).reduce(m.memory.joiner.lists.bind(m.memory.joiner));
    if (inOrder && !members(value).some(mayBeArray) && depth !== undefined && others.kind === 'never') {
      for (const item of inner.items) items.push(item);
      others = inner.others;
    } else others = m.memory.joiner.all([others, ...inner.items, inner.others, ...depth === undefined ? [value] : []]);
  };
  for (const value of list.items) add(value, true);
  if (list.others.kind !== 'never') add(list.others, false);
  return { items, others };
}

/** Nothing is known of its items. */
function mayBeArray(value: Value): boolean {
  return value.kind === 'unknown' || (value.kind === 'host' && value.lengths?.length !== 0);
}

function isArray(value: Value): boolean {
  return value.kind === 'object' && value.heap.isArray;
}

export const callbackMethods: Readonly<Record<string, Method>> = {
  map: (m, call, list, heap) => madeLike(m, call, heap, mapped(m, call, list, heap)),
  flatMap: (m, call, list, heap) => madeLike(m, call, heap, flattened(m, mapped(m, call, list, heap), call.site, 1)),
  forEach: (m, call, list, heap) => {
    eachItem(m, heap, list, (value, index) => {
      callBack(m, call, value, index);
      return undefinedValue;
    });
    return undefinedValue;
  },
  filter: (m, call, list, heap) => {
    const kept: Value[] = [];
    const decisions = new Set<boolean | undefined>();
    eachItem(m, heap, list, (value, index) => {
      const keep = truth(callBack(m, call, value, index));
      if (keep !== false) kept.push(value);
      decisions.add(index === undefined ? undefined : keep);
      return undefinedValue;
    });
    const exact = !decisions.has(undefined) && isExact(list) && isExact(m.memory.list(heap));
    return madeLike(m, call, heap, exact ? { items: kept, others: never } : { items: [], others: m.memory.joiner.all(kept) });
  },
  find: searching({ ...item, backwards: false }),
  findLast: searching({ ...item, backwards: true }),
  findIndex: searching({ ...place, backwards: false }),
  findLastIndex: searching({ ...place, backwards: true }),
  some: searching({ hit: true, backwards: false, gone: 'passed over', found: () => literal(true), missed: literal(false) }),
  every: searching({ hit: false, backwards: false, gone: 'passed over', found: () => literal(false), missed: literal(true) }),
  reduce: (m, call, list, heap) => reduce(m, call, list, heap, [...list.items.keys()]),
  reduceRight: (m, call, list, heap) => {
    const known = isExact(list);
    return reduce(m, call, known ? list : inAnyOrder(m, list), heap, known ? [...list.items.keys()].reverse() : []);
  },
};
