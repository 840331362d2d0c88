import ts from 'typescript';
import { isWrapper } from './syntax.ts';

/** The text of a property name that is not computed. */
export function keyText(name: ts.PropertyName | ts.BindingName): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)) return name.expression.text;
  return undefined;
}

/** The name that an anonymous function or class takes from what it initialises, or `''`. */
export function inferredName(node: ts.Node): string {
  // Of the declarations, only default exports may be anonymous.
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return 'default';
  let value = node;
  while (isWrapper(value.parent)) value = value.parent;
  const { parent } = value;
  if (ts.isExportAssignment(parent)) return 'default';
  if (ts.isBinaryExpression(parent)) {
    const isAssigned = parent.right === value && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isAssigned ? targetName(parent.left) : '';
  }
  if (isNamedInitialiser(parent) && parent.initializer === value) return keyText(parent.name) ?? '';
  return '';
}

type NamedInitialiser =
  | ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement | ts.PropertyDeclaration | ts.PropertyAssignment;

function isNamedInitialiser(node: ts.Node): node is NamedInitialiser {
  return ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)
    || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node);
}

function targetName(target: ts.Expression): string {
  if (ts.isIdentifier(target)) return target.text;
  return ts.isPropertyAccessExpression(target) ? target.name.text : '';
}
