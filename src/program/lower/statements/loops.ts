import ts from 'typescript';
import type { Pattern, Statement } from '../../ir.ts';
import { lowerBindingName, lowerTarget } from '../expressions/patterns.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { lowerBody } from './blocks.ts';
import { lowerVariables } from './variables.ts';

export function lowerWhile(node: ts.WhileStatement | ts.DoStatement, scope: Scope, lower: Lowering): Statement {
  return {
    op: 'loop',
    init: [],
    test: lower.expression(node.expression, scope),
    update: undefined,
    body: lowerBody(node.statement, scope, lower),
    testFirst: ts.isWhileStatement(node),
    perIteration: [],
    site: scope.code.site(node),
  };
}

export function lowerFor(node: ts.ForStatement, outer: Scope, lower: Lowering): Statement {
  const scope = outer.openedBy(node) ?? outer;
  return {
    op: 'loop',
    init: lowerInit(node.initializer, scope, lower),
    test: node.condition && lower.expression(node.condition, scope),
    update: node.incrementor && lower.expression(node.incrementor, scope),
    body: lowerBody(node.statement, scope, lower),
    testFirst: true,
    perIteration: scope.lexical,
    site: scope.code.site(node),
  };
}

function lowerInit(node: ts.ForInitializer | undefined, scope: Scope, lower: Lowering): readonly Statement[] {
  if (node === undefined) return [];
  if (ts.isVariableDeclarationList(node)) return lowerVariables(node, scope, lower);
  return [{ op: 'evaluate', value: lower.expression(node, scope), site: scope.code.site(node) }];
}

export function lowerEach(node: ts.ForOfStatement | ts.ForInStatement, outer: Scope, lower: Lowering): Statement {
  const scope = outer.openedBy(node) ?? outer;
  return {
    op: 'iterate',
    over: ts.isForOfStatement(node) ? 'values' : 'keys',
    target: lowerEachTarget(node.initializer, scope, lower),
    subject: lower.expression(node.expression, scope),
    body: lowerBody(node.statement, scope, lower),
    perIteration: scope.lexical,
    awaited: ts.isForOfStatement(node) && node.awaitModifier !== undefined,
    site: scope.code.site(node),
  };
}

function lowerEachTarget(node: ts.ForInitializer, scope: Scope, lower: Lowering): Pattern {
  if (!ts.isVariableDeclarationList(node)) return lowerTarget(node, scope, lower);
  const declaration = node.declarations[0];
  // `for (const of xs)` while it is being typed.
  return declaration === undefined
    ? { kind: 'free', name: '', site: scope.code.site(node) }
    : lowerBindingName(declaration.name, scope, lower);
}
