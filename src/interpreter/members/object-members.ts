/** What every object inherits from the language: questions about it. */
import { argument } from '../../domain/invocation.ts';
import type { Invocation, Value } from '../../domain/value.ts';
import { isNullish, isPrimitive, keyText, literal, plainHost, symbol } from '../../domain/values.ts';
import { toPrimitive } from '../builtins/conversion.ts';
import type { Machine } from '../machine/machine.ts';
import { inheritsFrom } from '../values/inheritance.ts';
import { isArguments, numbersIn } from '../values/lists.ts';
import { inheritsNothing, ownerOf } from '../values/prototypes.ts';
import { standardly } from '../values/standard.ts';
import { fails } from '../builtins/errors.ts';
import { escape } from '../escape.ts';
import { unknownFrom } from '../values/unknown.ts';
import { hasMember, type Own, ownProperty } from './own.ts';

/** The questions whose answers are known where all that an object has is known. */
const questions: Readonly<Record<'hasOwnProperty' | 'propertyIsEnumerable', (own: Own) => boolean>> = {
  hasOwnProperty: isOwn,
  propertyIsEnumerable: (own: Own) => own.kind !== 'none' && own.enumerable,
};

export function objectMember(m: Machine, name: string): Value | undefined {
  if (!(name in Object.prototype)) return undefined;
  if (name === 'constructor') return m.ofLanguage('Object');
  const method = methods.get(name);
  return { kind: 'native', name, ...standardly(`Object.prototype.${name}`), call: (call) => method?.(m, call) ?? (name.startsWith('__') ? handedOver(m, call) : plainHost) };
}

/** What is done to the object is not followed. */
function handedOver(m: Machine, { receiver, arguments: args, site }: Invocation): Value {
  m.mayThrow();
  const by = unknownFrom(m, [], site);
  escape(m, [receiver, ...args.values], by);
  return by;
}

type Method = (m: Machine, call: Invocation) => Value | undefined;

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['hasOwnProperty', (m, call) => asked(m, call.receiver, argument(call.arguments, 0), call, questions.hasOwnProperty)],
  ['propertyIsEnumerable', (m, call) => asked(m, call.receiver, argument(call.arguments, 0), call, questions.propertyIsEnumerable)],
  ['valueOf', (m, { receiver, site }) => (isNullish(receiver) ? fails(m, 'TypeError', site) : receiver.kind === 'literal' ? undefined : receiver)],
  ['toString', (m, { receiver }) => tagOf(m, receiver)],
  ['isPrototypeOf', (m, { receiver, arguments: args }) => {
    const of = argument(args, 0);
    if (isPrimitive(of)) return literal(false);
    const is = receiver.kind === 'object' ? inheritsFrom(m, of, receiver) : undefined;
    return is === undefined ? undefined : literal(is);
  }],
]);

const toStringTag = keyText(symbol('toStringTag')) ?? '';

/** The text that the language makes of an object that does not say itself what it is. */
function tagOf(m: Machine, value: Value): Value | undefined {
  if (m.builtIn.patches.touches(toStringTag)) return undefined;
  if (value.kind === 'literal') return literal(Object.prototype.toString.call(value.value));
  if (value.kind !== 'object' && value.kind !== 'closure' && value.kind !== 'class') return undefined;
  if (hasMember(m, value, toStringTag) !== false) return undefined;
  if (value.kind !== 'object') return literal('[object Function]');
  const { heap } = value;
  if (heap.isArray) return numbersIn(heap) === undefined ? literal(isArguments(heap) ? '[object Arguments]' : '[object Array]') : undefined;
  if (heap.primitive !== undefined) return literal(Object.prototype.toString.call(heap.primitive));
  return heap.isRecord && ownerOf(m, heap) === undefined && (heap.prototype === undefined || !m.builtIn.owners.has(heap.prototype) || ownerOf(m, heap.prototype) === inheritsNothing) ? literal('[object Object]') : undefined;
}

/** `Object.hasOwn(object, key)`. */
export const hasOwn = (m: Machine, call: Invocation): Value => (isNullish(argument(call.arguments, 0)) ? fails(m, 'TypeError', call.site) : askedOf(m, call));

const askedOf = (m: Machine, call: Invocation): Value => asked(m, argument(call.arguments, 0), argument(call.arguments, 1), call, isOwn);

function asked(m: Machine, of: Value, written: Value, { arguments: { others }, site }: Invocation, question: (own: Own) => boolean): Value {
  const key = keyText(toPrimitive(m, written, 'string', site));
  const own = key === undefined || others !== undefined ? undefined : ownProperty(m, of, key);
  if (isNullish(of) && m.reachable) return fails(m, 'TypeError', site);
  return own === undefined ? plainHost : literal(question(own));
}

function isOwn({ kind }: Own): boolean {
  return kind !== 'none';
}
