/** `Map` and `Set`: entries under known keys one by one, the others together. */
import { argument, callWith } from '../../domain/invocation.ts';
import type { HeapObject, Invocation, Value } from '../../domain/value.ts';
import { keyText, literal, never, plainHost, undefinedValue } from '../../domain/values.ts';
import { fixpoint } from '../fixpoint.ts';
import type { Machine } from '../machine/machine.ts';
import { array } from '../values/lists.ts';
import { nameAdded } from '../values/naming.ts';
import { defineMember, setUnknownMember } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { iterate } from './iteration.ts';

export function makeCollection(m: Machine, call: Invocation, kind: 'map' | 'set'): Value {
  const { site } = call;
  const heap = m.heap({ kind }, site);
  const initial = argument(call.arguments, 0);
  if (initial.kind !== 'literal') {
    const { items, others } = iterate(m, initial, site);
    if (kind === 'set') m.memory.writeList(heap, { items, others });
    else for (const entry of [...items, others]) addEntry(m, heap, entry, call);
  }
  return { kind: 'object', heap };
}

function addEntry(m: Machine, heap: HeapObject, entry: Value, call: Invocation): void {
  if (entry.kind === 'never') return;
  const pair = iterate(m, entry, call.site);
  put(m, heap, pair.items[0] ?? plainHost, pair.items[1] ?? pair.others);
}

function put(m: Machine, heap: HeapObject, key: Value, value: Value): void {
  const name = keyText(key);
  nameAdded(m, heap, value, name);
  if (name === undefined) setUnknownMember(m, heap, value);
  else defineMember(m, heap, name, value);
}

function all(m: Machine, heap: HeapObject): readonly Value[] {
  const { items, others } = m.memory.list(heap);
  const named = [...heap.properties.values()].map((cell) => m.memory.read(cell) ?? never);
  return [...named, ...items, others].filter((value) => value.kind !== 'never');
}

type Method = (m: Machine, call: Invocation, heap: HeapObject) => Value;

const mapMethods: Readonly<Record<string, Method>> = {
  get: (m, { arguments: args }, heap) => {
    const name = keyText(argument(args, 0));
    const cell = name === undefined ? undefined : heap.properties.get(name);
    const own = cell === undefined ? undefined : m.memory.read(cell);
    if (own !== undefined) return m.memory.joiner.values(own, m.memory.list(heap).others);
    return m.memory.joiner.all([...(name === undefined ? all(m, heap) : [m.memory.list(heap).others]), undefinedValue]);
  },
  set: (m, call, heap) => {
    put(m, heap, argument(call.arguments, 0), argument(call.arguments, 1));
    return { kind: 'object', heap };
  },
  values: (m, call, heap) => array(m, { items: all(m, heap), others: never }, call.site),
  keys: (m, call, heap) => array(m, { items: [...heap.properties.keys()].map((key) => literal(key)), others: plainHost }, call.site),
  entries: (m, call, heap) => array(m, {
    items: all(m, heap).map((value, index) => m.allocator.along(index, () => array(m, { items: [plainHost, value], others: never }, call.site))),
    others: never,
  }, call.site),
};

const setMethods: Readonly<Record<string, Method>> = {
  add: (m, call, heap) => {
    nameAdded(m, heap, argument(call.arguments, 0), undefined);
    setUnknownMember(m, heap, argument(call.arguments, 0));
    return { kind: 'object', heap };
  },
  values: (m, call, heap) => array(m, m.memory.list(heap), call.site),
  keys: (m, call, heap) => array(m, m.memory.list(heap), call.site),
};

/** A method that is not described here: what it gives may hold anything of the collection. */
const undescribed: Method = (m, call, heap) => unknownFrom(m, [{ kind: 'object', heap }, ...call.arguments.values], call.site);

const shared: Readonly<Record<string, Method>> = {
  has: () => plainHost,
  delete: () => plainHost,
  clear: () => undefinedValue,
  forEach: (m, call, heap) => {
    const { site } = call;
    const values = m.memory.joiner.all(all(m, heap));
    if (values.kind !== 'never') fixpoint(m, () => { m.invoke(argument(call.arguments, 0), undefinedValue, callWith([values, plainHost], site), site, call.label); });
    return undefinedValue;
  },
};

export function collectionMember(m: Machine, heap: HeapObject, name: string | undefined): Value | undefined {
  if (name === undefined) return undefined;
  if (name === 'size') return plainHost;
  const methods = { ...shared, ...(heap.form.kind === 'map' ? mapMethods : setMethods) };
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method !== undefined) return { kind: 'native', name, call: (call) => method(m, call, heap) };
  return name in (heap.form.kind === 'map' ? Map : Set).prototype ? { kind: 'native', name, call: (call) => undescribed(m, call, heap) } : undefinedValue;
}
