/** How many items an iterable has at most, where its expression says so: a text, a part of a list, and what is made of such item by item. */
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Argument, Expression } from '../../program/ir.ts';
import { valueAtHand } from './at-hand.ts';

/** Infinity where nobody says it. */
export function mostItems(m: Machine, expression: Expression): number {
  const most = (part: Expression): number => mostItems(m, part);
  switch (expression.op) {
    case 'constant': case 'load': return lettersOf(m, expression);
    case 'array': return expression.elements.reduce((sum, element) => sum + (element?.spread === true ? most(element.value) : 1), 0);
    case 'conditional': return Math.max(most(expression.then), most(expression.else));
    case 'logical': return Math.max(most(expression.left), most(expression.right));
    case 'construct': return expression.callee.op === 'free' && expression.callee.name === 'Set' ? ofFirst(m, expression.arguments) : Infinity;
    case 'call': return ofCall(m, expression);
    default: return Infinity;
  }
}

function lettersOf(m: Machine, expression: Expression): number {
  const value = valueAtHand(m, expression);
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value.length : Infinity;
}

function ofCall(m: Machine, { callee, arguments: args }: Extract<Expression, { op: 'call' }>): number {
  if (callee === 'super' || callee.op !== 'member' || callee.object === 'super' || callee.key.op !== 'constant') return Infinity;
  const { object, key: { value: name } } = callee;
  switch (name) {
    case 'slice': case 'subarray': return Math.min(mostItems(m, object), between(numberAt(m, args, 0) ?? 0, numberAt(m, args, 1)));
    case 'splice': return Math.min(mostItems(m, object), numberAt(m, args, 1) ?? Infinity);
    case 'from': return ofFirst(m, args);
    case 'map': case 'filter': case 'reverse': case 'toReversed': case 'sort': case 'toSorted': return mostItems(m, object);
    case 'keys': case 'values': case 'entries': return object.op === 'free' ? ofFirst(m, args) : mostItems(m, object);
    // Between two letters of a text, and at its ends.
    case 'split': case 'match': case 'matchAll': return mostItems(m, object) + 1;
    default: return Infinity;
  }
}

function between(from: number, to: number | undefined): number {
  if (from < 0) return to !== undefined && to < 0 ? Math.max(0, to - from) : -from;
  return to === undefined || to < 0 ? Infinity : Math.max(0, to - from);
}

function ofFirst(m: Machine, [first]: readonly Argument[]): number {
  return first === undefined || first.spread ? Infinity : mostItems(m, first.value);
}

function numberAt(m: Machine, args: readonly Argument[], index: number): number | undefined {
  const value = args.slice(0, index + 1).some(({ spread }) => spread) ? undefined : args[index] && valueAtHand(m, args[index].value);
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined;
}
