import ts from 'typescript';
import type { Expression } from '../ir.ts';
import { leftOf, lowerLink, type Head } from './chains.ts';
import { lowerForm } from './forms.ts';
import type { Scope } from './scope.ts';

export function lowerExpression(node: ts.Expression, scope: Scope): Expression {
  return scope.code.nested(
    () => lowerChain(node, scope),
    () => opaque(node, scope),
  );
}

/** `a.b().c + d + e` leans to the left: its links are taken in a loop, since builders chain thousands of calls. */
function lowerChain(node: ts.Expression, scope: Scope): Expression {
  const links: ts.Expression[] = [];
  let base = node;
  for (let left = leftOf(base, scope); left !== undefined; left = leftOf(base, scope)) {
    links.push(base);
    base = left;
  }
  let value: Head = base.kind === ts.SyntaxKind.SuperKeyword ? 'super' : lowerForm(base, scope);
  for (let link = links.pop(); link !== undefined; link = links.pop()) value = lowerLink(link, value, scope);
  return value === 'super' ? opaque(node, scope) : value;
}

export function lowerIdentifier(node: ts.Identifier, scope: Scope): Expression {
  const site = scope.code.site(node);
  const name = node.text;
  const binding = scope.resolve(name);
  if (binding !== undefined) return { op: 'load', binding, site };
  switch (name) {
    case 'undefined': return { op: 'constant', value: undefined, site };
    case 'NaN': return { op: 'constant', value: NaN, site };
    case 'Infinity': return { op: 'constant', value: Infinity, site };
    // The parser puts an empty name where an expression is missing.
    case '': return { op: 'opaque', parts: [], site };
    case 'exports': {
      const { commonjs } = scope.code;
      return commonjs === undefined ? { op: 'free', name, site } : { op: 'load', binding: commonjs, site };
    }
    default: return { op: 'free', name, site };
  }
}

export function opaque(node: ts.Node, scope: Scope, parts: readonly ts.Expression[] = []): Expression {
  return { op: 'opaque', parts: parts.map((part) => lowerExpression(part, scope)), site: scope.code.site(node) };
}
