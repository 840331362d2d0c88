/** The global names of the language. */
import { type Rounding, roundedTo } from '../../calculus/numbers/length.ts';
import { allArguments, argument, callWith } from '../../domain/invocation.ts';
import { isList } from '../../domain/store.ts';
import type { Invocation, NativeValue, Value } from '../../domain/value.ts';
import { absent, amount, amountOf, host, isPrimitive, keyText, literal, members, never, plainHost, symbol, undefinedValue } from '../../domain/values.ts';
import type { FunctionCode, Site } from '../../program/ir.ts';
import { isWithin } from '../../program/within.ts';
import { later, meanwhile } from '../later.ts';
import { untried } from '../machine/attempt.ts';
import type { Frame } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { isCallable } from '../promises/courses.ts';
import { type Caller, listening } from '../outside/listeners.ts';
import { functionsIn, mayCall, mayHold } from '../unknown-calls.ts';
import { hasOwn } from '../members/object-members.ts';
import { accessorsOf } from '../values/attributes.ts';
import { copyOf } from '../values/copies.ts';
import { array, isArguments, numbersIn } from '../values/lists.ts';
import { entriesOf, putUnder, record, unknownProperties } from '../values/properties.ts';
import { ownerOf, prototypeOfLanguage } from '../values/prototypes.ts';
import { descriptorAt, isOfLanguage, standardAt } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';
import { makeCollection } from './collections.ts';
import { box } from '../values/boxes.ts';
import { mayRead, toPrimitive, unboxed } from './conversion.ts';
import { errorNames, fails, makeError } from './errors.ts';
import { combined } from './host.ts';
import { arrayFrom, arrayOf, made, makingOwn, newArray } from './constructors/arrays.ts';
import { newProxy } from './constructors/proxy.ts';
import { eachEntry } from './iteration.ts';
import { kept, methodOf } from './prototype-members.ts';
import { convertedBy } from './pure.ts';
import { followedPromise, promised, promiseReject, promiseResolve, promises, queued, withResolvers } from './promises.ts';
import { assigning, setByReflection } from './objects/assign.ts';
import { extensibility, fixing, isFixed, preventExtensions } from './objects/integrity.ts';
import { getOwnPropertyDescriptors, getOwnPropertyNames, getOwnPropertySymbols, ownKeys } from './objects/own-keys.ts';
import { create, getPrototypeOf, prototypeAccessors, prototypeOfObject, setPrototypeByReflection, setPrototypeOf } from './objects/prototype-of.ts';
import { defineByDescriptor, defineByReflection, defineEach, constructByReflection, deleteProperty, describe, hasByReflection, hold, reflectedCall, reflectedMember, restrict } from './reflection.ts';
import { newTypedArray, typedArray, type TypedName, typedNames } from './typed-arrays.ts';
import { type Native, otherThanDeclared, unfollowed } from './unfollowed.ts';

const plain: Native = (m, call) => {
  // As the function that `JSON.parse` is handed.
  mayCall(m, call.arguments.values);
  return combined(m, allArguments(call.arguments), call);
};
/** As `plain`, of what looks into objects. */
const written: Native = (m, call) => {
  for (const value of call.arguments.values) mayRead(m, value, call.site);
  return plain(m, call);
};
/** As `plain`, of what gives numbers. */
const numeric: Native = (m, call) => {
  const value = plain(m, call);
  return value.kind === 'host' ? host(value.node, []) : value;
};
/** Of a length, one that is made whole. */
const rounding = (name: Rounding): Native => (m, call) => {
  const length = amountOf(argument(call.arguments, 0));
  return length === undefined ? numeric(m, call) : amount(roundedTo(name, length));
};
const nothing: Native = () => undefinedValue;
const fresh: Native = () => plainHost;

/** Each is one of its own, but where code runs any number of times. */
const newSymbol: Native = (m, call) => (m.allocator.isRepeating || m.jobs.isRunning ? unknownFrom(m, [], call.site) : symbol(`#${String(++m.symbols)}`));

