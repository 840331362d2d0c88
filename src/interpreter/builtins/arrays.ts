/** Arrays: their items and methods. */
import { argument } from '../../domain/invocation.ts';
import type { HeapObject, Invocation, ListState, NativeValue, ObjectValue, Value } from '../../domain/value.ts';
import { absent, amount, countOf, host, isUndefined, keyText, literal, members, never, plainHost, presentIn, symbol, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { callUnknown } from '../unknown-calls.ts';
import { anyItem, arrayIndex, isArguments, isDeclared, isExact, itemAt, numbersIn } from '../values/lists.ts';
import { standardly } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';
import { callOnArrayLike } from './borrowed/array-likes.ts';
import { callbackMethods, flattened } from './array-callbacks.ts';
import { changingMethods, copyingMethods } from './array-changes.ts';
import { between, madeLike, type Method, wholeNumber } from './array-method.ts';
import { toPrimitive } from './conversion.ts';
import { iterator, picks } from './iterators.ts';
import { roughen } from './smooth.ts';
import { typedMethods, typedProperty, typedPrototype } from './typed-arrays.ts';

/** `array[key]`; undefined where the array has nothing of its own under the key. */
export function arrayMember(m: Machine, heap: HeapObject, name: string | undefined, key: Value): Value | undefined {
  const list = m.memory.list(heap);
  if (name === undefined || key.kind !== 'literal') return anyMember(m, heap, list);
  if (name === 'length') return lengthValue(heap, list);
  const index = arrayIndex(name);
  if (index !== undefined) return itemAt(m, list, index);
  if (isArguments(heap) && name === 'callee') {
    m.mayThrow();
    return unknownFrom(m, [], heap.site);
  }
  if (isArguments(heap)) return undefined;
  if (name === 'constructor' && isDeclared(heap)) return unknownFrom(m, [], heap.site);
  const isTyped = numbersIn(heap) !== undefined;
  const property = isTyped ? typedProperty(m, heap, name) : undefined;
  if (property !== undefined) return property;
  const own = isTyped ? typedMethods : methods;
  const method = Object.hasOwn(own, name) ? own[name] : undefined;
  if (method !== undefined || name in (isTyped ? typedPrototype : Array.prototype)) return bound(m, heap, name, method === undefined || (ofSpecies.has(name) && saysWhatIsMade(m, heap)) ? undescribed : m.builtIn.patches.addsItems && !isExact(list) ? otherThanDeclared : method);
  // A key that was not known may have been this one.
  return isExact(list) ? undefinedValue : m.memory.joiner.values(list.others, undefinedValue);
}

function lengthValue(heap: HeapObject, list: ListState): Value {
  const count = countOf(list);
  return heap.allocation.summary ? plainHost : amount(count);
}

/** The program itself has put something there, at least on some ways. */
function isHeld(m: Machine, heap: HeapObject, name: string): boolean {
  const cell = heap.properties.get(name);
  return cell !== undefined && m.memory.read(cell) !== absent;
}

/** The program has said what the methods of an array make. */
function saysWhatIsMade(m: Machine, heap: HeapObject): boolean {
  return isHeld(m, heap, 'constructor') || m.functions.extended.has('Array') || m.builtIn.patches.touches('constructor');
}

function anyMember(m: Machine, heap: HeapObject, list: ListState): Value {
  const named = [...heap.properties.values()].map((cell) => presentIn(m.memory.read(cell) ?? never));
  return m.memory.joiner.all([anyItem(m, list), ...named]);
}

function bound(m: Machine, heap: HeapObject, name: string, method: Method): NativeValue {
  const object: Value = { kind: 'object', heap };
  return { kind: 'native', name, ...numbersIn(heap) === undefined ? standardly(`Array.prototype.${name}`) : {}, call: (invocation) => {
    const { receiver } = invocation;
    // `[].includes.call(other)`: it is borrowed.
    if (receiver.kind === 'object' && receiver.heap !== heap) return borrowed(m, receiver, name, invocation);
    if (!members(receiver).some((member) => member.kind === 'object' && member.heap === heap)) return otherThanDeclared(m, invocation, m.memory.list(heap), heap);
    return method(m, { ...invocation, receiver: object }, m.memory.list(heap), heap);
  } };
}

function borrowed(m: Machine, receiver: ObjectValue, name: string, call: Invocation): Value {
  const alike = callOnArrayLike(m, name, call);
  if (alike !== undefined) return alike;
  const own = receiver.heap.isArray ? m.getMember(receiver, literal(name), call.site) : undefined;
  return own?.kind === 'native' && own.name === name ? own.call(call) : undescribed(m, call, m.memory.list(receiver.heap), receiver.heap);
}

/** A method that is not described here: what it gives may hold any of the items. */
const undescribed: Method = (m, { receiver, arguments: args, site, label }) => callUnknown(m, unknownFrom(m, [], site), receiver, args, site, label);

/** As above, of what is not of the type that is declared. */
const otherThanDeclared: Method = (m, call, list, heap) => m.memory.joiner.values(undescribed(m, call, list, heap), plainHost);

/** Methods that ask the array's own constructor for what they make. */
const ofSpecies: ReadonlySet<string> = new Set(['concat', 'filter', 'flat', 'flatMap', 'map', 'slice', 'splice']);

const methods: Readonly<Record<string, Method>> = {
  ...callbackMethods, ...changingMethods, ...copyingMethods,
  flat: (m, call, list, heap) => madeLike(m, call, heap, flattened(m, list, call.site, wholeNumber(argument(call.arguments, 0), 1))),
  slice: (m, call, list, heap) => madeLike(m, call, heap, between(m, list, argument(call.arguments, 0), argument(call.arguments, 1))),
  concat: (m, call, _list, heap) => {
    const parts = [{ kind: 'object', heap } as const, ...call.arguments.values];
    if (parts.some((part) => saysHowItSpreads(m, part, call.site))) return madeLike(m, call, heap, { items: [], others: unknownFrom(m, parts, call.site) });
    return madeLike(m, call, heap, flattened(m, { items: parts, others: call.arguments.others ?? never }, call.site, 1));
  },
  entries: (m, { site }, _list, heap) => iterator(m, heap, picks.entries, site),
  values: (m, { site }, _list, heap) => iterator(m, heap, picks.values, site),
  keys: (m, { site }, _list, heap) => iterator(m, heap, picks.keys, site),
  join: (m, { site }, list) => {
    for (const item of [...list.items, list.others]) toPrimitive(m, item, 'string', site);
    const read = firstRead(list);
    if (read !== undefined) roughen('join', [read]);
    return host(read);
  },
};

/** Whether an object of the program has `Symbol.isConcatSpreadable`: it is asked, and what it answers is not followed. */
function saysHowItSpreads(m: Machine, value: Value, site: Site): boolean {
  if (m.builtIn.patches.touches(keyText(symbol('isConcatSpreadable')) ?? '')) return true;
  return members(value).some((member) => {
    if (member.kind === 'closure') return m.functions.extended.has(member.code);
    if (member.kind !== 'object') return false;
    const key = symbol('isConcatSpreadable');
    return member.heap.isRecord ? !isUndefined(m.getMember(member, key, site)) : member.heap.properties.has(keyText(key) ?? '');
  });
}

function firstRead(list: ListState) {
  const read = [...list.items, list.others].find((item) => item.kind === 'host');
  return read?.kind === 'host' ? read.node : undefined;
}
