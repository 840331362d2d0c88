import ts from 'typescript';
import type { Expression } from '../../ir.ts';
import type { Scope } from '../scope.ts';

/** The string literal in `import('x')` or `require('x')`. */
export function namedModule(node: ts.CallExpression, scope: Scope): ts.StringLiteralLike | undefined {
  const specifier = node.arguments[0];
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return undefined;
  return isImport(node) || isRequire(node, scope) ? specifier : undefined;
}

function isImport(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword;
}

function isRequire(node: ts.CallExpression, scope: Scope): boolean {
  const callee = node.expression;
  return ts.isIdentifier(callee) && callee.text === 'require' && scope.resolve('require') === undefined;
}

export function lowerModuleCall(node: ts.CallExpression, specifier: ts.StringLiteralLike, scope: Scope): Expression {
  const { code } = scope;
  const site = code.site(node);
  return { op: 'module', specifier: code.site(specifier), text: specifier.text, dynamic: isImport(node), site };
}