/** The functions that the code which makes a promise is given, and what it has given to them. */
class Settling {
  value: Value = never;
  readonly resolve: NativeValue;
  readonly reject: NativeValue = { kind: 'native', name: 'reject', call: () => undefinedValue };

  constructor(m: Machine) {
    this.resolve = { kind: 'native', name: 'resolve', call: ({ arguments: args }) => {
      this.value = m.memory.joiner.values(this.value, argument(args, 0));
      return undefinedValue;
    } };
  }
}

const newPromise: Native = (m, call) => {
  const { site } = call;
  const followed = call.label === 'new' ? followedPromise(m, call) : undefined;
  if (followed !== undefined) return followed;
  const settling = m.allocator.allocate('promise', site, () => new Settling(m));
  const before = m.memory.store;
  // Where it fails it fails the promise.
  const trail = m.memory.stoppable(() => {
    m.perhaps(() => { untried(m, () => m.invoke(argument(call.arguments, 0), undefinedValue, callWith([settling.resolve, settling.reject], site), site, 'Promise')); });
  });
  // Somebody else may call it, with anything.
  const isKept = [...trail].some(([cell, content]) => before.read(cell) !== undefined && !isList(content) && members(content).includes(settling.resolve));
  return promised(m, isKept || settling.value.kind === 'never' ? unknownFrom(m, [], site) : settling.value);
};

/** A callback that is run at some later time. */
const deferred = (caller: Caller): Native => (m, call) => {
  for (const { code } of functionsIn(call.arguments.values)) if (isActive(m, code)) m.history.lifetimes.recurring.add(code);
  later(m, () => { mayCall(m, call.arguments.values, undefined, caller); });
  return plainHost;
};

const once = (by: string): Native => deferred({ by, once: true });

/** `addEventListener(name, handler)` of a page or a worker: it does not call the handler itself. */
const listen: Native = (m, call) => {
  const { arguments: args } = call;
  if (!isCallable(argument(args, 1))) return unfollowed(m, call);
  later(m, () => { mayCall(m, args.values, undefined, listening(m, 'addEventListener', args)); });
  return undefinedValue;
};

/** A call of the function is in progress. */
function isActive(m: Machine, code: FunctionCode): boolean {
  for (let frame: Frame | undefined = m.frame; frame !== undefined; frame = frame.caller) if (frame.code === code) return true;
  return false;
}

/** What a process does may call whoever listens to it, at once or later. */
const processMember: Native = (m, call) => {
  mayHold(m, call.arguments.values);
  meanwhile(m);
  return plainHost;
};

const entries = (pick: (m: Machine, key: Value, value: Value, call: Invocation) => Value): Native => (m, call) => {
  const { site } = call;
  const source = argument(call.arguments, 0);
  const { known, others } = entriesOf(m, source, site);
  // A getter may take away what stands behind it, or what a loop comes by.
  if (source.kind === 'object' && accessorsOf(m, source.heap).length > 0) {
    const all = m.memory.joiner.all([others, ...known.map(([, value]) => value), unknownFrom(m, [source], site)]);
    return made(m, call, { items: [], others: m.allocator.along('others', () => pick(m, plainHost, all, call)) });
  }
  return made(m, call, {
    items: known.map(([key, value], index) => m.allocator.along(index, () => pick(m, literal(key), value, call))),
    others: others.kind === 'never' ? never : m.allocator.along('others', () => pick(m, plainHost, others, call)),
  });
};

/** Writes may fail from now on. To an object that is made where it is frozen nobody could write before. */
const freeze: Native = (m, call) => {
  const value = argument(call.arguments, 0);
  const known = fixing('frozen')(m, call);
  if (known === undefined) {
    m.mayThrow();
    hold(m, value);
  }
  for (const member of members(value)) if (member.kind === 'object') member.heap.writable = isWithin(member.heap.site, call.site) ? 'never' : known === undefined ? 'perhaps' : member.heap.writable;
  return value;
};

