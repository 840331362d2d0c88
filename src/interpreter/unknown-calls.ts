/** Calls of functions that have no body in the program, and of those that they are handed. */
import { allArguments } from '../domain/invocation.ts';
import type { Arguments, ClosureValue, Value } from '../domain/value.ts';
import { host, members, nodeOf, undefinedValue } from '../domain/values.ts';
import type { Site } from '../program/ir.ts';
import { escape, lasting, returned } from './escape.ts';
import { fixpoint } from './fixpoint.ts';
import { meanwhile, nowOrLater } from './later.ts';
import type { Machine } from './machine/machine.ts';
import { fromType } from './values/types.ts';
import { unknownFrom } from './values/unknown.ts';

/** Who calls a function that it has been handed, by its name: once, or whenever something happens. */
export interface Caller {
  readonly by: string;
  readonly once: boolean;
}

/** The functions among some values. */
export function functionsIn(values: readonly Value[]): readonly ClosureValue[] {
  return values.flatMap((value) => members(value).filter((member): member is ClosureValue => member.kind === 'closure'));
}

/** Runs functions as unknown code may that was handed them: with anything, any number of times, or never. */
export function mayCall(m: Machine, values: readonly Value[], given: readonly Value[] = values, caller?: Caller): void {
  for (const closure of functionsIn(values)) {
    const { site, name } = closure.code;
    lasting(m, () => {
      m.perhaps(() => {
        fixpoint(m, () => {
          const args: Arguments = { values: [], sites: [], others: unknownFrom(m, given, site) };
          returned(m, m.invoke(closure, undefinedValue, args, site, name));
        }, caller && { kind: 'handler', site: closure.code.nameSite, code: closure.code, ...caller });
      });
    });
  }
}

/** As `mayCall`, of code that may keep the functions: it may also call them whenever it gets to run. */
export function mayHold(m: Machine, values: readonly Value[], given: readonly Value[] = values, caller?: Caller): void {
  if (functionsIn(values).length > 0) nowOrLater(m, () => { mayCall(m, values, given, caller); });
}

/** What a page tells whoever listens, as often as it happens. */
function listening(label: string, { values, others }: Arguments): Caller | undefined {
  return label === 'addEventListener' && values.length === 2 && others === undefined ? { by: label, once: false } : undefined;
}

export function callUnknown(m: Machine, callee: Value, receiver: Value, args: Arguments, site: Site, label: string): Value {
  const values = allArguments(args);
  m.history.unfollowed.set(site, nodeOf(callee));
  mayHold(m, values, [callee, receiver, ...values], listening(label, args));
  // It may call what it was handed before.
  meanwhile(m);
  if (callee.kind === 'host') return host(callee.node);
  const result = unknownFrom(m, [callee, receiver, ...values], site);
  escape(m, [receiver, ...values], result);
  if (callee.kind !== 'unknown' || callee.type?.kind !== 'function') return result;
  return fromType(m, callee.type.result(), { node: result.node, site, name: label });
}
