/** `await`. */
import type { Value } from '../domain/value.ts';
import { members } from '../domain/values.ts';
import type { Site } from '../program/ir.ts';
import { disturb } from './escape.ts';
import type { Machine } from './machine/machine.ts';
import { refineAt } from './values/types.ts';

export function awaited(m: Machine, value: Value, site: Site): Value {
  m.frame.late = true;
  // Whatever has been waiting runs now.
  disturb(m);
  if (value.kind !== 'promise' && value.kind !== 'union') return value.kind === 'unknown' ? settled(m, value, site) : value;
  return m.memory.joiner.all(members(value).map((member) => (member.kind === 'promise' ? member.value : settled(m, member, site))));
}

/** An unknown value behind an `await` has the type of the `await`. */
function settled(m: Machine, value: Value, site: Site): Value {
  return value.kind === 'unknown' ? refineAt(m, { ...value, type: undefined }, site) : value;
}