const fromEntries: Native = (m, call) => {
  const { site } = call;
  const object = record(m, site);
  eachEntry(m, argument(call.arguments, 0), site, (key, value) => {
    const name = keyText(toPrimitive(m, key, 'string', site));
    if (!m.reachable) return;
    putUnder(m, object.heap, name, value);
  });
  return object;
};

const isArray: Native = (m, call) => m.memory.joiner.all(members(argument(call.arguments, 0)).map((value) => {
  // Its class may extend that of arrays.
  if (value.kind === 'object' && value.heap.class !== undefined && value.heap.open !== undefined) return plainHost;
  if (value.kind === 'object' && ownerOf(m, value.heap) !== undefined) return literal(ownerOf(m, value.heap) === 'Array');
  if (value.kind === 'object') return literal(value.heap.isArray && numbersIn(value.heap) === undefined && !isArguments(value.heap));
  // Lists of plain values are one of those of which only that is known.
  return value.kind === 'unknown' || value.kind === 'host' ? plainHost : literal(false);
}));

/** `Object(value)`: the value, if it is an object; otherwise a new one. */
const boxed: Native = (m, call) => m.memory.joiner.all(members(argument(call.arguments, 0)).map((value) => {
  if (value.kind === 'literal' && (value.value === undefined || value.value === null)) return record(m, call.site);
  if (value.kind === 'symbol') return unknownFrom(m, [], call.site);
  if (value.kind !== 'literal' && value.kind !== 'host') return value;
  const object = value.kind === 'literal' ? box(m, value.value, call.site) : undefined;
  if (object !== undefined) return object;
  const { heap } = record(m, call.site);
  heap.open ??= unknownFrom(m, [value], call.site);
  return { kind: 'object', heap };
}));

/** `new Number(value)`. */
const boxing = (name: 'Number' | 'String' | 'Boolean', convert: Native): Native => (m, call) => {
  if (call.label !== 'new') return convert(m, call);
  const [value] = call.arguments.values.map((each) => unboxed(m, each, 'default'));
  if (value !== undefined && value.kind !== 'literal') return convert(m, call);
  return box(m, value === undefined ? convertedBy(name, name === 'String' ? '' : name === 'Number' ? 0 : undefined) : convertedBy(name, value.value), call.site) ?? convert(m, call);
};

/** The same for each type. */
function ofTypedArrays<T>(of: (name: TypedName) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(typedNames.map((name) => [name, of(name)]));
}

const constructors: Readonly<Record<string, Native>> = {
  Array: newArray, ...ofTypedArrays((name) => newTypedArray(name)),
  Map: (m, call) => makeCollection(m, call, { kind: 'map' }),
  WeakMap: (m, call) => makeCollection(m, call, { kind: 'map', weak: true }),
  Set: (m, call) => makeCollection(m, call, { kind: 'set' }),
  Promise: newPromise,
  Object: boxed,
  Number: boxing('Number', plain), String: boxing('String', plain), Boolean: boxing('Boolean', fresh), BigInt: plain, Symbol: newSymbol,
  ...Object.fromEntries(errorNames.map((name): [string, Native] => [name, (m, call) => makeError(m, name, call)])),
  Date: fresh, RegExp: fresh, Proxy: newProxy,
  parseFloat: plain, parseInt: plain, isNaN: fresh, isFinite: fresh,
  setTimeout: once('setTimeout'), setInterval: deferred({ by: 'setInterval', once: false }), setImmediate: once('setImmediate'),
  queueMicrotask: (m, call) => queued(m, call) ?? once('queueMicrotask')(m, call), requestAnimationFrame: once('requestAnimationFrame'), addEventListener: listen,
  clearTimeout: nothing, clearInterval: nothing,
  structuredClone: (m, call) => copyOf(m, argument(call.arguments, 0), call.site),
};

/** What is known of a call, or else what is done where it is not. */
function exactly(known: (m: Machine, call: Invocation) => Value | undefined, otherwise: Native = unfollowed): Native {
  return (m, call) => {
    const value = known(m, call);
    if (value !== undefined) return value;
    m.mayThrow();
    return otherwise(m, call);
  };
}

