/** What every object inherits from the language: questions about it. */
import { argument } from '../../domain/invocation.ts';
import type { Invocation, Value } from '../../domain/value.ts';
import { keyText, literal, plainHost } from '../../domain/values.ts';
import { toPrimitive } from '../builtins/conversion.ts';
import type { Machine } from '../machine/machine.ts';
import { type Own, ownProperty } from './own.ts';

/** The questions whose answers are known where all that an object has is known. */
const questions: Readonly<Record<'hasOwnProperty' | 'propertyIsEnumerable', (own: Own) => boolean>> = {
  hasOwnProperty: isOwn,
  propertyIsEnumerable: (own: Own) => own.kind !== 'none' && own.enumerable,
};

export function objectMember(m: Machine, name: string): Value | undefined {
  if (!(name in Object.prototype)) return undefined;
  if (name === 'constructor') return plainHost;
  const question = name === 'hasOwnProperty' || name === 'propertyIsEnumerable' ? questions[name] : undefined;
  return { kind: 'native', name, call: (call) => (question === undefined ? (name === 'valueOf' ? call.receiver : plainHost) : asked(m, call.receiver, argument(call.arguments, 0), call, question)) };
}

/** `Object.hasOwn(object, key)`. */
export const hasOwn = (m: Machine, call: Invocation): Value => asked(m, argument(call.arguments, 0), argument(call.arguments, 1), call, isOwn);

function asked(m: Machine, of: Value, written: Value, { arguments: { others }, site }: Invocation, question: (own: Own) => boolean): Value {
  const key = keyText(toPrimitive(m, written, 'string', site));
  const own = key === undefined || others !== undefined ? undefined : ownProperty(m, of, key);
  return own === undefined ? plainHost : literal(question(own));
}

function isOwn({ kind }: Own): boolean {
  return kind !== 'none';
}
