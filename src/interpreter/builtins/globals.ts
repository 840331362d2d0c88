/** The global names of the language. */
import { invoke, mayCall } from '../functions.ts';
import { type Invocation, argument, callWith } from '../invocation.ts';
import type { Machine } from '../machine.ts';
import { copyMembers, defineMember, entriesOf, setUnknownMember } from '../members.ts';
import { fixpoint } from '../loops.ts';
import { operandNodes } from '../../tensors/operations.ts';
import { type ListState, type NativeValue, type ObjectValue, type Value, keyText, literal, members, never, plainHost, undefinedValue } from '../../domain/value.ts';
import { reachableNodes } from '../unknown.ts';
import { makeCollection } from './collections.ts';
import { combined } from './host.ts';
import { roughen } from './smooth.ts';

type Native = NativeValue['call'];

const plain: Native = (call) => combined(call.machine, call.arguments.others === undefined ? call.arguments.values : [...call.arguments.values, call.arguments.others], call);
const nothing: Native = () => undefinedValue;
const fresh: Native = () => plainHost;

function array(call: Invocation, list: ListState): Value {
  return call.machine.realm.array(call.machine, list, call.site);
}

/** `Array.from(source, map)`, `Float32Array.from(…)`. */
const arrayFrom: Native = (call) => {
  const { machine: m, site } = call;
  const source = argument(call.arguments, 0);
  const callback = argument(call.arguments, 1);
  const list = source.kind === 'object' && source.heap.form === 'record' ? counted(m, source) : m.realm.iterate(m, source, site);
  if (callback.kind === 'literal') return source.kind === 'host' ? source : array(call, list);
  const items = list.items.map((item, index) => m.along(index, () => invoke(m, callback, undefinedValue, callWith([item, literal(index)], site), site, call.label)));
  let others: Value = never;
  if (list.others.kind !== 'never') fixpoint(m, () => { others = m.joiner.values(others, invoke(m, callback, undefinedValue, callWith([list.others, plainHost], site), site, call.label)); });
  return array(call, { items, others });
};

/** `{ length: n }`. */
function counted(m: Machine, source: ObjectValue): ListState {
  const cell = source.heap.properties.get('length');
  const length = cell === undefined ? undefined : m.read(cell);
  if (length?.kind === 'literal' && typeof length.value === 'number' && length.value >= 0 && length.value <= 8) {
    return { items: Array.from({ length: length.value }, () => undefinedValue), others: never };
  }
  return { items: [], others: undefinedValue };
}

/** `new Array(n)`, `new Float32Array(n)`: an array of plain values of unknown length, or a copy. */
const newArray: Native = (call) => {
  const first = argument(call.arguments, 0);
  if (call.arguments.values.length > 1) return array(call, { items: call.arguments.values, others: call.arguments.others ?? never });
  if (first.kind === 'object') return array(call, call.machine.realm.iterate(call.machine, first, call.site));
  if (first.kind === 'host' && first.node !== undefined) return first;
  return array(call, { items: [], others: plainHost });
};

/** `new Int32Array(values)`: what is not whole is cut off. */
const newWholeArray: Native = (call) => {
  roughen('Int32Array', call.arguments.values.flatMap((value) => operandNodes(call.machine, value)));
  return newArray(call);
};

const promiseAll: Native = (call) => {
  const { machine: m, site } = call;
  const list = m.realm.iterate(m, argument(call.arguments, 0), site);
  const settled = (value: Value): Value => m.joiner.all(members(value).map((member) => (member.kind === 'promise' ? member.value : member)));
  return { kind: 'promise', value: array(call, { items: list.items.map(settled), others: settled(list.others) }) };
};

const newPromise: Native = (call) => {
  const { machine: m, site } = call;
  let result: Value = never;
  const resolve: NativeValue = { kind: 'native', name: 'resolve', call: ({ arguments: args }) => {
    result = m.joiner.values(result, argument(args, 0));
    return undefinedValue;
  } };
  m.perhaps(() => { invoke(m, argument(call.arguments, 0), undefinedValue, callWith([resolve, resolve], site), site, 'Promise'); });
  return { kind: 'promise', value: result.kind === 'never' ? m.realm.unknownObject(m, site) : result };
};

const later: Native = (call) => {
  mayCall(call.machine, call.arguments.values);
  return plainHost;
};

const assign: Native = (call) => {
  const [target, ...sources] = call.arguments.values;
  const { machine: m } = call;
  for (const source of sources) {
    if (target?.kind === 'object') copyMembers(m, source, target.heap, call.site);
    // What is put on an object that is not known is in the hands of others.
    else for (const node of reachableNodes(m, source)) m.escaped.add(node);
  }
  return target ?? undefinedValue;
};

