import ts from 'typescript';
import type { Chain, Expression } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { isWrapper } from '../syntax.ts';
import { lowerArguments } from './arguments.ts';
import { namedModule } from './module-calls.ts';
import { opaque } from './opaque.ts';

/** What stands at the left of a link: `super` is not a value by itself. */
export type Head = Expression | 'super';

/** The operand on the left, for the forms that chains consist of. */
export function leftOf(node: ts.Expression, scope: Scope): ts.Expression | undefined {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return node.expression;
  if (ts.isCallExpression(node)) return namedModule(node, scope) === undefined ? node.expression : undefined;
  if (ts.isBinaryExpression(node)) return isLink(node.operatorToken.kind) ? node.left : undefined;
  return isWrapper(node) ? node.expression : undefined;
}

/** Assignments lean to the right, and a comma makes a sequence. */
function isLink(operator: ts.SyntaxKind): boolean {
  const isAssignment = operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
  return !isAssignment && operator !== ts.SyntaxKind.CommaToken;
}

/** The node, given what its left operand was lowered to. */
export function lowerLink(node: ts.Expression, left: Head, scope: Scope, lower: Lowering): Head {
  if (ts.isPropertyAccessExpression(node)) return lowerPropertyAccess(node, left, scope);
  if (ts.isElementAccessExpression(node)) return lowerElementAccess(node, left, scope, lower);
  if (ts.isCallExpression(node)) return lowerCall(node, left, scope, lower);
  if (left === 'super') return opaque(node, scope);
  if (ts.isBinaryExpression(node)) return lowerBinary(node, left, scope, lower);
  return left;
}

function lowerPropertyAccess(node: ts.PropertyAccessExpression, object: Head, scope: Scope): Expression {
  const { code } = scope;
  const site = code.site(node);
  const name = node.name.text;
  if (code.commonjs !== undefined && name === 'exports' && isModuleObject(object)) {
    return { op: 'load', binding: code.commonjs, site };
  }
  const keySite = code.site(node.name);
  // The name is empty in `a.` while it is being typed.
  const key: Expression = name === ''
    ? { op: 'opaque', parts: [], site: keySite }
    : { op: 'constant', value: ts.isPrivateIdentifier(node.name) ? scope.resolvePrivate(name) : name, site: keySite };
  return { op: 'member', object, key, chain: chainOf(node), keySite, site };
}

function isModuleObject(value: Head): boolean {
  return value !== 'super' && value.op === 'free' && value.name === 'module';
}

function lowerElementAccess(node: ts.ElementAccessExpression, object: Head, scope: Scope, lower: Lowering): Expression {
  const key = lower.expression(node.argumentExpression, scope);
  return { op: 'member', object, key, chain: chainOf(node), keySite: key.site, site: scope.code.site(node) };
}

function lowerCall(node: ts.CallExpression, callee: Head, scope: Scope, lower: Lowering): Expression {
  return {
    op: 'call',
    callee,
    arguments: lowerArguments(node.arguments, scope, lower),
    chain: chainOf(node),
    site: scope.code.site(node),
  };
}

/** Parentheses end a chain. */
function chainOf(node: ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression): Chain {
  if (node.questionDotToken !== undefined) return 'asks';
  return ts.isOptionalChain(node) ? 'follows' : 'none';
}

function lowerBinary(node: ts.BinaryExpression, left: Expression, scope: Scope, lower: Lowering): Expression {
  const site = scope.code.site(node);
  const right = lower.expression(node.right, scope);
  const operator = ts.tokenToString(node.operatorToken.kind) ?? '';
  if (operator === '&&' || operator === '||' || operator === '??') {
    return { op: 'logical', operator, left, right, site };
  }
  return { op: 'operator', operator, operands: [left, right], site };
}
