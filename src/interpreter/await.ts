/** `await`: what it gives, and what may happen before it gives it. */
import { callWith } from '../domain/invocation.ts';
import type { NativeValue, ObjectValue, Value } from '../domain/value.ts';
import { isUndefined, literal, members, never, undefinedValue } from '../domain/values.ts';
import type { Expression, Site } from '../program/ir.ts';
import { disturb } from './escape.ts';
import { catchUp, meanwhile } from './later.ts';
import { type Frame, siteOf } from './machine/frame.ts';
import type { Machine } from './machine/machine.ts';
import { arePatched, heldBy } from './promises/courses.ts';
import { blocked } from './promises/draining.ts';
import { refineAt } from './values/types.ts';
import { unknownFrom } from './values/unknown.ts';

export function awaitExpression(m: Machine, e: Extract<Expression, { op: 'await' }>): Value {
  return awaited(m, evaluateAwaited(m, e.value), e.site);
}

/** What a function gives back: whoever awaits the function awaits that too. */
export function evaluateReturned(m: Machine, value: Expression): Value {
  return m.frame.isAwaited ? evaluateAwaited(m, value) : m.evaluate(value);
}

export function evaluateAwaited(m: Machine, value: Expression): Value {
  const { frame } = m;
  const { awaits } = frame;
  frame.awaits = new Set(awaitedCalls(m, value));
  const result = m.evaluate(value);
  frame.awaits = awaits;
  return result;
}

/** Awaits what a call at a site gives, as soon as it gives it. */
export function awaitedAtOnce(m: Machine, call: () => Value, at: Site, site: Site): Value {
  const { frame } = m;
  const { awaits } = frame;
  frame.awaits = new Set([at]);
  const result = call();
  frame.awaits = awaits;
  return awaited(m, result, site);
}

/**
 * The calls that nothing in the expression comes behind: between them and the moment at which their promises settle,
 * the code at hand does nothing. A call that hands a rejection to a callback is left anywhere, so it is none of them.
 */
function awaitedCalls(m: Machine, e: Expression): readonly Site[] {
  switch (e.op) {
    case 'call': {
      const { callee } = e;
      if (callee === 'super' || callee.op !== 'member' || callee.object === 'super' || callee.key.op !== 'constant') return [e.site];
      // Where somebody catches it, a failure does not pass over the callback of `finally`.
      const isChained = (callee.key.value === 'finally' && m.trial === undefined) || (callee.key.value === 'then' && e.arguments.length === 1);
      return isChained ? [e.site, ...awaitedCalls(m, callee.object)] : [e.site];
    }
    case 'conditional': return [...awaitedCalls(m, e.then), ...awaitedCalls(m, e.else)];
    case 'logical': return [...awaitedCalls(m, e.left), ...awaitedCalls(m, e.right)];
    case 'sequence': return e.expressions.slice(-1).flatMap((last) => awaitedCalls(m, last));
    default: return [];
  }
}

export function awaited(m: Machine, value: Value, site: Site): Value {
  const before = m.waits;
  const known = m.frame.blocks && m.turns.isOn && !arePatched(m) ? blocked(m, value, site) : undefined;
  m.waits++;
  if (known === undefined) {
    if (value.kind !== 'literal') m.mayThrow();
    suspend(m);
  }
  if (!m.reachable) return never;
  // What stands behind an `await` of a module still comes before what stands below it.
  if (m.frame.code !== undefined) m.frame.late = true;
  // Whatever has been waiting runs now.
  disturb(m);
  const result = known ?? settled(m, value, site);
  meanwhile(m);
  catchUp(m, before);
  meanwhile(m);
  // It fails, or never settles.
  if (result.kind === 'never') m.throws(unknownFrom(m, [value], site));
  return result;
}

/** Whoever does not wait for the code at hand goes on with what it has written so far. */
function suspend(m: Machine): void {
  let frame: Frame = m.frame;
  while (frame.isAwaited && frame.caller !== undefined) frame = frame.caller;
  if (!m.reachable || frame.suspensions === undefined) return;
  frame.suspensions.push(new Map(m.memory.store.since(frame.entry)));
  if (frame.letGo !== undefined) m.memory.write(frame.letGo, literal(true));
  m.turns.pause();
}

/** What is there once a value has settled. An unknown value behind an `await` has the type of the `await`. */
export function settled(m: Machine, value: Value, site: Site | undefined): Value {
  switch (value.kind) {
    case 'union': return m.memory.joiner.all(members(value).map((member) => settled(m, member, site)));
    case 'promise': {
      const held = heldBy(m, value);
      if (arePatched(m)) return m.memory.joiner.values(held, unknownFrom(m, [held], site ?? siteOf(m.frame)));
      return held.kind === 'unknown' ? held : settled(m, held, site);
    }
    case 'unknown': return site === undefined ? value : refineAt(m, { ...value, type: undefined }, site);
    case 'object': return settledObject(m, value);
    default: return value;
  }
}

/** An object with a method `then` is asked for what it stands for. */
function settledObject(m: Machine, value: ObjectValue): Value {
  const { heap } = value;
  if (!heap.isRecord || !mayHaveThen(value)) return value;
  const then = m.getMember(value, literal('then'), heap.site);
  if (isUndefined(then) || then.kind === 'literal') return value;
  const given: Value[] = [];
  const settle: NativeValue = { kind: 'native', name: 'resolve', call: ({ arguments: args }) => {
    given.push(...args.values);
    return undefinedValue;
  } };
  m.either(() => undefined, () => { m.invoke(then, value, callWith([settle, settle], heap.site), heap.site, 'then'); });
  return unknownFrom(m, given, heap.site);
}

/** Its own, or one of the classes that it is an instance of. */
function mayHaveThen({ heap }: ObjectValue): boolean {
  if (heap.redirected || heap.properties.has('then') || heap.accessors.has('then')) return true;
  for (let home: Value = heap.class ?? never; home.kind === 'class'; home = home.parent ?? never) {
    if (home.code.members.some(({ key, static: isStatic }) => !isStatic && (key.op !== 'constant' || key.value === 'then'))) return true;
  }
  return false;
}
