import ts from 'typescript';
import type { Argument } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';

export function lowerArguments(nodes: readonly ts.Expression[], scope: Scope, lower: Lowering): readonly Argument[] {
  return nodes.map((node) => lowerArgument(node, scope, lower));
}

/** An argument of a call, or an element of an array. */
export function lowerArgument(node: ts.Expression, scope: Scope, lower: Lowering): Argument {
  return ts.isSpreadElement(node)
    ? { spread: true, value: lower.expression(node.expression, scope) }
    : { spread: false, value: lower.expression(node, scope) };
}
