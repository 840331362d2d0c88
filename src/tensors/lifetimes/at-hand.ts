import type { Value } from '../../domain/value.ts';
import { literal } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Expression } from '../../program/ir.ts';

/** What is at a place now, where that takes no running of code. */
export function valueAtHand(m: Machine, expression: Expression): Value | undefined {
  switch (expression.op) {
    case 'constant': return literal(expression.value);
    case 'this': return m.frame.receiver;
    case 'load': { const cell = m.environment.find(expression.binding); return cell && m.memory.read(cell); }
    case 'member': {
      const holder = expression.object === 'super' ? undefined : valueAtHand(m, expression.object);
      const cell = holder?.kind === 'object' && expression.key.op === 'constant' ? holder.heap.properties.get(String(expression.key.value)) : undefined;
      return cell && m.memory.read(cell);
    }
    case 'operator': return expression.operator === '-' && expression.operands.length === 1 ? opposite(m, expression.operands[0]) : undefined;
    default: return undefined;
  }
}

function opposite(m: Machine, operand: Expression | undefined): Value | undefined {
  const value = operand && valueAtHand(m, operand);
  return value?.kind === 'literal' && typeof value.value === 'number' ? literal(-value.value) : undefined;
}
