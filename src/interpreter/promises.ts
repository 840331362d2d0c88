/** `await`. */
import type { Site } from '../program/ir.ts';
import type { Machine } from './machine.ts';
import { refineAt } from './types.ts';
import { type Value, members } from '../domain/value.ts';

export function awaited(m: Machine, value: Value, site: Site): Value {
  m.frame.late = true;
  if (value.kind !== 'promise' && value.kind !== 'union') return value.kind === 'unknown' ? settled(m, value, site) : value;
  return m.joiner.all(members(value).map((member) => (member.kind === 'promise' ? member.value : settled(m, member, site))));
}

/** An unknown value behind an `await` has the type of the `await`. */
function settled(m: Machine, value: Value, site: Site): Value {
  return value.kind === 'unknown' ? refineAt(m, { ...value, type: undefined }, site) : value;
}
