/** Recursive functions: what a call gives that is too deep to follow, by a fixpoint over the calls around it. */
import { noFacts } from '../calculus/numbers/facts.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import type { Arguments } from './invocation.ts';
import { nodeOf, same } from '../domain/join.ts';
import type { Machine } from './machine.ts';
import { type TensorValue, type Value, members, never } from '../domain/value.ts';

interface Summary {
  result: Value;
  used: boolean;
}

/** Rounds after which the result is taken as it is. */
const rounds = 4;

export class Recursion {
  readonly #summaries = new Map<FunctionCode, Summary>();

  /** Runs the outermost call of a function until what its inner calls were taken to give is what it gives. */
  around(m: Machine, code: FunctionCode, depth: number, body: () => Value): Value {
    if (depth > 0) return body();
    const summary: Summary = { result: never, used: false };
    this.#summaries.set(code, summary);
    try {
      const first = body();
      return summary.used ? this.#settle(m, summary, first, body) : first;
    } finally {
      this.#summaries.delete(code);
    }
  }

  #settle(m: Machine, summary: Summary, first: Value, body: () => Value): Value {
    return m.untilFixpoint(() => {
      let result = first;
      for (let round = 0; round < rounds; round++) {
        const joined = m.joiner.values(summary.result, result);
        if (same(joined, summary.result)) break;
        summary.result = joined;
        m.reachable = true;
        result = m.joiner.values(body(), joined);
      }
      m.reachable = true;
      return result;
    });
  }

  /** A call too deep to follow: what the calls around it give, with every gradient of its arguments let through. */
  again(m: Machine, code: FunctionCode, args: Arguments, site: Site): Value {
    const summary = this.#summaries.get(code);
    if (summary !== undefined) summary.used = true;
    const known = summary?.result ?? never;
    const values = args.others === undefined ? args.values : [...args.values, args.others];
    const tensors = values.flatMap((value) => members(value).filter((member): member is TensorValue => member.kind === 'tensor'));
    const [tensor] = tensors;
    if (tensor === undefined) return known;
    const node = m.node('operation', code.name, site, values.flatMap((value) => members(value).flatMap((member) => {
      const from = nodeOf(member);
      return from === undefined ? [] : [{ from, effect: 'flows' as const, site }];
    })));
    return m.joiner.values(known, { ...tensor, class: 'Tensor', node, facts: noFacts });
  }
}
