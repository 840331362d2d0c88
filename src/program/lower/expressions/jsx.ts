import ts from 'typescript';
import type { Expression } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { opaque } from './opaque.ts';

/** An element is opaque; the expressions in it are its parts. */
export function lowerJsx(node: ts.Expression, scope: Scope, lower: Lowering): Expression | undefined {
  const parts = elementParts(node);
  return parts && opaque(node, scope, parts.map((part) => lower.expression(part, scope)));
}

function elementParts(node: ts.Expression): readonly ts.Expression[] | undefined {
  if (ts.isJsxElement(node)) return [...tagParts(node.openingElement), ...node.children.flatMap(childParts)];
  if (ts.isJsxSelfClosingElement(node)) return tagParts(node);
  return ts.isJsxFragment(node) ? node.children.flatMap(childParts) : undefined;
}

function tagParts(tag: ts.JsxOpeningLikeElement): ts.Expression[] {
  return [...componentPart(tag.tagName), ...tag.attributes.properties.flatMap(attributeParts)];
}

/** `<div>` names an element of the platform, `<Chart>` a value of the program. */
function componentPart(name: ts.JsxTagNameExpression): ts.Expression[] {
  if (isNamespaced(name) || (ts.isIdentifier(name) && /^[a-z]/.test(name.text))) return [];
  return [name];
}

/** By kind, as older compilers have no guard for it. */
function isNamespaced(name: ts.JsxTagNameExpression): name is ts.JsxNamespacedName {
  return name.kind === ts.SyntaxKind.JsxNamespacedName;
}

function attributeParts(attribute: ts.JsxAttributeLike): ts.Expression[] {
  if (ts.isJsxSpreadAttribute(attribute)) return [attribute.expression];
  const { initializer } = attribute;
  if (initializer === undefined || ts.isStringLiteral(initializer)) return [];
  return ts.isJsxExpression(initializer) ? childParts(initializer) : [initializer];
}

function childParts(child: ts.JsxChild): ts.Expression[] {
  if (ts.isJsxText(child)) return [];
  if (!ts.isJsxExpression(child)) return [child];
  return child.expression === undefined ? [] : [child.expression];
}
