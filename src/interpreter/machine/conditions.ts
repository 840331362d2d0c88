/** On what it hangs whether the code at hand is reached. */
import type { Value } from '../../domain/value.ts';
import { never } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from './machine.ts';
import type { Condition } from './way.ts';

/** Runs each way on its own, as `either` does, for ways between which a test decides. What follows hangs on it as well where one of them is left on the way. */
export function decide(m: Machine, test: Site, ...ways: readonly (() => void)[]): void {
  between(m, { test, of: 'branch', outer: m.frame.conditions }, ways);
}

/** Runs each way under a condition. */
function between(m: Machine, within: Condition, ways: readonly (() => void)[]): void {
  const { frame } = m;
  const before = frame.conditions;
  let after = before;
  m.either(...ways.map((way) => () => {
    frame.conditions = within;
    way();
    if (frame.conditions !== within || !m.comesOut) after = together(after, frame.conditions, before);
    frame.conditions = before;
  }));
  frame.conditions = after;
}

/** As `decide`, with the values of the ways joined. */
export function decideValue(m: Machine, test: Site, ...ways: readonly (() => Value)[]): Value {
  return valueBetween(m, { test, of: 'branch', outer: m.frame.conditions }, ways);
}

/** As `eitherValue`, for calls at a site of which one is made: it is not known which, and what they are given may go with it. */
export function choose(m: Machine, site: Site, ...ways: readonly (() => Value)[]): Value {
  return ways.length > 1 ? valueBetween(m, { test: site, of: 'choice', outer: m.frame.conditions }, ways) : m.eitherValue(...ways);
}

function valueBetween(m: Machine, within: Condition, ways: readonly (() => Value)[]): Value {
  let result: Value = never;
  between(m, within, ways.map((way) => () => {
    const value = way();
    if (m.reachable) result = m.memory.joiner.values(result, value);
  }));
  return result;
}

/** Runs the body of a loop, which is reached while a test holds. */
export function whileHolds(m: Machine, test: Site, body: () => void): void {
  const { frame } = m;
  const before = frame.conditions;
  frame.conditions = { test, of: 'loop', outer: before };
  body();
  frame.conditions = before;
}

/** What one list of conditions has beyond a part that is common, before another. */
function together(all: Condition | undefined, more: Condition | undefined, common: Condition | undefined): Condition | undefined {
  let result = all;
  for (let each = more; each !== undefined && each !== common; each = each.outer) result = { test: each.test, of: each.of, outer: result };
  return result;
}

/** Innermost first. */
export function conditionsOf(m: Machine): readonly Condition[] {
  const list: Condition[] = [];
  for (let each = m.frame.conditions; each !== undefined; each = each.outer) list.push(each);
  return list;
}