const entries = (pick: (m: Machine, key: Value, value: Value, call: Invocation) => Value): Native => (call) => {
  const { machine: m, site } = call;
  const source = argument(call.arguments, 0);
  const { known, others } = entriesOf(m, source, site);
  return array(call, {
    items: known.map(([key, value], index) => m.along(index, () => pick(m, literal(key), value, call))),
    others: others.kind === 'never' ? never : m.along('others', () => pick(m, plainHost, others, call)),
  });
};

const fromEntries: Native = (call) => {
  const { machine: m, site } = call;
  const object: ObjectValue = { kind: 'object', heap: m.heap('record', site) };
  const { items, others } = m.realm.iterate(m, argument(call.arguments, 0), site);
  for (const entry of [...items, others]) {
    if (entry.kind === 'never') continue;
    const pair = m.realm.iterate(m, entry, site);
    const key = keyText(pair.items[0] ?? plainHost);
    const value = pair.items[1] ?? pair.others;
    if (key === undefined) setUnknownMember(m, object.heap, value);
    else defineMember(m, object.heap, key, value, undefined);
  }
  return object;
};

const isArray: Native = (call) => {
  const value = argument(call.arguments, 0);
  if (value.kind === 'object') return literal(value.heap.form === 'array');
  return value.kind === 'tensor' || value.kind === 'literal' || value.kind === 'instance' || value.kind === 'closure' ? literal(false) : plainHost;
};

const constructors: Readonly<Record<string, Native>> = {
  Array: newArray, Float32Array: newArray, Float64Array: newArray, Int32Array: newWholeArray, Uint8Array: newWholeArray,
  Map: (call) => makeCollection(call, 'map'),
  WeakMap: (call) => makeCollection(call, 'map'),
  Set: (call) => makeCollection(call, 'set'),
  Promise: newPromise,
  Object: (call) => argument(call.arguments, 0),
  Number: plain, String: plain, Boolean: fresh, BigInt: plain, Symbol: fresh,
  Error: fresh, TypeError: fresh, RangeError: fresh, Date: fresh, RegExp: fresh,
  parseFloat: plain, parseInt: plain, isNaN: fresh, isFinite: fresh,
  setTimeout: later, setInterval: later, setImmediate: later, queueMicrotask: later, requestAnimationFrame: later,
  clearTimeout: nothing, clearInterval: nothing,
  structuredClone: (call) => argument(call.arguments, 0),
};

const arrayOf: Native = (call) => array(call, { items: call.arguments.values, others: call.arguments.others ?? never });

const from = { from: arrayFrom, of: arrayOf, isArray };
const statics: Readonly<Record<string, Readonly<Record<string, Native>>>> = {
  Array: from, Float32Array: from, Float64Array: from, Int32Array: from, Uint8Array: from,
  Object: {
    keys: entries((_, key) => key),
    values: entries((_, __, value) => value),
    entries: entries((m, key, value, call) => m.realm.array(m, { items: [key, value], others: never }, call.site)),
    assign, fromEntries,
    freeze: (call) => argument(call.arguments, 0),
    seal: (call) => argument(call.arguments, 0),
  },
  Promise: {
    resolve: (call) => {
      const value = argument(call.arguments, 0);
      return value.kind === 'promise' ? value : { kind: 'promise', value };
    },
    all: promiseAll, allSettled: promiseAll,
  },
  Number: { isInteger: fresh, isFinite: fresh, isNaN: fresh, parseFloat: plain, parseInt: plain, isSafeInteger: fresh },
  Date: { now: fresh },
  String: { raw: fresh },
};

/** Namespaces all of whose functions compute plain values from plain values, or do nothing to them. */
const namespaces: Readonly<Record<string, Native>> = { Math: plain, JSON: plain, console: nothing, performance: fresh, process: fresh };

const constants: Readonly<Record<string, Value>> = {
  undefined: undefinedValue, NaN: literal(NaN), Infinity: literal(Infinity),
};

const known = new Map<string, Value>(Object.entries(constants));
for (const [name, call] of Object.entries(constructors)) known.set(name, { kind: 'native', name, call });
for (const name of Object.keys(namespaces)) known.set(name, { kind: 'native', name, call: nothing });

export function globalValue(name: string): Value | undefined {
  return known.get(name);
}

/** A static member of a global, such as `Array.from` or `Math.exp`. */
export function globalMember(owner: string, name: string): Value | undefined {
  const own = Object.hasOwn(statics, owner) ? statics[owner] : undefined;
  const call = own !== undefined && Object.hasOwn(own, name) ? own[name] : Object.hasOwn(namespaces, owner) ? namespaces[owner] : undefined;
  if (call === undefined) return undefined;
  return owner === 'Math' && /^[A-Z]/.test(name) ? plainHost : { kind: 'native', name, call };
}
