import ts from 'typescript';
import type { Expression, Property } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { lowerArgument, lowerArguments } from './arguments.ts';
import { lowerAssignment, lowerUpdate } from './assignments.ts';
import { lowerIdentifier } from './identifiers.ts';
import { lowerJsx } from './jsx.ts';
import { lowerLiteral } from './literals.ts';
import { lowerModuleCall, namedModule } from './module-calls.ts';
import { opaque } from './opaque.ts';
import { lowerKey } from './patterns.ts';

/** An expression that is not a link of a chain. */
export function lowerForm(node: ts.Expression, scope: Scope, lower: Lowering): Expression {
  if (ts.isIdentifier(node)) return lowerIdentifier(node, scope);
  return lowerLiteral(node, scope)
    ?? lowerStructure(node, scope, lower)
    ?? lowerOperation(node, scope, lower)
    ?? lowerJsx(node, scope, lower)
    ?? opaque(node, scope);
}

function lowerStructure(node: ts.Expression, scope: Scope, lower: Lowering): Expression | undefined {
  const { code } = scope;
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    const closure = code.functions.get(node);
    return closure && { op: 'closure', function: closure, site: code.site(node) };
  }
  if (ts.isClassExpression(node)) {
    const lowered = code.classes.get(node);
    return lowered && { op: 'class', class: lowered, site: code.site(node) };
  }
  if (ts.isObjectLiteralExpression(node)) {
    const properties = node.properties.flatMap((property) => lowerProperty(property, scope, lower));
    return { op: 'object', properties, site: code.site(node) };
  }
  if (ts.isArrayLiteralExpression(node)) {
    const elements = node.elements.map((element) =>
      ts.isOmittedExpression(element) ? undefined : lowerArgument(element, scope, lower));
    return { op: 'array', elements, site: code.site(node) };
  }
  return undefined;
}

function lowerProperty(node: ts.ObjectLiteralElementLike, scope: Scope, lower: Lowering): Property[] {
  if (ts.isPropertyAssignment(node)) {
    if (!ts.isComputedPropertyName(node.name) && node.name.text === '__proto__') return [{ kind: 'prototype', value: lower.expression(node.initializer, scope) }];
    return [{ kind: 'value', key: lowerKey(node.name, scope, lower), value: lower.expression(node.initializer, scope) }];
  }
  if (ts.isShorthandPropertyAssignment(node)) {
    return [{ kind: 'value', key: lowerKey(node.name, scope, lower), value: lowerIdentifier(node.name, scope) }];
  }
  if (ts.isSpreadAssignment(node)) return [{ kind: 'spread', value: lower.expression(node.expression, scope) }];
  const code = scope.code.functions.get(node);
  // A method without a body is a syntax error.
  if (code === undefined) return [];
  const key = lowerKey(node.name, scope, lower);
  if (ts.isMethodDeclaration(node)) {
    return [{ kind: 'value', key, value: { op: 'closure', function: code, site: code.site } }];
  }
  return [{ kind: ts.isGetAccessor(node) ? 'get' : 'set', key, function: code }];
}

function lowerOperation(node: ts.Expression, scope: Scope, lower: Lowering): Expression | undefined {
  const site = scope.code.site(node);
  const value = (operand: ts.Expression): Expression => lower.expression(operand, scope);
  const operator = (name: string, operand: ts.Expression): Expression =>
    ({ op: 'operator', operator: name, operands: [value(operand)], site });

  if (ts.isBinaryExpression(node)) {
    return node.operatorToken.kind === ts.SyntaxKind.CommaToken ? lowerSequence(node, scope, lower) : lowerAssignment(node, scope, lower);
  }
  if (ts.isCallExpression(node)) {
    const specifier = namedModule(node, scope);
    return specifier && lowerModuleCall(node, specifier, scope);
  }
  if (ts.isNewExpression(node)) {
    return { op: 'construct', callee: value(node.expression), arguments: lowerArguments(node.arguments ?? [], scope, lower), site };
  }
  if (ts.isConditionalExpression(node)) {
    return { op: 'conditional', test: value(node.condition), then: value(node.whenTrue), else: value(node.whenFalse), site };
  }
  if (ts.isAwaitExpression(node)) return { op: 'await', value: value(node.expression), site };
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    return lowerUpdate(node, scope, lower) ?? operator(ts.tokenToString(node.operator) ?? '', node.operand);
  }
  if (ts.isTypeOfExpression(node)) return operator('typeof', node.expression);
  if (ts.isVoidExpression(node)) return operator('void', node.expression);
  if (ts.isDeleteExpression(node)) return operator('delete', node.expression);
  if (ts.isTemplateExpression(node)) return lowerTemplate(node, scope, lower);
  if (ts.isTaggedTemplateExpression(node)) return lowerTaggedTemplate(node, scope, lower);
  if (ts.isYieldExpression(node)) return { op: 'yield', value: node.expression && value(node.expression), delegates: node.asteriskToken !== undefined, site };
  if (ts.isSpreadElement(node)) return opaque(node, scope, [value(node.expression)]);
  if (ts.isExpressionWithTypeArguments(node)) return value(node.expression);
  return undefined;
}

/** `a, b, c` is `(a, b), c`: read from the right in a loop, as minified code has long ones. */
function lowerSequence(node: ts.BinaryExpression, scope: Scope, lower: Lowering): Expression {
  const nodes: ts.Expression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && left.operatorToken.kind === ts.SyntaxKind.CommaToken) {
    nodes.push(left.right);
    left = left.left;
  }
  nodes.push(left);
  const expressions = nodes.reverse().map((part) => lower.expression(part, scope));
  return { op: 'sequence', expressions, site: scope.code.site(node) };
}

/** The texts are operands as well, so that a template of constants is a constant. */
function lowerTemplate(node: ts.TemplateExpression, scope: Scope, lower: Lowering): Expression {
  const operands: Expression[] = [];
  const text = (part: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail): void => {
    if (part.text !== '') operands.push({ op: 'constant', value: part.text, site: scope.code.site(part) });
  };
  text(node.head);
  for (const span of node.templateSpans) {
    operands.push(lower.expression(span.expression, scope));
    text(span.literal);
  }
  return { op: 'operator', operator: '`', operands, site: scope.code.site(node) };
}

function lowerTaggedTemplate(node: ts.TaggedTemplateExpression, scope: Scope, lower: Lowering): Expression {
  const { template } = node;
  const parts = ts.isTemplateExpression(template) ? template.templateSpans.map((span) => span.expression) : [];
  return {
    op: 'call',
    callee: lower.expression(node.tag, scope),
    arguments: [{ spread: false, value: opaque(template, scope) }, ...lowerArguments(parts, scope, lower)],
    chain: 'none',
    site: scope.code.site(node),
  };
}
