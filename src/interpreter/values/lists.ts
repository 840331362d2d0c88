/** Arrays as lists of items. */
import type { HeapObject, ListState, ObjectValue, Value } from '../../domain/value.ts';
import { countOf, host, literal, never, undefinedValue } from '../../domain/values.ts';
import type { Literal, Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { operandNodes } from './reach.ts';

/** An array of more items than this is taken as a whole. */
export const longest = 64;

/** `numbers`: what a typed array makes of what is written to it. */
type Numbers = (value: unknown) => Literal;

export function array(m: Machine, list: ListState, site: Site, numbers?: Numbers): ObjectValue {
  const heap = m.heap(numbers === undefined ? { kind: 'array' } : { kind: 'array', numbers }, site);
  m.memory.writeList(heap, list);
  return { kind: 'object', heap };
}

/** As `array`, of one that the program makes where it is written. */
export function ownArray(m: Machine, list: ListState, site: Site): ObjectValue {
  const heap = m.own({ kind: 'array' }, site);
  m.memory.writeList(heap, list);
  return { kind: 'object', heap };
}

/** As `array`, of one that is known by its type. */
export function declaredArray(m: Machine, list: ListState, site: Site): ObjectValue {
  const heap = m.heap({ kind: 'array', declared: true }, site);
  m.memory.writeList(heap, list);
  return { kind: 'object', heap };
}

/** The item at a place; behind those that are known there may be none. */
export function itemAt(m: Machine, list: ListState, index: number): Value {
  return list.items[index] ?? m.memory.joiner.values(list.others, undefinedValue);
}

/** The place that a key names, if it is one: `'01'` and `'-1'` are names like any other. */
export function arrayIndex(name: string): number | undefined {
  const index = Number(name);
  return Number.isInteger(index) && index >= 0 && String(index) === name ? index : undefined;
}

/** All items are known, each at its place. */
export function isExact(list: ListState): boolean {
  return list.others.kind === 'never';
}

/** Items of which it is not known which are there. */
export function inAnyOrder(m: Machine, list: ListState): ListState {
  return { items: [], others: m.memory.joiner.all([...list.items, list.others]) };
}

/** A list that is as long as another one. */
export function asLong(list: ListState, as: ListState): ListState {
  const count = countOf(as);
  return count === undefined || isExact(list) ? list : { ...list, count };
}

/** What stands at a place that is not known, where nothing may be. */
export function anyItem(m: Machine, list: ListState): Value {
  return m.memory.joiner.all([...list.items, list.others, undefinedValue]);
}

/** What stands from a place on, in any order. */
export function remaining(m: Machine, list: ListState, from: number): Value {
  return m.memory.joiner.all([...list.items.slice(from), list.others]);
}

export function isArguments({ form }: HeapObject): boolean {
  return form.kind === 'array' && form.arguments === true;
}

export function isCollection({ form }: HeapObject): boolean {
  return form.kind === 'map' || form.kind === 'set';
}

export function isDeclared({ form }: HeapObject): boolean {
  return form.kind === 'array' && form.declared === true;
}

export function numbersIn({ form }: HeapObject): Numbers | undefined {
  return form.kind === 'array' ? form.numbers : undefined;
}

/** What an array holds once a value has been written to it: in a typed array, a number of its type. */
export function stored(m: Machine, heap: HeapObject, value: Value): Value {
  const numbers = numbersIn(heap);
  if (numbers === undefined) return value;
  if (value.kind === 'literal') return typeof value.value === 'bigint' ? host(undefined) : literal(numbers(value.value));
  if (value.kind === 'host' || value.kind === 'never') return value;
  const nodes = operandNodes(m, value);
  if (nodes.length === 0) return host(undefined);
  return nodes.slice(1).reduce<Value>((joined, node) => m.memory.joiner.values(joined, host(node)), host(nodes[0]));
}

/** Cuts an array to a length, or lengthens it by holes. */
export function resized(m: Machine, list: ListState, length: Value): ListState {
  const wanted = length.kind === 'literal' && typeof length.value === 'number' ? length.value : undefined;
  if (wanted === undefined) return { items: [], others: anyItem(m, list) };
  if (wanted <= list.items.length) return { items: list.items.slice(0, wanted), others: never };
  return { items: list.items, others: m.memory.joiner.values(list.others, undefinedValue) };
}
