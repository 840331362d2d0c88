/** Calls of an operation in which an operand gets less of the gradient than the operation's row says. */
import type { Derivative } from '../calculus/derivative.ts';
import type { Value } from '../domain/value.ts';
import { isNullish, literal, undefinedValue } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Library } from '../libraries/library.ts';
import type { ExceptionCondition } from '../libraries/operation.ts';

/** The derivative with respect to an operand where a condition on the arguments is proven; undefined where the row holds. */
export function exceptionalDerivative(m: Machine, library: Library, operation: string, operand: string, values: readonly Value[]): Derivative | undefined {
  return library.exceptions.get(operation)?.find((row) => row.operand === operand && holds(m, row.condition, values))?.derivative;
}

function holds(m: Machine, condition: ExceptionCondition, values: readonly Value[]): boolean {
  switch (condition.kind) {
    case 'absent': return isNullish(conditioned(m, condition, values));
    case 'equals': {
      const value = conditioned(m, condition, values);
      return value.kind === 'literal' && value.value === condition.value;
    }
    case 'above': return isAbove(m, conditioned(m, condition, values), condition.limit);
    // Shapes are looked at by the contracts of the library.
    case 'rank outside': case 'broadcast': return false;
    // Measured, and not proven from a call yet.
    case 'not last axis': case 'one piece': return false;
  }
}

function conditioned(m: Machine, { at, field }: { readonly at: number; readonly field?: string }, values: readonly Value[]): Value {
  const value = values[at] ?? undefinedValue;
  if (field === undefined) return value;
  return value.kind === 'object' ? m.getMember(value, literal(field), value.heap.site) : { kind: 'host', node: undefined };
}

/** Whether a number, or one of those in an array, is above a limit for certain. */
export function isAbove(m: Machine, value: Value, limit: number): boolean {
  if (value.kind === 'literal') return typeof value.value === 'number' && value.value > limit;
  return value.kind === 'object' && value.heap.isArray && m.memory.list(value.heap).items.some((item) => isAbove(m, item, limit));
}