/** As the function, as long as nobody has put something on promises, and where it is called on their constructor. */
function ofPromises(known: Native): Native {
  return (m, call) => (call.receiver.kind !== 'native' || m.functions.extended.has('Promise') || m.builtIn.patches.touches('then', 'constructor') ? unfollowed : known)(m, call);
}

/** As the function, of objects only. */
const ofObjects = (known: (m: Machine, call: Invocation) => Value | undefined) => (m: Machine, call: Invocation): Value | undefined => (isPrimitive(argument(call.arguments, 0)) ? fails(m, 'TypeError', call.site) : known(m, call));

/** What gives an array, as what gives a typed one. */
const typed = (name: TypedName, make: Native): Native => (m, call) => {
  const value = make(m, call);
  return value.kind === 'object' ? typedArray(m, name, m.memory.list(value.heap), call) : value;
};

const statics: Readonly<Record<string, Readonly<Record<string, Native>>>> = {
  Array: { from: makingOwn('Array', arrayFrom), of: makingOwn('Array', arrayOf), isArray },
  ...ofTypedArrays((name) => ({ from: makingOwn(name, typed(name, arrayFrom)), of: makingOwn(name, typed(name, arrayOf)) })),
  Object: {
    keys: entries((_, key) => key),
    values: entries((_, __, value) => value),
    entries: entries((m, key, value, call) => array(m, { items: [key, value], others: never }, call.site)),
    assign: assigning(boxed), fromEntries,
    freeze, hasOwn, getOwnPropertyDescriptor: describe, defineProperty: defineByDescriptor, defineProperties: defineEach,
    seal: exactly(fixing('sealed'), restrict), preventExtensions: exactly(preventExtensions, restrict),
    isSealed: exactly(isFixed('sealed')), isFrozen: exactly(isFixed('frozen')), isExtensible: exactly(extensibility),
    create: exactly(create), getPrototypeOf: exactly(getPrototypeOf), setPrototypeOf: exactly(setPrototypeOf),
    getOwnPropertyNames: exactly(getOwnPropertyNames), getOwnPropertySymbols: exactly(getOwnPropertySymbols), getOwnPropertyDescriptors: exactly(getOwnPropertyDescriptors),
  },
  Reflect: {
    has: exactly(hasByReflection, fresh), set: exactly(setByReflection), isExtensible: exactly(ofObjects(extensibility), fresh), deleteProperty, defineProperty: exactly(defineByReflection), getOwnPropertyDescriptor: exactly(ofObjects(describe)), getPrototypeOf: exactly(prototypeOfObject), setPrototypeOf: exactly(setPrototypeByReflection), ownKeys: exactly(ownKeys),
    apply: reflectedCall, construct: constructByReflection, get: reflectedMember,
  },
  Promise: {
    resolve: ofPromises(promiseResolve),
    reject: ofPromises(exactly(promiseReject)), withResolvers: ofPromises(exactly(withResolvers)),
    ...Object.fromEntries(Object.entries(promises).map(([name, known]) => [name, ofPromises(exactly(known))])),
  },
  Number: { isInteger: fresh, isFinite: fresh, isNaN: fresh, parseFloat: plain, parseInt: plain, isSafeInteger: fresh },
  Date: { now: fresh },
  String: { raw: fresh },
  Math: { floor: rounding('floor'), ceil: rounding('ceil'), round: rounding('round'), trunc: rounding('trunc') },
};

/** Namespaces all of whose other functions do the same: most compute plain values from plain values, or do nothing to them. */
const namespaces: Readonly<Record<string, Native>> = { Math: numeric, JSON: written, console: nothing, performance: fresh, process: processMember, Reflect: unfollowed };

/** Symbols that the language itself uses as keys. */
const knownSymbols: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Symbol).filter((name) => typeof Reflect.get(Symbol, name) === 'symbol').concat('dispose', 'asyncDispose'));

const constants: Readonly<Record<string, Value>> = {
  undefined: undefinedValue, NaN: literal(NaN), Infinity: literal(Infinity),
};

