/** Arrays as lists of items. */
import type { ListState, ObjectValue, Value } from '../../domain/value.ts';
import { never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';

export function array(m: Machine, list: ListState, site: Site): ObjectValue {
  const heap = m.heap({ kind: 'array' }, site);
  m.memory.writeList(heap, list);
  return { kind: 'object', heap };
}

export function itemAt(m: Machine, list: ListState, index: number): Value {
  const known = list.items[index];
  if (known !== undefined) return known;
  return list.others.kind === 'never' ? undefinedValue : m.memory.joiner.values(list.others, never);
}

/** All items are known, each at its place. */
export function isExact(list: ListState): boolean {
  return list.others.kind === 'never';
}

/** Items of which it is not known which are there. */
export function inAnyOrder(m: Machine, list: ListState): ListState {
  return { items: [], others: m.memory.joiner.all([...list.items, list.others]) };
}

export function anyItem(m: Machine, list: ListState): Value {
  const all = m.memory.joiner.all([...list.items, list.others]);
  return all.kind === 'never' ? undefinedValue : all;
}
