import ts from 'typescript';
import type { Expression } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { leftOf, lowerLink, type Head } from './chains.ts';
import { lowerForm } from './forms.ts';
import { opaque } from './opaque.ts';

export function lowerExpression(node: ts.Expression, scope: Scope, lower: Lowering): Expression {
  return scope.code.nested(
    () => lowerChain(node, scope, lower),
    () => opaque(node, scope),
  );
}

/** `a.b().c + d + e` leans to the left: its links are taken in a loop, since builders chain thousands of calls. */
function lowerChain(node: ts.Expression, scope: Scope, lower: Lowering): Expression {
  const links: ts.Expression[] = [];
  let base = node;
  for (let left = leftOf(base, scope); left !== undefined; left = leftOf(base, scope)) {
    links.push(base);
    base = left;
  }
  let value: Head = base.kind === ts.SyntaxKind.SuperKeyword ? 'super' : lowerForm(base, scope, lower);
  for (let link = links.pop(); link !== undefined; link = links.pop()) value = lowerLink(link, value, scope, lower);
  return value === 'super' ? opaque(node, scope) : value;
}
