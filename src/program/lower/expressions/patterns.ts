import ts from 'typescript';
import type { Expression, Pattern, PatternElement, PatternProperty, Place, Site } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { innerExpression, isElision } from '../syntax.ts';
import { lowerIdentifier } from './identifiers.ts';

/** The left-hand side of a declaration. */
export function lowerBindingName(node: ts.BindingName, scope: Scope, lower: Lowering): Pattern {
  const site = scope.code.site(node);
  if (ts.isIdentifier(node)) {
    const binding = scope.resolve(node.text);
    return binding === undefined
      ? { kind: 'free', name: node.text, site }
      : { kind: 'binding', binding, site, declares: true };
  }
  return ts.isObjectBindingPattern(node) ? lowerObjectBinding(node, scope, site, lower) : lowerArrayBinding(node, scope, site, lower);
}

function lowerObjectBinding(node: ts.ObjectBindingPattern, scope: Scope, site: Site, lower: Lowering): Pattern {
  const properties: PatternProperty[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (element.dotDotDotToken !== undefined) rest = lowerBindingName(element.name, scope, lower);
    else properties.push({ key: lowerBindingKey(element, scope, lower), ...lowerBindingElement(element, scope, lower) });
  }
  return { kind: 'object', properties, rest, site };
}

function lowerBindingKey(element: ts.BindingElement, scope: Scope, lower: Lowering): Expression {
  if (element.propertyName !== undefined) return lowerKey(element.propertyName, scope, lower);
  // Only a file with syntax errors has a pattern here that is not a name.
  return ts.isIdentifier(element.name)
    ? lowerKey(element.name, scope, lower)
    : { op: 'opaque', parts: [], site: scope.code.site(element) };
}

function lowerArrayBinding(node: ts.ArrayBindingPattern, scope: Scope, site: Site, lower: Lowering): Pattern {
  const elements: (PatternElement | undefined)[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (isElision(element)) elements.push(undefined);
    else if (element.dotDotDotToken !== undefined) rest = lowerBindingName(element.name, scope, lower);
    else elements.push(lowerBindingElement(element, scope, lower));
  }
  return { kind: 'array', elements, rest, site };
}

function lowerBindingElement(element: ts.BindingElement, scope: Scope, lower: Lowering): PatternElement {
  return {
    pattern: lowerBindingName(element.name, scope, lower),
    default: element.initializer && lower.expression(element.initializer, scope),
  };
}

/** The left-hand side of an assignment. */
export function lowerTarget(node: ts.Expression, scope: Scope, lower: Lowering): Pattern {
  const inner = innerExpression(node);
  const site = scope.code.site(inner);
  if (ts.isObjectLiteralExpression(inner)) return lowerObjectTarget(inner, scope, site, lower);
  if (ts.isArrayLiteralExpression(inner)) return lowerArrayTarget(inner, scope, site, lower);
  return placeOf(lower.expression(inner, scope));
}

/** The place that an expression reads, as a place to write to. */
export function placeOf(value: Expression): Place {
  const { site } = value;
  if (value.op === 'load') return { kind: 'binding', binding: value.binding, site, declares: false };
  if (value.op === 'free') return { kind: 'free', name: value.name, site };
  if (value.op === 'member') {
    return value.object === 'super' ? { kind: 'member', object: { op: 'this', site }, key: value.key, site, ofParent: true } : { kind: 'member', object: value.object, key: value.key, site };
  }
  // Nothing else can be written to: engines that let it pass evaluate it, and fail before they come to the value.
  return { kind: 'member', object: value, key: { op: 'opaque', parts: [], site }, site };
}

function lowerObjectTarget(node: ts.ObjectLiteralExpression, scope: Scope, site: Site, lower: Lowering): Pattern {
  const properties: PatternProperty[] = [];
  let rest: Pattern | undefined;
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) rest = lowerTarget(property.expression, scope, lower);
    else if (ts.isPropertyAssignment(property)) {
      properties.push({ key: lowerKey(property.name, scope, lower), ...lowerTargetElement(property.initializer, scope, lower) });
    } else if (ts.isShorthandPropertyAssignment(property)) properties.push(lowerShorthandTarget(property, scope, lower));
  }
  return { kind: 'object', properties, rest, site };
}

function lowerShorthandTarget(node: ts.ShorthandPropertyAssignment, scope: Scope, lower: Lowering): PatternProperty {
  const initializer = node.objectAssignmentInitializer;
  return {
    key: lowerKey(node.name, scope, lower),
    pattern: placeOf(lowerIdentifier(node.name, scope)),
    default: initializer && lower.expression(initializer, scope),
  };
}

function lowerArrayTarget(node: ts.ArrayLiteralExpression, scope: Scope, site: Site, lower: Lowering): Pattern {
  const elements: (PatternElement | undefined)[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (ts.isOmittedExpression(element)) elements.push(undefined);
    else if (ts.isSpreadElement(element)) rest = lowerTarget(element.expression, scope, lower);
    else elements.push(lowerTargetElement(element, scope, lower));
  }
  return { kind: 'array', elements, rest, site };
}

function lowerTargetElement(node: ts.Expression, scope: Scope, lower: Lowering): PatternElement {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) {
    return { pattern: lowerTarget(node, scope, lower), default: undefined };
  }
  return { pattern: lowerTarget(node.left, scope, lower), default: lower.expression(node.right, scope) };
}

export function lowerKey(node: ts.PropertyName, scope: Scope, lower: Lowering): Expression {
  if (ts.isComputedPropertyName(node)) return lower.expression(node.expression, scope);
  const site = scope.code.site(node);
  if (ts.isNumericLiteral(node)) return { op: 'constant', value: Number(node.text), site };
  if (ts.isBigIntLiteral(node)) return { op: 'constant', value: node.text.slice(0, -1), site };
  return { op: 'constant', value: ts.isPrivateIdentifier(node) ? scope.resolvePrivate(node.text) : node.text, site };
}
