/** What iterating a value gives. */
import type { ClassValue, HeapObject, ListState, Value } from '../../domain/value.ts';
import { host, isOfLibrary, isPrimitive, keyText, literal, members, never, symbol } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { meanwhile } from '../later.ts';
import type { Machine } from '../machine/machine.ts';
import { hasMember } from '../members/own.ts';
import { asLong, isDeclared, longest } from '../values/lists.ts';
import { hasUnknownKeys, inKeyOrder, ownKeys, unknownProperties } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { pairsIn } from './collection-contents.ts';
import { fails } from './errors.ts';
import { consumed } from './iterators.ts';
import { hasOwnIterator, iteratorOf, OwnIterator } from './own-iterator.ts';

const iteratorKey = keyText(symbol('iterator')) ?? '';
/** What iterating asks an object of the language for. */
const asked: readonly string[] = [iteratorKey, 'next'];

/** The program has changed how arrays are iterated, or what stands in their holes. */
function isPatched({ builtIn: { patches } }: Machine): boolean {
  return patches.touches(...asked) || patches.addsItems;
}

/** An iterator of the program that a value is iterated by; undefined where a list of its items says as much. */
export function ownIterator(m: Machine, value: Value, site: Site): OwnIterator | undefined {
  if (!hasOwnIterator(m, value)) return undefined;
  const iterator = iteratorOf(m, value, site);
  return iterator && new OwnIterator(m, iterator, site, (call) => call());
}

/** What the language refuses to iterate wherever it does so itself; methods may take it all the same. */
export function isRefused(m: Machine, value: Value): boolean {
  if (value.kind === 'literal') return typeof value.value !== 'string';
  return value.kind === 'symbol' || (hasOwnIterator(m, value) && hasMember(m, value, iteratorKey) === false);
}

/** As `iterate`, where the language itself asks for the items. */
export function iterateStrictly(m: Machine, value: Value, site: Site): ListState {
  if (!isRefused(m, value)) return iterate(m, value, site);
  return { items: [], others: fails(m, 'TypeError', site) };
}

export function iterate(m: Machine, value: Value, site: Site): ListState {
  const list = itemsOf(m, value, site);
  const isOther = isIteratedByOther(m, value);
  if (isOther) m.mayThrow();
  return isOther ? { items: [], others: m.memory.joiner.all([...list.items, list.others, unknownFrom(m, [value], site)]) } : list;
}

/** Whoever has changed how arrays are iterated, or one of them, may give anything. */
export function isIteratedByOther(m: Machine, value: Value): boolean {
  return isPatched(m) || members(value).some((member) => member.kind === 'object' && mayHaveIterator(m, member.heap));
}

/** Something of the program may stand in the place of what a container of the language is iterated by. */
function mayHaveIterator(m: Machine, heap: HeapObject): boolean {
  if (heap.isRecord || heap.form.kind === 'generator') return false;
  if (heap.form.kind === 'iterator' && heap.properties.has('next')) return true;
  return heap.redirected || (heap.isArray && heap.prototype?.open !== undefined) || (isDeclared(heap) && m.builtIn.extending.touches(iteratorKey));
}

function itemsOf(m: Machine, value: Value, site: Site): ListState {
  // An accessor may stand in the place of an item.
  const isOpen = value.kind === 'object' && value.heap.open !== undefined;
  if (isOpen || value.kind !== 'object' && value.kind !== 'union' && !(value.kind === 'literal' && typeof value.value === 'string')) m.mayThrow();
  if (hasOwnIterator(m, value)) return ownIterator(m, value, site)?.rest() ?? unknownIterator(m, value, site);
  switch (value.kind) {
    case 'object': {
      if (value.heap.form.kind === 'map') return pairsIn(m, value.heap, site);
      const list = value.heap.form.kind === 'iterator' ? consumed(m, value.heap) : m.memory.list(value.heap);
      const whole = list.items.length <= longest ? { items: list.items, others: list.others } : { items: [], others: m.memory.joiner.all([...list.items, list.others]) };
      // A collection holds what it is given twice only once.
      return value.heap.isArray ? asLong(whole, list) : whole;
    }
    case 'literal': return typeof value.value === 'string' ? { items: [], others: host(undefined) } : { items: [], others: never };
    case 'host': return numbersOf(value);
    case 'union': return eachOf(m, members(value), site).reduce<ListState>((a, b) => (a.items.length === 0 && a.others.kind === 'never' ? b : m.memory.joiner.lists(a, b)), { items: [], others: never });
    case 'never': return { items: [], others: never };
    default: return (isOfLibrary(value) ? m.semantics.iterated(value) : undefined) ?? unknownItems(m, value, site);
  }
}

/** It may have none. */
export function unknownIterator(m: Machine, value: Value, site: Site): ListState {
  m.mayThrow();
  return { items: [], others: unknownFrom(m, [value], site) };
}

/** Of an array of known length the numbers; of what else is plain, any number of such values. */
function numbersOf({ node, lengths = [] }: Extract<Value, { kind: 'host' }>): ListState {
  const [count] = lengths;
  return count === undefined ? { items: [], others: host(node) } : { items: [], others: count === 0 ? never : host(node, []), count };
}

