/** `Map` and `Set`, and what they do when they are called. */
import { argument, callWith } from '../../domain/invocation.ts';
import type { HeapForm, HeapObject, Invocation, ListState, Value } from '../../domain/value.ts';
import { isNullish, mayBeAbsent, never, plainHost, presentIn, undefinedValue } from '../../domain/values.ts';
import { fixpoint } from '../fixpoint.ts';
import type { Machine } from '../machine/machine.ts';
import { callUnknown, mayCall } from '../unknown-calls.ts';
import { areDistinct, isSurely } from '../values/identity.ts';
import { inAnyOrder, isExact } from '../values/lists.ts';
import { nameAdded } from '../values/naming.ts';
import { setUnknownMember } from '../values/properties.ts';
import { standardly } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';
import { entriesIn, entryKey, putEntry, removeEntry } from './collection-contents.ts';
import { fails } from './errors.ts';
import { eachEntry, iterateStrictly } from './iteration.ts';
import { iterator, picks } from './iterators.ts';

export function makeCollection(m: Machine, call: Invocation, form: Extract<HeapForm, { kind: 'map' | 'set' }>): Value {
  const { site } = call;
  if (call.label !== 'new') return fails(m, 'TypeError', site);
  const heap = m.own(form, site);
  const initial = argument(call.arguments, 0);
  m.memory.writeList(heap, { items: [], others: never });
  if (isNullish(initial)) return { kind: 'object', heap };
  // Each entry is put in by a method that the program may have put in the place of the language's own.
  if (m.builtIn.patches.touches('set', 'add')) return callUnknown(m, unknownFrom(m, [], site), undefinedValue, call.arguments, site, call.label);
  if (form.kind === 'map') eachEntry(m, initial, site, (key, value) => { put(m, heap, key, value); });
  else {
    const list = iterateStrictly(m, initial, site);
    m.memory.writeList(heap, areDistinct(list.items) ? list : inAnyOrder(m, list));
  }
  return { kind: 'object', heap };
}

function put(m: Machine, heap: HeapObject, key: Value, value: Value): void {
  const name = entryKey(key);
  nameAdded(m, heap, value, name);
  putEntry(m, heap, name, value);
}

type Method = (m: Machine, call: Invocation, heap: HeapObject) => Value;

/** Calls back for each entry, with its value, its key and the collection. */
function forEach(m: Machine, call: Invocation, heap: HeapObject, list: ListState): Value {
  const { site } = call;
  const { others } = inAnyOrder(m, list);
  if (others.kind !== 'never') fixpoint(m, () => { m.invoke(argument(call.arguments, 0), argument(call.arguments, 1), callWith([others, heap.form.kind === 'set' ? others : plainHost, { kind: 'object', heap }], site), site, call.label); });
  return undefinedValue;
}

function valuesIn(m: Machine, heap: HeapObject): ListState {
  return entriesIn(m, heap, (_, value) => value);
}

const mapMethods: Readonly<Record<string, Method>> = {
  get: (m, { arguments: args }, heap) => {
    const name = entryKey(argument(args, 0));
    const { others } = m.memory.list(heap);
    const cell = name === undefined ? undefined : heap.properties.get(name);
    const own = cell === undefined ? undefined : m.memory.read(cell);
    if (own !== undefined) return m.memory.joiner.all([mayBeAbsent(own) ? undefinedValue : never, presentIn(own), others]);
    return m.memory.joiner.values(name === undefined ? inAnyOrder(m, valuesIn(m, heap)).others : others, undefinedValue);
  },
  set: (m, call, heap) => {
    put(m, heap, argument(call.arguments, 0), argument(call.arguments, 1));
    return { kind: 'object', heap };
  },
  forEach: (m, call, heap) => forEach(m, call, heap, valuesIn(m, heap)),
  delete: (m, call, heap) => {
    removeEntry(m, heap, entryKey(argument(call.arguments, 0)));
    return plainHost;
  },
  clear: (m, _call, heap) => {
    for (const name of heap.properties.keys()) removeEntry(m, heap, name);
    m.memory.writeList(heap, { items: [], others: never });
    return undefinedValue;
  },
};

const setMethods: Readonly<Record<string, Method>> = {
  add: (m, call, heap) => {
    nameAdded(m, heap, argument(call.arguments, 0), undefined);
    setUnknownMember(m, heap, argument(call.arguments, 0));
    return { kind: 'object', heap };
  },
  forEach: (m, call, heap) => forEach(m, call, heap, m.memory.list(heap)),
  delete: (m, call, heap) => {
    m.memory.writeList(heap, without(m, m.memory.list(heap), argument(call.arguments, 0)));
    return plainHost;
  },
  clear: (m, _call, heap) => {
    m.memory.writeList(heap, { items: [], others: never });
    return undefinedValue;
  },
};

/** What is left of a set. Where it is not known which item goes, any may be gone. */
function without(m: Machine, list: ListState, value: Value): ListState {
  const items = list.items.filter((item) => !isSurely(item, value));
  const decided = isExact(list) && items.every((item) => areDistinct([item, value]));
  return decided ? { items, others: list.others } : inAnyOrder(m, list);
}

/** A method that is not described here: what it gives may hold anything of the collection. */
const undescribed: Method = (m, call, heap) => {
  mayCall(m, call.arguments.values);
  return unknownFrom(m, [{ kind: 'object', heap }, ...call.arguments.values], call.site);
};

const shared: Readonly<Record<string, Method>> = {
  has: () => plainHost,
  values: (m, { site }, heap) => iterator(m, heap, picks.values, site),
  keys: (m, { site }, heap) => iterator(m, heap, picks.keys, site),
  entries: (m, { site }, heap) => iterator(m, heap, picks.entries, site),
};

/** A weak collection takes nothing that is known by its value. */
function isHeldWeakly(m: Machine, { form }: HeapObject, name: string, { arguments: args }: Invocation): boolean {
  if (!('weak' in form) || (name !== 'set' && name !== 'add')) return true;
  const key = argument(args, 0);
  if (key.kind !== 'object' && key.kind !== 'closure' && key.kind !== 'class') m.mayThrow();
  return key.kind !== 'literal';
}

/** The constructor that collections of a kind have in common. */
export function ownerName({ form }: HeapObject): string {
  return `${'weak' in form ? 'Weak' : ''}${form.kind === 'map' ? 'Map' : 'Set'}`;
}

export function collectionMember(m: Machine, heap: HeapObject, name: string | undefined): Value | undefined {
  if (name === undefined) return undefined;
  if (name === 'size') return plainHost;
  const methods = { ...shared, ...(heap.form.kind === 'map' ? mapMethods : setMethods) };
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method !== undefined) return { kind: 'native', name, ...standardly(`${ownerName(heap)}.prototype.${name}`), call: (call) => (isHeldWeakly(m, heap, name, call) ? method(m, call, heap) : fails(m, 'TypeError', call.site)) };
  return name in (heap.form.kind === 'map' ? Map : Set).prototype ? { kind: 'native', name, ...standardly(`${ownerName(heap)}.prototype.${name}`), call: (call) => undescribed(m, call, heap) } : undefinedValue;
}
