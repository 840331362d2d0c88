/** Errors of the language, as values. */
import type { Invocation, ObjectValue, Value } from '../../domain/value.ts';
import { literal, never, plainHost } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { record } from '../values/properties.ts';
import { prototypeOfLanguage } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';

export const errorNames = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'] as const;

export type ErrorName = typeof errorNames[number];

/** What the language throws itself; its text is the engine's affair. */
export function languageError(m: Machine, name: ErrorName | 'AggregateError', site: Site): ObjectValue {
  const error = record(m, site);
  error.heap.prototype = prototypeOfLanguage(m, name, site);
  return error;
}

/** An error of the language, if all is as it seems: where nobody catches it, nothing is known of what follows. */
export function fails(m: Machine, name: ErrorName, site: Site): Value {
  if (m.trial === undefined) return unknownFrom(m, [], site);
  m.throws(languageError(m, name, site));
  return never;
}

/** `new TypeError(message, options)`. */
export function makeError(m: Machine, name: ErrorName, { arguments: { values, others }, site }: Invocation): Value {
  const [message] = values;
  if (message?.kind === 'symbol') return fails(m, 'TypeError', site);
  // It is asked for its text.
  if (message !== undefined && message.kind !== 'literal' && message.kind !== 'host') m.mayThrow();
  const error = languageError(m, name, site);
  // What it says of its cause is read.
  if (values.length > 1 || others !== undefined) {
    m.mayThrow();
    error.heap.open ??= unknownFrom(m, values, site);
    for (const options of values.slice(1)) m.perhaps(() => { m.getMember(options, literal('cause'), site); });
  }
  return error;
}

/** What errors have of their own, where no loop sees it, or inherit from their constructor. */
export function errorMember(name: ErrorName, key: string): Value | undefined {
  return key === 'name' ? literal(name) : key === 'message' || key === 'stack' ? plainHost : undefined;
}

export function isErrorName(name: string): name is ErrorName {
  return (errorNames as readonly string[]).includes(name);
}