/** Goes through pairs of a key and a value, as `new Map(pairs)` does: an iterator whose pair fails is told. */
export function eachEntry(m: Machine, pairs: Value, site: Site, one: (key: Value, value: Value) => void): void {
  const entry = (pair: Value): void => {
    if (isPrimitive(pair)) {
      fails(m, 'TypeError', site);
      return;
    }
    const [key, value] = [0, 1].map((place) => m.getMember(pair, literal(place), site)) as [Value, Value];
    if (m.reachable) one(key, value);
  };
  const own = ownIterator(m, pairs, site);
  if (own !== undefined) {
    own.each((pair) => { own.closing(() => { entry(pair); }); });
    return;
  }
  const { items, others } = iterateStrictly(m, pairs, site);
  for (const pair of items) entry(pair);
  if (others.kind !== 'never') m.either(() => undefined, () => { entry(others); });
}

/** What each of several values gives; the code of at most one of them is run. */
function eachOf(m: Machine, values: readonly Value[], site: Site): readonly ListState[] {
  const lists: ListState[] = [];
  const ways = values.map((value) => () => { lists.push(iterate(m, value, site)); });
  if (values.some((value) => hasOwnIterator(m, value))) m.either(...ways);
  else for (const way of ways) way();
  return lists;
}

function unknownItems(m: Machine, value: Value, site: Site): ListState {
  // It may be a generator, or run code of any kind.
  meanwhile(m);
  if (value.kind === 'native') m.semantics.misused(value, { as: 'iterable' });
  return { items: [], others: unknownFrom(m, [value], site) };
}

/** A function to which the program has given no properties. */
function isBareFunction(m: Machine, value: Value): boolean {
  const { functions, renamed, builtIn } = m;
  // What runs later may come behind code that has not been seen yet.
  if (m.occasion.isSilent || m.frame.late) return false;
  if (value.kind === 'native') return value.path !== undefined && !functions.extended.has(value.name) && !builtIn.patches.addsKeys;
  return value.kind === 'closure' && !renamed.has(value.code) && !functions.extended.has(value.code) && !builtIn.patches.addsKeys;
}

/** The keys of a `for…in`, as they are at the moment. */
export function keysOf(m: Machine, value: Value): ListState {
  if (value.kind === 'class') return keysOfClass(m, value);
  if (value.kind !== 'object') return { items: [], others: isBareFunction(m, value) ? never : host(undefined) };
  const { heap } = value;
  if (!heap.isRecord && !heap.isArray) return { items: [], others: heap.properties.size === 0 ? never : host(undefined) };
  const list = m.memory.list(heap);
  const indices = list.items.map((_, index) => literal(String(index)));
  const names = heap.isRecord || heap.isArray ? inKeyOrder([...ownKeys(m, heap)], (name) => name).map((name) => literal(name)) : [];
  if (names.length > 0 && hasUnknownKeys(m, heap)) return { items: heap.isArray ? indices : [], others: host(undefined) };
  const above = inheritedKeys(m, heap);
  const more = list.others.kind !== 'never' || heap.open !== undefined || heap.allocation.summary || above === undefined;
  const inherited = (above ?? []).filter((name) => !heap.properties.has(name)).map((name) => literal(name));
  return { items: heap.isArray ? [...indices, ...names, ...inherited] : [...names, ...indices, ...inherited], others: more ? host(undefined) : never };
}

/** Of a class its static fields, and those of its parents: what a class has in its body besides is not gone through. */
function keysOfClass(m: Machine, of: ClassValue): ListState {
  const keys = new Set<string>();
  for (let home: Value | undefined = of; home !== undefined; home = home.parent) {
    if (home.kind !== 'class' || !isSeen(m, home) || (home.parent === undefined && home.code.extends !== undefined)) return { items: [], others: host(undefined) };
    for (const key of inKeyOrder(ownKeys(m, home.statics), (name) => name)) keys.add(key);
  }
  return { items: [...keys].map((key) => literal(key)), others: never };
}

/** All static members of a class are known. */
function isSeen(m: Machine, { code, statics }: ClassValue): boolean {
  return !m.builtIn.patches.addsKeys && !m.renamed.has(code) && statics.open === undefined && !m.escaped.heaps.has(statics) && !hasUnknownKeys(m, statics) && unknownProperties(m, statics).kind === 'never';
}

/** What is put on a prototype is gone through with an object's own properties, methods of classes are not; undefined where it is not known. */
function inheritedKeys(m: Machine, { class: home, base, prototype }: HeapObject): readonly string[] | undefined {
  if (base !== undefined || m.builtIn.patches.addsKeys) return undefined;
  const above = new Set(prototype === undefined ? [] : [prototype]);
  const homes = new Set<Value>();
  for (let from: Value | undefined = home; from?.kind === 'class'; from = from.parent) {
    homes.add(from);
    add(above, m.prototypes.get(from.statics));
  }
  for (const from of above) {
    if (from.class !== undefined && !homes.has(from.class)) return undefined;
    add(above, from.prototype);
  }
  const keys = [...above].map((from) => (from.open !== undefined || hasUnknownKeys(m, from) ? undefined : ownKeys(m, from)));
  return keys.every((each) => each !== undefined) ? [...new Set(keys.flat())] : undefined;
}

function add<T>(all: Set<T>, one: T | undefined): void {
  if (one !== undefined) all.add(one);
}
