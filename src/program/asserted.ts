import ts from 'typescript';
import { isAssertion, isWrapper } from './lower/syntax.ts';

/** The outermost assertion around an expression that says more of its type than the expression itself. */
export function typedNode(node: ts.Node): ts.Node {
  let typed = node;
  for (let at = node; isWrapped(at); at = at.parent) if (saysMore(at.parent as ts.Expression)) typed = at.parent;
  return typed;
}

function isWrapped(node: ts.Node): boolean {
  const parent = node.parent as ts.Node | undefined;
  return parent !== undefined && isWrapper(parent) && parent.expression === node;
}

/** Whether the type of the node says more than the type of the value in it. */
function saysMore(node: ts.Expression): boolean {
  if (ts.isNonNullExpression(node)) return true;
  const type = assertedType(node);
  return type !== undefined && type.kind !== ts.SyntaxKind.AnyKeyword && type.kind !== ts.SyntaxKind.UnknownKeyword
    && !ts.isConstTypeReference(type);
}

/** JavaScript asserts a type by a comment: `/** @type {T} *\/ (x)`. */
function assertedType(node: ts.Expression): ts.TypeNode | undefined {
  if (isAssertion(node)) return node.type;
  return (node.flags & ts.NodeFlags.JavaScriptFile) === 0 ? undefined : ts.getJSDocType(node);
}
