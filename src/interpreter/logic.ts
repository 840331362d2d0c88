/** `&&`, `||` and `??`: which come to their right side only where the left one lets them. */
import type { Value } from '../domain/value.ts';
import { isMissing, isNullish, mayBeNullish, members, nonNullish, truth } from '../domain/values.ts';
import type { Site } from '../program/ir.ts';
import { decideValue } from './machine/conditions.ts';
import type { Machine } from './machine/machine.ts';

export type LogicalOperator = '&&' | '||' | '??';

export function logical(m: Machine, operator: LogicalOperator, left: Value, site: Site, right: () => Value): Value {
  const decisions = new Set(members(left).map((member) => goesOn(operator, member)));
  const [only] = decisions;
  if (decisions.size === 1 && only !== undefined) return only ? right() : left;
  return decideValue(m, site, () => (operator === '&&' ? left : nonNullish(left)), right);
}

/** Whether the right side is come to; undefined where that is not known. */
function goesOn(operator: LogicalOperator, left: Value): boolean | undefined {
  if (operator === '??') return isNullish(left) || isMissing(left) ? true : mayBeNullish(left) ? undefined : false;
  const holds = truth(left);
  return holds === undefined ? undefined : holds === (operator === '&&');
}
