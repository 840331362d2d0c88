import type ts from 'typescript';
import type { Expression } from '../../ir.ts';
import type { Scope } from '../scope.ts';

/** What is not followed. Its parts are evaluated, and what it makes of them is unknown. */
export function opaque(node: ts.Node, scope: Scope, parts: readonly Expression[] = []): Expression {
  return { op: 'opaque', parts, site: scope.code.site(node) };
}
