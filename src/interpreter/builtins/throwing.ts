/** Which functions of the language throw nothing themselves, whatever they are given; what their callbacks throw is seen where these are called. */
import type { Invocation, Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import { errorNames } from './errors.ts';

const calm: ReadonlySet<string> = new Set([
  ...errorNames,
  'isArray', 'is', 'Boolean', 'hasOwn', 'hasOwnProperty', 'propertyIsEnumerable', 'getOwnPropertyDescriptor', 'valueOf',
  'push', 'pop', 'shift', 'unshift', 'slice', 'indexOf', 'lastIndexOf', 'includes', 'at', 'reverse',
  'get', 'set', 'has', 'add', 'delete', 'clear', 'keys', 'values', 'entries',
  'call', 'bind', 'bound', 'next', 'resolve',
  // They say themselves what they throw.
  'defineProperty', 'defineProperties', 'create', 'getPrototypeOf', 'setPrototypeOf', 'getOwnPropertyNames', 'getOwnPropertySymbols', 'getOwnPropertyDescriptors', 'ownKeys',
  'freeze', 'seal', 'preventExtensions', 'isFrozen', 'isSealed', 'isExtensible', 'deleteProperty', 'isPrototypeOf',
]);

/** Those that throw where they are not given a function. */
const calling: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'then', 'catch', 'finally']);

/** Whether a call of a function of the language may throw by itself. */
export function mayThrowItself(name: string, { receiver, arguments: { values, others } }: Invocation): boolean {
  if (others !== undefined || !members(receiver).every(isOrdinary)) return true;
  if (calling.has(name)) return values[0]?.kind !== 'closure';
  return !calm.has(name);
}

/** What is there, and may be written to. */
function isOrdinary(value: Value): boolean {
  switch (value.kind) {
    case 'object': return value.heap.writable === 'always';
    case 'closure': case 'class': case 'native': case 'promise': return true;
    case 'literal': return value.value !== undefined && value.value !== null;
    default: return false;
  }
}
