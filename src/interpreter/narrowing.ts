/** What a test says of the variable that it asks about: in each branch only the values for which it comes out so. */
import type { Value } from '../domain/value.ts';
import { members } from '../domain/values.ts';
import type { Expression } from '../program/ir.ts';
import type { Machine } from './machine/machine.ts';

export function narrow(m: Machine, test: Expression, holds: boolean): void {
  if (test.op !== 'call' || !isArrayTest(test.callee)) return;
  const [argument] = test.arguments;
  if (argument?.value.op !== 'load') return;
  const cell = m.environment.find(argument.value.binding);
  const value = cell === undefined ? undefined : m.memory.read(cell);
  if (cell === undefined || value?.kind !== 'union') return;
  const kept = members(value).filter((member) => couldBeArray(member) !== !holds);
  if (kept.length > 0) m.memory.write(cell, m.memory.joiner.all(kept));
}

/** `Array.isArray`. */
function isArrayTest(callee: Expression | 'super'): boolean {
  return callee !== 'super' && callee.op === 'member' && callee.object !== 'super' && callee.object.op === 'free' && callee.object.name === 'Array'
    && callee.key.op === 'constant' && callee.key.value === 'isArray';
}

/** Whether a value is an array; undefined where it may be. */
function couldBeArray(value: Value): boolean | undefined {
  if (value.kind === 'object') return value.heap.isArray;
  return value.kind === 'unknown' || value.kind === 'host' ? undefined : false;
}
