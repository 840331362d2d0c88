/** The global names of the language. */
import { allArguments, argument, callWith } from '../../domain/invocation.ts';
import { isList } from '../../domain/store.ts';
import type { Invocation, ListState, NativeValue, ObjectValue, Value } from '../../domain/value.ts';
import { isOfLibrary, keyText, literal, members, never, plainHost, undefinedValue } from '../../domain/values.ts';
import { fixpoint } from '../fixpoint.ts';
import { later, meanwhile } from '../later.ts';
import type { Machine } from '../machine/machine.ts';
import { mayCall, mayHold } from '../unknown-calls.ts';
import { array } from '../values/lists.ts';
import { copyMembers, defineMember, entriesOf, record, setUnknownMember } from '../values/properties.ts';
import { operandNodes, reachableNodes } from '../values/reach.ts';
import { unknownFrom } from '../values/unknown.ts';
import { makeCollection } from './collections.ts';
import { combined } from './host.ts';
import { iterate } from './iteration.ts';
import { promiseAll, promiseAllSettled, promised } from './promises.ts';
import { roughen } from './smooth.ts';

type Native = (m: Machine, call: Invocation) => Value;

const plain: Native = (m, call) => combined(m, allArguments(call.arguments), call);
const nothing: Native = () => undefinedValue;
const fresh: Native = () => plainHost;

function made(m: Machine, call: Invocation, list: ListState): Value {
  return array(m, list, call.site);
}

/** `Array.from(source, map)`, `Float32Array.from(…)`. */
const arrayFrom: Native = (m, call) => {
  const { site } = call;
  const source = argument(call.arguments, 0);
  const callback = argument(call.arguments, 1);
  const list = source.kind === 'object' && source.heap.isRecord ? counted(m, source) : iterate(m, source, site);
  if (callback.kind === 'literal') return source.kind === 'host' ? source : made(m, call, list);
  const items = list.items.map((item, index) => m.allocator.along(index, () => m.invoke(callback, undefinedValue, callWith([item, literal(index)], site), site, call.label)));
  let others: Value = never;
  if (list.others.kind !== 'never') fixpoint(m, () => { others = m.memory.joiner.values(others, m.invoke(callback, undefinedValue, callWith([list.others, plainHost], site), site, call.label)); });
  return made(m, call, { items, others });
};

/** `{ length: n }`. */
function counted(m: Machine, source: ObjectValue): ListState {
  const cell = source.heap.properties.get('length');
  const length = cell === undefined ? undefined : m.memory.read(cell);
  if (length?.kind === 'literal' && typeof length.value === 'number' && length.value >= 0 && length.value <= 8) {
    return { items: Array.from({ length: length.value }, () => undefinedValue), others: never };
  }
  return { items: [], others: undefinedValue };
}

/** `new Array(n)`, `new Float32Array(n)`: an array of plain values of unknown length, or a copy. */
const newArray: Native = (m, call) => {
  const first = argument(call.arguments, 0);
  if (call.arguments.values.length > 1) return made(m, call, { items: call.arguments.values, others: call.arguments.others ?? never });
  if (first.kind === 'object') return made(m, call, iterate(m, first, call.site));
  if (first.kind === 'host' && first.node !== undefined) return first;
  return made(m, call, { items: [], others: plainHost });
};

/** `new Int32Array(values)`: what is not whole is cut off. */
const newWholeArray: Native = (m, call) => {
  roughen('Int32Array', call.arguments.values.flatMap((value) => operandNodes(m, value)));
  return newArray(m, call);
};

const newPromise: Native = (m, call) => {
  const { site } = call;
  let result: Value = never;
  const resolve: NativeValue = { kind: 'native', name: 'resolve', call: ({ arguments: args }) => {
    result = m.memory.joiner.values(result, argument(args, 0));
    return undefinedValue;
  } };
  const reject: NativeValue = { kind: 'native', name: 'reject', call: () => undefinedValue };
  const before = m.memory.store;
  const trail = m.memory.trailed(() => {
    m.perhaps(() => { m.invoke(argument(call.arguments, 0), undefinedValue, callWith([resolve, reject], site), site, 'Promise'); });
  });
  // Somebody else may call it, with anything.
  const isKept = [...trail].some(([cell, content]) => before.read(cell) !== undefined && !isList(content) && members(content).includes(resolve));
  return promised(m, isKept || result.kind === 'never' ? unknownFrom(m, [], site) : result);
};

/** A callback that is run at some later time, as often as it likes. */
const deferred: Native = (m, call) => {
  later(m, () => { mayCall(m, call.arguments.values); });
  return plainHost;
};

/** What a process does may call whoever listens to it, at once or later. */
const processMember: Native = (m, call) => {
  mayHold(m, call.arguments.values);
  meanwhile(m);
  return plainHost;
};

const assign: Native = (m, call) => {
  const [target, ...sources] = call.arguments.values;
  for (const source of sources) {
    if (target?.kind === 'object') copyMembers(m, source, target.heap, call.site);
    // What is put on an object that is not known is in the hands of others.
    else for (const node of reachableNodes(m, source)) m.history.escaped.add(node);
  }
  return target ?? undefinedValue;
};

