/** Typed arrays: lists of numbers of one type, whose length is fixed. */
import { argument } from '../../domain/invocation.ts';
import type { HeapObject, Invocation, ListState, Value } from '../../domain/value.ts';
import { never, plainHost, undefinedValue } from '../../domain/values.ts';
import type { Literal } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { array, asLong, inAnyOrder, isExact, stored } from '../values/lists.ts';
import { operandsAmong } from '../values/reach.ts';
import { unknownFrom } from '../values/unknown.ts';
import { callbackMethods } from './array-callbacks.ts';
import { changingMethods, copyingMethods } from './array-changes.ts';
import { between, madeLike, type Method } from './array-method.ts';
import { iterate } from './iteration.ts';
import { iterator, picks } from './iterators.ts';
import { roughen } from './smooth.ts';

const constructors = { Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array };
export type TypedName = keyof typeof constructors;

export const typedNames = Object.keys(constructors) as TypedName[];

/** What all of them have. */
export const typedPrototype: object = Float32Array.prototype;

/** What each of them makes of what is written to it; the same function for the same type. */
const conversions = Object.fromEntries(typedNames.map((name) => [name, (value: unknown): Literal => new constructors[name]([value as number])[0]])) as Record<TypedName, (value: unknown) => Literal>;

const whole = (name: TypedName): boolean => !name.startsWith('Float');

/** A typed array of some values. What is not whole is cut off in most of them. */
export function typedArray(m: Machine, name: TypedName, list: ListState, call: Invocation): Value {
  if (whole(name)) roughen(name, [...operandsAmong(m, [...list.items, list.others])]);
  const made = array(m, { items: [], others: never }, call.site, conversions[name]);
  const numbers: ListState = { items: list.items.map((item) => stored(m, made.heap, item)), others: list.others.kind === 'never' ? never : stored(m, made.heap, list.others) };
  m.memory.writeList(made.heap, asLong(numbers, list));
  return made;
}

/** `new Float32Array(…)`: of so many zeros, of the items of a list, or over a buffer that others may write to. */
export function newTypedArray(name: TypedName): (m: Machine, call: Invocation) => Value {
  return (m, call) => {
    const first = argument(call.arguments, 0);
    if (first.kind === 'literal' && (first.value === undefined || typeof first.value === 'number')) return typedArray(m, name, zeros(first.value ?? 0), call);
    if (first.kind === 'host' && first.is !== undefined) return typedArray(m, name, { items: [], others: plainHost, count: first.is }, call);
    if (first.kind === 'host' && first.node !== undefined) {
      if (whole(name)) roughen(name, [first.node]);
      return first;
    }
    if (first.kind === 'object' && !first.heap.isRecord) return typedArray(m, name, iterate(m, first, call.site), call);
    return first.kind === 'unknown' || first.kind === 'object' ? unknownFrom(m, [first], call.site) : typedArray(m, name, { items: [], others: plainHost }, call);
  };
}

/** So many: a number of them that is none is refused. */
function zeros(count: number): ListState {
  if (count === 0) return { items: [], others: never };
  return Number.isInteger(count) && count > 0 ? { items: [], others: plainHost, count } : { items: [], others: plainHost };
}

/** What is no method: the memory, to which whoever has it may write anything, and facts about it. */
export function typedProperty(m: Machine, heap: HeapObject, name: string): Value | undefined {
  if (name === 'byteLength' || name === 'byteOffset' || name === 'BYTES_PER_ELEMENT') return plainHost;
  if (name !== 'buffer') return undefined;
  const memory = unknownFrom(m, [{ kind: 'object', heap }], heap.site);
  m.memory.writeList(heap, { items: [], others: m.memory.joiner.values(inAnyOrder(m, m.memory.list(heap)).others, memory) });
  return memory;
}

/** `set(source, offset)`. */
const set: Method = (m, { arguments: args, site }, list, heap) => {
  const source = iterate(m, argument(args, 0), site);
  const offset = argument(args, 1);
  const start = offset.kind === 'literal' && offset.value === undefined ? 0 : offset.kind === 'literal' && typeof offset.value === 'number' ? offset.value : undefined;
  const written = source.items.map((item) => stored(m, heap, item));
  if (isExact(list) && isExact(source) && start !== undefined) m.memory.writeList(heap, { items: list.items.map((item, index) => written[index - start] ?? item), others: never });
  else m.memory.writeList(heap, asLong(inAnyOrder(m, { items: [...list.items, ...written, list.others], others: source.others.kind === 'never' ? never : stored(m, heap, source.others) }), list));
  return undefinedValue;
};

/** Another array on the same memory: as the same one, of whose items only what they may be is known. */
const subarray: Method = (m, call, list, heap) => {
  m.memory.writeList(heap, { items: [], others: m.memory.joiner.all([...list.items, list.others, plainHost]) });
  return call.receiver;
};

const { map, filter, forEach, find, findLast, findIndex, findLastIndex, some, every, reduce, reduceRight } = callbackMethods;
const { reverse, sort, fill, copyWithin } = changingMethods;
const copied = (name: string): Method => (m, call, list, heap) => madeLike(m, call, heap, m.memory.list((copyingMethods[name]?.(m, call, list, heap) as { heap: HeapObject }).heap));

export const typedMethods: Readonly<Record<string, Method>> = {
  ...{ map, filter, forEach, find, findLast, findIndex, findLastIndex, some, every, reduce, reduceRight, reverse, sort, fill, copyWithin } as Record<string, Method>,
  at: copyingMethods.at!, includes: () => plainHost, indexOf: () => plainHost, lastIndexOf: () => plainHost,
  toReversed: copied('toReversed'), toSorted: copied('toSorted'), with: copied('with'),
  slice: (m, call, list, heap) => madeLike(m, call, heap, between(m, list, argument(call.arguments, 0), argument(call.arguments, 1))),
  set, subarray,
  values: (m, { site }, _list, heap) => iterator(m, heap, picks.values, site),
  keys: (m, { site }, _list, heap) => iterator(m, heap, picks.keys, site),
};
