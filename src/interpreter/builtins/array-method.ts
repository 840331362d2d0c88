/** What the methods of arrays are, and what they make. */
import type { HeapObject, Invocation, ListState, Value } from '../../domain/value.ts';
import { countOf, isUndefined, never } from '../../domain/values.ts';
import type { Machine } from '../machine/machine.ts';
import { array, asLong, declaredArray, inAnyOrder, isDeclared, isExact, numbersIn, ownArray, stored } from '../values/lists.ts';

/** `list` and `heap` are those of the array that it is called on. */
export type Method = (m: Machine, call: Invocation, list: ListState, heap: HeapObject) => Value;

/** A new array, as the method gives one. */
export function made(m: Machine, call: Invocation, list: ListState): Value {
  return ownArray(m, list, call.site);
}

/** A new array of the same kind: of a typed array, a typed array, and of one that is known by its type, one that the same class may have made. */
export function madeLike(m: Machine, call: Invocation, heap: HeapObject, list: ListState): Value {
  const numbers = numbersIn(heap);
  if (numbers === undefined) return isDeclared(heap) ? declaredArray(m, list, call.site) : made(m, call, list);
  return array(m, asLong({ items: list.items.map((item) => stored(m, heap, item)), others: list.others.kind === 'never' ? never : stored(m, heap, list.others) }, list), call.site, numbers);
}

/** A position as the methods take one, counted from the end where it is negative; undefined when it is not known. */
export function position(value: Value, length: number, absent: number): number | undefined {
  const whole = wholeNumber(value, absent);
  if (whole === undefined) return undefined;
  return whole < 0 ? Math.max(0, length + whole) : Math.min(whole, length);
}

/** What the language makes of an argument that should be a whole number. */
export function wholeNumber(value: Value, absent: number): number | undefined {
  if (value.kind !== 'literal' || typeof value.value === 'bigint') return undefined;
  if (value.value === undefined) return absent;
  const number = Number(value.value);
  return Number.isNaN(number) ? 0 : Math.trunc(number);
}

/** The part of the items between two places. */
export function between(m: Machine, list: ListState, from: Value, to: Value): ListState {
  const length = countOf(list);
  if (typeof length !== 'number') return isUndefined(from) && isUndefined(to) ? asLong(inAnyOrder(m, list), list) : inAnyOrder(m, list);
  const [start, end] = [position(from, length, 0), position(to, length, length)];
  if (start === undefined || end === undefined) return inAnyOrder(m, list);
  return isExact(list) ? { items: list.items.slice(start, end), others: never } : { ...inAnyOrder(m, list), count: Math.max(0, end - start) };
}