const entries = (pick: (m: Machine, key: Value, value: Value, call: Invocation) => Value): Native => (m, call) => {
  const { site } = call;
  const source = argument(call.arguments, 0);
  const { known, others } = entriesOf(m, source, site);
  return made(m, call, {
    items: known.map(([key, value], index) => m.allocator.along(index, () => pick(m, literal(key), value, call))),
    others: others.kind === 'never' ? never : m.allocator.along('others', () => pick(m, plainHost, others, call)),
  });
};

const fromEntries: Native = (m, call) => {
  const { site } = call;
  const object = record(m, site);
  const { items, others } = iterate(m, argument(call.arguments, 0), site);
  for (const entry of [...items, others]) {
    if (entry.kind === 'never') continue;
    const pair = iterate(m, entry, site);
    const key = keyText(pair.items[0] ?? plainHost);
    const value = pair.items[1] ?? pair.others;
    if (key === undefined) setUnknownMember(m, object.heap, value);
    else defineMember(m, object.heap, key, value);
  }
  return object;
};

const isArray: Native = (m, call) => {
  const value = argument(call.arguments, 0);
  if (value.kind === 'object') return literal(value.heap.isArray);
  return isOfLibrary(value) || value.kind === 'literal' || value.kind === 'closure' ? literal(false) : plainHost;
};

const constructors: Readonly<Record<string, Native>> = {
  Array: newArray, Float32Array: newArray, Float64Array: newArray, Int32Array: newWholeArray, Uint8Array: newWholeArray,
  Map: (m, call) => makeCollection(m, call, 'map'),
  WeakMap: (m, call) => makeCollection(m, call, 'map'),
  Set: (m, call) => makeCollection(m, call, 'set'),
  Promise: newPromise,
  Object: (_, call) => argument(call.arguments, 0),
  Number: plain, String: plain, Boolean: fresh, BigInt: plain, Symbol: fresh,
  Error: fresh, TypeError: fresh, RangeError: fresh, Date: fresh, RegExp: fresh,
  parseFloat: plain, parseInt: plain, isNaN: fresh, isFinite: fresh,
  setTimeout: deferred, setInterval: deferred, setImmediate: deferred, queueMicrotask: deferred, requestAnimationFrame: deferred,
  clearTimeout: nothing, clearInterval: nothing,
  structuredClone: (_, call) => argument(call.arguments, 0),
};

const arrayOf: Native = (m, call) => made(m, call, { items: call.arguments.values, others: call.arguments.others ?? never });

const from = { from: arrayFrom, of: arrayOf, isArray };
const statics: Readonly<Record<string, Readonly<Record<string, Native>>>> = {
  Array: from, Float32Array: from, Float64Array: from, Int32Array: from, Uint8Array: from,
  Object: {
    keys: entries((_, key) => key),
    values: entries((_, __, value) => value),
    entries: entries((m, key, value, call) => array(m, { items: [key, value], others: never }, call.site)),
    assign, fromEntries,
    freeze: (_, call) => argument(call.arguments, 0),
    seal: (_, call) => argument(call.arguments, 0),
  },
  Promise: {
    resolve: (m, call) => promised(m, argument(call.arguments, 0)),
    all: promiseAll, allSettled: promiseAllSettled,
  },
  Number: { isInteger: fresh, isFinite: fresh, isNaN: fresh, parseFloat: plain, parseInt: plain, isSafeInteger: fresh },
  Date: { now: fresh },
  String: { raw: fresh },
};

/** Namespaces all of whose functions compute plain values from plain values, or do nothing to them. */
const namespaces: Readonly<Record<string, Native>> = { Math: plain, JSON: plain, console: nothing, performance: fresh, process: processMember };

const constants: Readonly<Record<string, Value>> = {
  undefined: undefinedValue, NaN: literal(NaN), Infinity: literal(Infinity),
};

export function globalValue(m: Machine, name: string): Value | undefined {
  if (Object.hasOwn(constants, name)) return constants[name];
  const call = Object.hasOwn(constructors, name) ? constructors[name] : Object.hasOwn(namespaces, name) ? nothing : undefined;
  return call && native(m, name, name, call);
}

/** A static member of a global, such as `Array.from` or `Math.exp`. */
export function globalMember(m: Machine, owner: string, name: string): Value | undefined {
  const own = Object.hasOwn(statics, owner) ? statics[owner] : undefined;
  const call = own !== undefined && Object.hasOwn(own, name) ? own[name] : Object.hasOwn(namespaces, owner) ? namespaces[owner] : undefined;
  if (call === undefined) return undefined;
  return owner === 'Math' && /^[A-Z]/.test(name) ? plainHost : native(m, `${owner}.${name}`, name, call);
}

/** Whoever asks for it gets the same function. */
function native(m: Machine, path: string, name: string, call: Native): Value {
  let value = m.globals.get(path);
  if (value === undefined) m.globals.set(path, value = { kind: 'native', name, call: (invocation) => call(m, invocation) });
  return value;
}
