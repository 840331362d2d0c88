/** `Map` and `Set`: entries under known keys one by one, the others together. */
import { argument, callWith } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { invoke } from '../functions.ts';
import { fixpoint } from '../loops.ts';
import type { Machine } from '../machine.ts';
import { defineMember, setUnknownMember } from '../members.ts';
import { nameAdded } from '../naming.ts';
import { unknownFrom } from '../unknown.ts';
import { type HeapForm, type HeapObject, type Value, keyText, literal, never, plainHost, undefinedValue } from '../../domain/value.ts';

export function makeCollection(call: Invocation, form: Extract<HeapForm, 'map' | 'set'>): Value {
  const { machine: m, site } = call;
  const heap = m.heap(form, site);
  const initial = argument(call.arguments, 0);
  if (initial.kind !== 'literal') {
    const { items, others } = m.realm.iterate(m, initial, site);
    if (form === 'set') m.writeList(heap, { items, others });
    else for (const entry of [...items, others]) addEntry(m, heap, entry, call);
  }
  return { kind: 'object', heap };
}

function addEntry(m: Machine, heap: HeapObject, entry: Value, call: Invocation): void {
  if (entry.kind === 'never') return;
  const pair = m.realm.iterate(m, entry, call.site);
  put(m, heap, pair.items[0] ?? plainHost, pair.items[1] ?? pair.others);
}

function put(m: Machine, heap: HeapObject, key: Value, value: Value): void {
  const name = keyText(key);
  nameAdded(m, heap, value, name);
  if (name === undefined) setUnknownMember(m, heap, value);
  else defineMember(m, heap, name, value, undefined);
}

function all(m: Machine, heap: HeapObject): readonly Value[] {
  const { items, others } = m.list(heap);
  const named = [...heap.properties.values()].map((cell) => m.read(cell) ?? never);
  return [...named, ...items, others].filter((value) => value.kind !== 'never');
}

type Method = (call: Invocation, heap: HeapObject) => Value;

const mapMethods: Readonly<Record<string, Method>> = {
  get: ({ machine: m, arguments: args }, heap) => {
    const name = keyText(argument(args, 0));
    const cell = name === undefined ? undefined : heap.properties.get(name);
    const own = cell === undefined ? undefined : m.read(cell);
    if (own !== undefined) return m.joiner.values(own, m.list(heap).others);
    return m.joiner.all([...(name === undefined ? all(m, heap) : [m.list(heap).others]), undefinedValue]);
  },
  set: (call, heap) => {
    put(call.machine, heap, argument(call.arguments, 0), argument(call.arguments, 1));
    return { kind: 'object', heap };
  },
  values: (call, heap) => call.machine.realm.array(call.machine, { items: all(call.machine, heap), others: never }, call.site),
  keys: (call, heap) => call.machine.realm.array(call.machine, { items: [...heap.properties.keys()].map((key) => literal(key)), others: plainHost }, call.site),
  entries: (call, heap) => call.machine.realm.array(call.machine, {
    items: all(call.machine, heap).map((value, index) => call.machine.along(index, () => call.machine.realm.array(call.machine, { items: [plainHost, value], others: never }, call.site))),
    others: never,
  }, call.site),
};

const setMethods: Readonly<Record<string, Method>> = {
  add: (call, heap) => {
    nameAdded(call.machine, heap, argument(call.arguments, 0), undefined);
    setUnknownMember(call.machine, heap, argument(call.arguments, 0));
    return { kind: 'object', heap };
  },
  values: (call, heap) => call.machine.realm.array(call.machine, call.machine.list(heap), call.site),
  keys: (call, heap) => call.machine.realm.array(call.machine, call.machine.list(heap), call.site),
};

/** A method that is not described here: what it gives may hold anything of the collection. */
const undescribed: Method = (call, heap) => unknownFrom(call.machine, [{ kind: 'object', heap }, ...call.arguments.values], call.site);

const shared: Readonly<Record<string, Method>> = {
  has: () => plainHost,
  delete: () => plainHost,
  clear: () => undefinedValue,
  forEach: (call, heap) => {
    const { machine: m, site } = call;
    const values = m.joiner.all(all(m, heap));
    if (values.kind !== 'never') fixpoint(m, () => { invoke(m, argument(call.arguments, 0), undefinedValue, callWith([values, plainHost], site), site, call.label); });
    return undefinedValue;
  },
};

export function collectionMember(heap: HeapObject, name: string | undefined): Value | undefined {
  if (name === undefined) return undefined;
  if (name === 'size') return plainHost;
  const methods = { ...shared, ...(heap.form === 'map' ? mapMethods : setMethods) };
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method !== undefined) return { kind: 'native', name, call: (call) => method(call, heap) };
  return name in (heap.form === 'map' ? Map : Set).prototype ? { kind: 'native', name, call: (call) => undescribed(call, heap) } : undefinedValue;
}
