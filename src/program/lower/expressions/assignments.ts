import ts from 'typescript';
import type { Expression } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { lowerTarget, targetOf } from './patterns.ts';

/** `a = b`, `a += b`, `a ??= b`. */
export function lowerAssignment(node: ts.BinaryExpression, scope: Scope, lower: Lowering): Expression {
  const site = scope.code.site(node);
  if (node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const target = lowerTarget(node.left, scope, lower);
    return { op: 'store', target, value: lower.expression(node.right, scope), site };
  }
  const left = lower.expression(node.left, scope);
  const right = lower.expression(node.right, scope);
  const target = targetOf(left);
  const operator = (ts.tokenToString(node.operatorToken.kind) ?? '=').slice(0, -1);
  if (operator === '&&' || operator === '||' || operator === '??') {
    return { op: 'logical', operator, left, right: { op: 'store', target, value: right, site }, site };
  }
  return { op: 'store', target, value: { op: 'operator', operator, operands: [left, right], site }, site };
}

/** `++x` and `x++`; undefined for the other unary operators. */
export function lowerUpdate(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, scope: Scope, lower: Lowering): Expression | undefined {
  const operator = updateOperator(node.operator);
  if (operator === undefined) return undefined;
  const site = scope.code.site(node);
  const one: Expression = { op: 'constant', value: 1, site };
  const left = lower.expression(node.operand, scope);
  const value: Expression = { op: 'operator', operator, operands: [left, one], site };
  const store: Expression = { op: 'store', target: targetOf(left), value, site };
  if (ts.isPrefixUnaryExpression(node) || isDiscarded(node)) return store;
  // `x++` is worth what `x` was before.
  return { op: 'operator', operator: operator === '+' ? '-' : '+', operands: [store, one], site };
}

function updateOperator(token: ts.PrefixUnaryOperator): '+' | '-' | undefined {
  if (token === ts.SyntaxKind.PlusPlusToken) return '+';
  return token === ts.SyntaxKind.MinusMinusToken ? '-' : undefined;
}

function isDiscarded(node: ts.Expression): boolean {
  const { parent } = node;
  return ts.isExpressionStatement(parent) || (ts.isForStatement(parent) && parent.incrementor === node);
}
