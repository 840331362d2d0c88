import ts from 'typescript';
import type { Pattern, Statement } from '../ir.ts';
import { lowerExpression } from './expressions.ts';
import { lowerBindingName, lowerTarget } from './patterns.ts';
import type { Scope } from './scope.ts';
import { lowerBody, lowerVariables } from './statements.ts';

export function lowerWhile(node: ts.WhileStatement | ts.DoStatement, scope: Scope): Statement {
  return {
    op: 'loop',
    init: [],
    test: lowerExpression(node.expression, scope),
    update: undefined,
    body: lowerBody(node.statement, scope),
    testFirst: ts.isWhileStatement(node),
    perIteration: [],
    site: scope.code.site(node),
  };
}

export function lowerFor(node: ts.ForStatement, outer: Scope): Statement {
  const scope = outer.code.scopes.get(node) ?? outer;
  return {
    op: 'loop',
    init: lowerInit(node.initializer, scope),
    test: node.condition && lowerExpression(node.condition, scope),
    update: node.incrementor && lowerExpression(node.incrementor, scope),
    body: lowerBody(node.statement, scope),
    testFirst: true,
    perIteration: scope.lexical,
    site: scope.code.site(node),
  };
}

function lowerInit(node: ts.ForInitializer | undefined, scope: Scope): readonly Statement[] {
  if (node === undefined) return [];
  if (ts.isVariableDeclarationList(node)) return lowerVariables(node, scope);
  return [{ op: 'evaluate', value: lowerExpression(node, scope), site: scope.code.site(node) }];
}

export function lowerEach(node: ts.ForOfStatement | ts.ForInStatement, outer: Scope): Statement {
  const scope = outer.code.scopes.get(node) ?? outer;
  return {
    op: 'iterate',
    over: ts.isForOfStatement(node) ? 'values' : 'keys',
    target: lowerEachTarget(node.initializer, scope),
    subject: lowerExpression(node.expression, scope),
    body: lowerBody(node.statement, scope),
    perIteration: scope.lexical,
    awaited: ts.isForOfStatement(node) && node.awaitModifier !== undefined,
    site: scope.code.site(node),
  };
}

function lowerEachTarget(node: ts.ForInitializer, scope: Scope): Pattern {
  if (!ts.isVariableDeclarationList(node)) return lowerTarget(node, scope);
  const declaration = node.declarations[0];
  // `for (const of xs)` while it is being typed.
  return declaration === undefined
    ? { kind: 'free', name: '', site: scope.code.site(node) }
    : lowerBindingName(declaration.name, scope);
}
