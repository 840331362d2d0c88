/** Statements that stand together. */
import type ts from 'typescript';
import type { Block, Site, Statement } from '../../ir.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';

export function lowerStatements(nodes: readonly ts.Statement[], scope: Scope, lower: Lowering): readonly Statement[] {
  return nodes.flatMap((node) => lower.statement(node, scope));
}

/** The block of a function or module scope, or of any other scope that lists its declarations. */
export function lowerScopedBlock(statements: readonly ts.Statement[], scope: Scope, site: Site, lower: Lowering): Block {
  const body = lowerStatements(statements, scope, lower);
  return { op: 'block', site, bindings: scope.lexical, functions: scope.functions, body };
}

/** A block that declares nothing has no scope of its own. */
export function lowerBlock(node: ts.Block, scope: Scope, lower: Lowering): Block {
  const site = scope.code.site(node);
  const own = scope.openedBy(node);
  return own === undefined
    ? { op: 'block', site, bindings: [], functions: [], body: lowerStatements(node.statements, scope, lower) }
    : lowerScopedBlock(node.statements, own, site, lower);
}

/** A body that is one statement: `if (x) y`. */
export function lowerBody(node: ts.Statement, scope: Scope, lower: Lowering): Statement {
  const statements = lower.statement(node, scope);
  const only = statements[0];
  if (only !== undefined && statements.length === 1) return only;
  return { op: 'block', site: scope.code.site(node), bindings: [], functions: [], body: statements };
}

/** A function body that is one expression. */
export function lowerResult(expression: ts.Expression, scope: Scope, lower: Lowering): Block {
  const value = lower.expression(expression, scope);
  const site = scope.code.site(expression);
  return { op: 'block', site, bindings: [], functions: [], body: [{ op: 'return', value, site }] };
}
