/** What makes arrays: `new Array`, `Array.of`, `Array.from`. */
import { argument, callWith } from '../../../domain/invocation.ts';
import type { Invocation, ListState, ObjectValue, Value } from '../../../domain/value.ts';
import { amountOf, host, literal, members, never, plainHost, undefinedValue } from '../../../domain/values.ts';
import type { Site } from '../../../program/ir.ts';
import { fixpoint, Gathered } from '../../fixpoint.ts';
import type { Machine } from '../../machine/machine.ts';
import { asLong, isExact, ownArray, remaining } from '../../values/lists.ts';
import { unknownProperties } from '../../values/properties.ts';
import { unknownFrom } from '../../values/unknown.ts';
import { iterate, ownIterator } from '../iteration.ts';
import { type Native, otherThanDeclared } from '../unfollowed.ts';

export function made(m: Machine, call: Invocation, list: ListState): Value {
  return ownArray(m, list, call.site);
}

/** `Array.from(source, map)`, `Float32Array.from(…)`. */
export const arrayFrom: Native = (m, call) => {
  const { site, arguments: args } = call;
  const [source, callback, self] = [argument(args, 0), argument(args, 1), argument(args, 2)];
  const make = (item: Value, index: number | undefined): Value => m.invoke(callback, self, callWith([item, index === undefined ? plainHost : literal(index)], site), site, call.label);
  const own = callback.kind === 'literal' ? undefined : ownIterator(m, source, site);
  if (own !== undefined) return made(m, call, own.rest((item, index) => own.closing(() => make(item, index))));
  const list = source.kind === 'object' && source.heap.isRecord ? counted(m, source, site) : iterate(m, source, site);
  // What it gives may grow.
  if (callback.kind === 'literal') return source.kind === 'host' && source.lengths?.length !== 1 ? host(source.node) : made(m, call, list);
  const before = source.kind === 'object' && source.heap.isArray ? m.memory.list(source.heap) : undefined;
  const now = (): ListState => (before === undefined || source.kind !== 'object' ? list : m.memory.list(source.heap));
  const items: Value[] = [];
  for (let item = now().items[0]; item !== undefined && items.length < list.items.length && m.reachable; item = now().items[items.length]) {
    const [present, index] = [item, items.length];
    items.push(m.allocator.along(index, () => make(present, index)));
  }
  const gathered = new Gathered(m);
  if (!isExact(now()) || now().items.length > items.length) fixpoint(m, () => { gathered.add(make(remaining(m, now(), items.length), undefined)); });
  const others = gathered.all;
  // What it gives where the function has changed it is not followed.
  const isChanged = source.kind === 'object' && source.heap.isArray && m.memory.list(source.heap) !== before;
  return made(m, call, isChanged ? { items: [], others: m.memory.joiner.all([...items, others, unknownFrom(m, [source], site)]) } : asLong({ items, others }, list));
};

/** `{ length: n }`, perhaps with something under its indices. An object that is iterable says itself what is in it. */
function counted(m: Machine, source: ObjectValue, site: Site): ListState {
  const cell = source.heap.properties.get('length');
  const length = cell === undefined ? undefined : m.memory.read(cell);
  if (length === undefined) return { items: [], others: unknownFrom(m, [source], site) };
  if (length.kind === 'literal' && typeof length.value === 'number' && length.value >= 0 && length.value <= 8) {
    return { items: Array.from({ length: Math.trunc(length.value) }, (_, index) => m.getMember(source, literal(String(index)), site)), others: never };
  }
  const count = amountOf(length);
  const whole = count === undefined || (typeof count === 'number' && (!Number.isInteger(count) || count <= 0)) ? {} : { count };
  const isBare = source.heap.properties.size === 1 && source.heap.open === undefined && unknownProperties(m, source.heap).kind === 'never';
  return { items: [], others: isBare ? undefinedValue : m.getMember(source, plainHost, site), ...whole };
}

/** `new Array(n)`: so many holes; of anything but a number, an array of the arguments. */
export const newArray: Native = (m, call) => {
  const { values, others } = call.arguments;
  const [first] = values;
  const isCount = values.length === 1 && others === undefined && (first?.kind === 'host' || first?.kind === 'unknown' || first?.kind === 'union' || (first?.kind === 'literal' && typeof first.value === 'number'));
  if (!isCount) return made(m, call, { items: values, others: others ?? never });
  if (first.kind === 'host' && first.is !== undefined) return made(m, call, { items: [], others: undefinedValue, count: first.is });
  if (first.kind !== 'literal') return made(m, call, { items: [], others: m.memory.joiner.values(first, undefinedValue) });
  return made(m, call, first.value === 0 ? { items: [], others: never } : { items: [], others: undefinedValue, count: Number(first.value) });
};

export const arrayOf: Native = (m, call) => made(m, call, { items: call.arguments.values, others: call.arguments.others ?? never });

/** Called on another constructor, such a function makes what that one makes. */
export const makingOwn = (name: string, make: Native): Native => (m, call) => {
  const isOther = (by: Value): boolean => by.kind === 'closure' || by.kind === 'class' || by.kind === 'unknown' || (by.kind === 'native' && by.path !== name);
  return (members(call.receiver).some(isOther) ? otherThanDeclared : make)(m, call);
};
