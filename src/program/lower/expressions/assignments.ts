import ts from 'typescript';
import type { Change, Expression } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { lowerTarget, placeOf } from './patterns.ts';

/** `a = b`, `a += b`, `a ??= b`. */
export function lowerAssignment(node: ts.BinaryExpression, scope: Scope, lower: Lowering): Expression {
  const site = scope.code.site(node);
  if (node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const target = lowerTarget(node.left, scope, lower);
    return { op: 'store', target, value: lower.expression(node.right, scope), site };
  }
  const current = lower.expression(node.left, scope);
  const right = lower.expression(node.right, scope);
  const operator = (ts.tokenToString(node.operatorToken.kind) ?? '=').slice(0, -1);
  const change: Change = operator === '&&' || operator === '||' || operator === '??'
    ? { kind: 'logical', operator, value: right }
    : { kind: 'operator', operator, operand: right };
  return { op: 'update', target: placeOf(current), current, change, site };
}

/** `++x` and `x++`; undefined for the other unary operators. */
export function lowerUpdate(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, scope: Scope, lower: Lowering): Expression | undefined {
  const by = stepOf(node.operator);
  if (by === undefined) return undefined;
  const current = lower.expression(node.operand, scope);
  const gives = ts.isPrefixUnaryExpression(node) || isDiscarded(node) ? 'new' : 'old';
  return { op: 'update', target: placeOf(current), current, change: { kind: 'step', by, gives }, site: scope.code.site(node) };
}

function stepOf(token: ts.PrefixUnaryOperator): 1 | -1 | undefined {
  if (token === ts.SyntaxKind.PlusPlusToken) return 1;
  return token === ts.SyntaxKind.MinusMinusToken ? -1 : undefined;
}

function isDiscarded(node: ts.Expression): boolean {
  const { parent } = node;
  return ts.isExpressionStatement(parent) || (ts.isForStatement(parent) && parent.incrementor === node);
}
