/** The arguments of a call, and the elements of an array literal: with spreads. */
import type { Arguments, Value } from '../domain/value.ts';
import type { Argument } from '../program/ir.ts';
import { iterate } from './builtins/iteration.ts';
import type { Machine } from './machine/machine.ts';

export function evaluateArguments(m: Machine, list: readonly Argument[]): Arguments {
  const values: Value[] = [];
  const sites = [];
  let others: Value | undefined;
  for (const { spread, value: expression } of list) {
    const value = m.evaluate(expression);
    if (!spread) {
      if (others === undefined) {
        values.push(value);
        sites.push(expression.site);
      } else others = m.memory.joiner.values(others, value);
      continue;
    }
    const items = iterate(m, value, expression.site);
    if (others === undefined) for (const item of items.items) {
      values.push(item);
      sites.push(expression.site);
    }
    if (items.others.kind !== 'never') others = m.memory.joiner.all([others ?? items.others, items.others]);
  }
  return { values, sites, others };
}
