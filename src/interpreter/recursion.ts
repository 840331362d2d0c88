/** Recursive functions: what a call gives that is too deep to follow, by a fixpoint over the calls around it. */
import { same } from '../domain/join.ts';
import type { Arguments, Value } from '../domain/value.ts';
import { never } from '../domain/values.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import { repeating } from './fixpoint.ts';
import type { Machine, Summary } from './machine/machine.ts';

/** Rounds after which the result is taken as it is. */
const rounds = 4;

/** Runs the outermost call of a function until what its inner calls were taken to give is what it gives. */
export function around(m: Machine, code: FunctionCode, depth: number, body: () => Value): Value {
  if (depth > 0) return body();
  const summary: Summary = { result: never, used: false };
  m.summaries.set(code, summary);
  try {
    const first = body();
    return isUsed(summary) ? settle(m, summary, first, body) : first;
  } finally {
    m.summaries.delete(code);
  }
}

/** The calls within have set it. */
function isUsed({ used }: Summary): boolean {
  return used;
}

function settle(m: Machine, summary: Summary, first: Value, body: () => Value): Value {
  const { joiner } = m.memory;
  return repeating(m, () => {
    let result = first;
    for (let round = 0; round < rounds; round++) {
      const joined = joiner.values(summary.result, result);
      if (same(joined, summary.result)) break;
      summary.result = joined;
      m.reachable = true;
      result = joiner.values(body(), joined);
    }
    m.reachable = true;
    return result;
  });
}

/** A call too deep to follow: what the calls around it give, and what comes of its arguments. */
export function tooDeep(m: Machine, code: FunctionCode, args: Arguments, site: Site): Value {
  const summary = m.summaries.get(code);
  if (summary !== undefined) summary.used = true;
  const known = summary?.result ?? never;
  const through = m.semantics.through(code, args, site);
  return through === undefined ? known : m.memory.joiner.values(known, through);
}
