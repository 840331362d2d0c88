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

/** What the property `name` of a function or class holds, as the language says it; undefined where it is made of a computed key. */
export function ownName(node: ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration): string | undefined {
  if (node.name === undefined) return ts.isConstructorDeclaration(node) ? undefined : evaluatedName(node);
  const text = keyText(node.name);
  const prefix = ts.isGetAccessor(node) ? 'get ' : ts.isSetAccessor(node) ? 'set ' : '';
  return text === undefined ? undefined : prefix + text;
}

const naming: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken, ts.SyntaxKind.BarBarEqualsToken, ts.SyntaxKind.AmpersandAmpersandEqualsToken, ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** The name of what has none of its own: of the variable or the key that it stands at. */
function evaluatedName(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return 'default';
  let value = node;
  while (isWrapper(value.parent)) value = value.parent;
  const { parent } = value;
  if (ts.isExportAssignment(parent)) return parent.isExportEquals === true ? '' : 'default';
  if (ts.isBinaryExpression(parent)) return parent.right === value && naming.has(parent.operatorToken.kind) && ts.isIdentifier(parent.left) ? parent.left.text : '';
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name.text;
  if (!isNamedInitialiser(parent) || parent.initializer !== value || ts.isObjectBindingPattern(parent.name) || ts.isArrayBindingPattern(parent.name)) return '';
  const name = keyText(parent.name);
  return ts.isPropertyAssignment(parent) && name === '__proto__' ? '' : name;
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
