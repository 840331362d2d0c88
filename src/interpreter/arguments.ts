/** The arguments of a call, and the elements of an array literal: with spreads. */
import { type Length, plus } from '../calculus/numbers/length.ts';
import type { Arguments, Value } from '../domain/value.ts';
import { countOf, never } from '../domain/values.ts';
import type { Argument, Site } from '../program/ir.ts';
import { iterateStrictly } from './builtins/iteration.ts';
import type { Machine } from './machine/machine.ts';

/** Values in a row. `loose`: those of which the places are not known, a spread of unknown length and what stands behind it, each as it is given. `count`: how many there are altogether. */
interface Row extends Arguments {
  readonly loose: readonly Value[];
  readonly count: Length;
}

export function evaluateArguments(m: Machine, list: readonly Argument[]): Arguments {
  return evaluateRow(m, list);
}

export function evaluateRow(m: Machine, list: readonly Argument[]): Row {
  const values: Value[] = [];
  const loose: Value[] = [];
  const sites: Site[] = [];
  let others: Value | undefined;
  let count: Length = 0;
  for (const { spread, value: expression } of list) {
    const value = m.evaluate(expression);
    if (!spread && others === undefined) {
      values.push(value);
      sites.push(expression.site);
      count = plus(count, 1);
      continue;
    }
    const given = spread ? iterateStrictly(m, value, expression.site) : { items: [value], others: never };
    count = plus(count, countOf(given));
    if (others === undefined) {
      for (const item of given.items) {
        values.push(item);
        sites.push(expression.site);
      }
    } else {
      for (const item of given.items) loose.push(item);
      others = m.memory.joiner.all([others, ...given.items]);
    }
    if (given.others.kind === 'never') continue;
    loose.push(given.others);
    others = m.memory.joiner.values(others ?? never, given.others);
  }
  return { values, sites, others, loose, count };
}
