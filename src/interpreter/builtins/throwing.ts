/** Which functions of the language throw nothing themselves, whatever they are given; what their callbacks throw is seen where these are called. */
import type { Invocation, Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import { errorNames } from './errors.ts';

const calm: ReadonlySet<string> = new Set([
  ...errorNames, 'Object',
  'isArray', 'is', 'Boolean', 'hasOwn', 'hasOwnProperty', 'propertyIsEnumerable', 'getOwnPropertyDescriptor', 'valueOf',
  'push', 'pop', 'shift', 'unshift', 'reverse',
  'get', 'set', 'has', 'add', 'delete', 'clear', 'keys', 'values', 'entries',
  'call', 'bind', 'bound', 'next', 'resolve', 'self', 'now',
  // They say themselves what they throw.
  'defineProperty', 'defineProperties', 'create', 'getPrototypeOf', 'setPrototypeOf', 'getOwnPropertyNames', 'getOwnPropertySymbols', 'getOwnPropertyDescriptors', 'ownKeys',
  'freeze', 'seal', 'preventExtensions', 'isFrozen', 'isSealed', 'isExtensible', 'deleteProperty', 'isPrototypeOf',
]);

/** Those that make numbers of the places that they are given. */
const converting: ReadonlySet<string> = new Set(['slice', 'indexOf', 'lastIndexOf', 'includes', 'at']);

/** Those that throw where they are not given a function. */
const calling: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'then', 'catch', 'finally', 'queueMicrotask']);

/** Whether a call of a function of the language may throw by itself. */
export function mayThrowItself(name: string, { receiver, arguments: { values, others } }: Invocation): boolean {
  if (isOfPromise(name, receiver) || isOfGenerator(name, receiver)) return false;
  if (others !== undefined || (!plainly.has(name) && !members(receiver).every(isOrdinary))) return true;
  if (converting.has(name)) return !values.slice(name === 'at' || name === 'slice' ? 0 : 1).every(isPlace);
  if (constructing.has(name)) return !values.every(isPlace);
  if (calling.has(name)) return values[0]?.kind !== 'closure';
  return !calm.has(name);
}

/** What promises are asked for fails them, or the promise that it gives. */
function isOfPromise(name: string, receiver: Value): boolean {
  if (receiver.kind === 'promise') return receiver.course !== undefined && (name === 'then' || name === 'catch' || name === 'finally');
  return name === 'settle' || (receiver.kind === 'native' && receiver.name === 'Promise' && ofConstructor.has(name));
}

/** What its body throws is seen where that is run. */
function isOfGenerator(name: string, receiver: Value): boolean {
  return receiver.kind === 'object' && receiver.heap.form.kind === 'generator' && (name === 'next' || name === 'return' || name === 'throw');
}

const ofConstructor: ReadonlySet<string> = new Set(['resolve', 'reject', 'withResolvers', 'all', 'allSettled', 'any', 'race']);

/** Those that take nothing or a plain value without asking it. */
const constructing: ReadonlySet<string> = new Set(['Date', 'Set', 'Map', 'WeakMap', 'Symbol']);

/** Those that do not care what they are called on. */
const plainly: ReadonlySet<string> = new Set([...errorNames, 'queueMicrotask', 'isArray', 'is', 'Boolean', 'Object', 'Date', 'Set', 'Map', 'WeakMap', 'Symbol']);

/** It is a number without being asked for one. */
function isPlace(value: Value): boolean {
  return (value.kind === 'literal' && typeof value.value !== 'bigint') || value.kind === 'host';
}

/** What is there, and may be written to. */
function isOrdinary(value: Value): boolean {
  switch (value.kind) {
    case 'object': return value.heap.writable === 'always';
    case 'closure': case 'class': case 'native': case 'promise': return true;
    default: return false;
  }
}