export function globalValue(m: Machine, name: string): Value | undefined {
  if (Object.hasOwn(constants, name)) return constants[name];
  const call = Object.hasOwn(constructors, name) ? constructors[name] : Object.hasOwn(namespaces, name) ? nothing : isOfLanguage(name) ? unfollowed : undefined;
  return call && native(m, name, name, call);
}

/** What the language or a library has under a name, as long as nobody puts something else there. */
export function givenGlobal(m: Machine, name: string): Value | undefined {
  return globalValue(m, name) ?? m.semantics.global(name);
}

/** What stands under a global name where the program may have put it there; undefined elsewhere. */
export function placedGlobal(m: Machine, name: string, site: Site): Value | undefined {
  const { global } = m.builtIn;
  if (global === undefined || Object.hasOwn(constants, name)) return undefined;
  const cell = global.properties.get(name);
  const content = cell && m.memory.read(cell);
  if ((content === undefined || content === absent) && unknownProperties(m, global).kind === 'never') return undefined;
  const placed = m.getMember({ kind: 'object', heap: global }, literal(name), site);
  const isPlaced = content !== undefined && !members(content).includes(absent);
  return isPlaced ? placed : m.memory.joiner.values(placed, givenGlobal(m, name) ?? placed);
}

/** Whether a name is that of an object of functions, which is none itself. */
export function isNamespace(name: string): boolean {
  return Object.hasOwn(namespaces, name) || name === 'Atomics';
}

/** A static member of a global, such as `Array.from` or `Math.exp`. */
export function globalMember(m: Machine, owner: string, name: string): Value | undefined {
  const own = Object.hasOwn(statics, owner) ? statics[owner] : undefined;
  const call = own !== undefined && Object.hasOwn(own, name) ? own[name] : Object.hasOwn(namespaces, owner) ? namespaces[owner] : undefined;
  if (owner === 'Symbol' && knownSymbols.has(name)) return symbol(name);
  const constant = constantOf(owner, name);
  if (constant !== undefined) return constant;
  // What it does not have itself the program may have put there.
  if (call === undefined || (Object.hasOwn(namespaces, owner) && isOfLanguage(owner) && descriptorAt(owner, name) === undefined) || (m.functions.extended.has(owner) && standardAt(`${owner}.${name}`) === undefined)) return undefined;
  return native(m, `${owner}.${name}`, name, call);
}

/** `Math.PI`, `Number.MAX_SAFE_INTEGER`: numbers that are the same in every engine. */
function constantOf(owner: string, name: string): Value | undefined {
  if ((owner !== 'Math' && owner !== 'Number') || !/^[A-Z]|^NaN$/.test(name)) return undefined;
  const constant: unknown = Reflect.get(owner === 'Math' ? Math : Number, name);
  return typeof constant === 'number' ? literal(constant) : owner === 'Math' ? plainHost : undefined;
}

/** A constructor of the program that a static function of the language is called on makes the result. */
function isConstructor(receiver: Value): boolean {
  return receiver.kind === 'class' || (receiver.kind === 'closure' && !receiver.code.arrow);
}

function native(m: Machine, path: string, name: string, call: Native): Value {
  return kept(m, path, name, (invocation) => (isConstructor(invocation.receiver) ? otherThanDeclared : call)(m, invocation));
}

/** What the language has under a path of names: whoever asks for it gets the same. */
export function languageValue(m: Machine, path: string, site: Site): Value {
  // What stands in the place of a property: `get RegExp.prototype.flags`.
  if (/^[gs]et /.test(path)) return kept(m, path, path, (call) => (prototypeAccessors[path] ?? unfollowed)(m, call));
  const [owner = path, name, method] = path.split('.');
  if (name === undefined) return globalValue(m, owner) ?? native(m, path, owner, unfollowed);
  if (name !== 'prototype') return globalMember(m, owner, name) ?? native(m, path, name, unfollowed);
  return method === undefined ? { kind: 'object', heap: prototypeOfLanguage(m, owner, site) } : methodOf(m, owner, method);
}
