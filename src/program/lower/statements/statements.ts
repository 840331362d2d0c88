import ts from 'typescript';
import type { Statement } from '../../ir.ts';
import { opaque } from '../expressions/opaque.ts';
import { lowerBindingName } from '../expressions/patterns.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';
import { isAmbient } from '../syntax.ts';
import { lowerBlock, lowerBody, lowerStatements } from './blocks.ts';
import { lowerEach, lowerFor, lowerWhile } from './loops.ts';
import { lowerExportAssignment, lowerImportAlias } from './module-statements.ts';
import { lowerVariables } from './variables.ts';

export function lowerStatement(node: ts.Statement, scope: Scope, lower: Lowering): readonly Statement[] {
  return scope.code.nested(
    () => {
      if (ts.isVariableStatement(node)) return isAmbient(node) ? [] : lowerVariables(node.declarationList, scope, lower);
      if (ts.isExportAssignment(node)) return lowerExportAssignment(node, scope, lower);
      if (ts.isImportEqualsDeclaration(node)) return lowerImportAlias(node, scope);
      const statement = lowerSimple(node, scope, lower) ?? lowerCompound(node, scope, lower);
      return statement === undefined ? [] : [statement];
    },
    () => [{ op: 'evaluate', value: opaque(node, scope), site: scope.code.site(node) }],
  );
}

function lowerSimple(node: ts.Statement, scope: Scope, lower: Lowering): Statement | undefined {
  const site = scope.code.site(node);
  if (ts.isExpressionStatement(node)) return { op: 'evaluate', value: lower.expression(node.expression, scope), site };
  if (ts.isReturnStatement(node)) {
    return { op: 'return', value: node.expression && lower.expression(node.expression, scope), site };
  }
  if (ts.isThrowStatement(node)) return { op: 'throw', value: lower.expression(node.expression, scope), site };
  if (ts.isBreakStatement(node)) return { op: 'jump', kind: 'break', label: node.label?.text, site };
  if (ts.isContinueStatement(node)) return { op: 'jump', kind: 'continue', label: node.label?.text, site };
  if (ts.isClassDeclaration(node)) return lowerClassDeclaration(node, scope);
  return undefined;
}

function lowerCompound(node: ts.Statement, scope: Scope, lower: Lowering): Statement | undefined {
  const site = scope.code.site(node);
  if (ts.isBlock(node)) return lowerBlock(node, scope, lower);
  if (ts.isIfStatement(node)) {
    return {
      op: 'branch',
      test: lower.expression(node.expression, scope),
      then: lowerBody(node.thenStatement, scope, lower),
      else: node.elseStatement && lowerBody(node.elseStatement, scope, lower),
      site,
    };
  }
  if (ts.isForStatement(node)) return lowerFor(node, scope, lower);
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return lowerEach(node, scope, lower);
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return lowerWhile(node, scope, lower);
  if (ts.isLabeledStatement(node)) {
    return { op: 'label', label: node.label.text, body: lowerBody(node.statement, scope, lower), site };
  }
  if (ts.isSwitchStatement(node)) return lowerSwitch(node, scope, lower);
  if (ts.isTryStatement(node)) return lowerTry(node, scope, lower);
  // In `with (o) x`, what `x` means is known at run time only.
  if (ts.isWithStatement(node)) return { op: 'evaluate', value: opaque(node, scope, [lower.expression(node.expression, scope)]), site };
  return undefined;
}

function lowerClassDeclaration(node: ts.ClassDeclaration, scope: Scope): Statement | undefined {
  const lowered = scope.code.classes.get(node);
  const binding = scope.resolve(node.name?.text ?? 'default');
  if (lowered === undefined || binding === undefined) return undefined;
  return { op: 'class', binding, class: lowered, site: scope.code.site(node) };
}

function lowerSwitch(node: ts.SwitchStatement, scope: Scope, lower: Lowering): Statement {
  const inner = scope.openedBy(node.caseBlock) ?? scope;
  return {
    op: 'switch',
    subject: lower.expression(node.expression, scope),
    cases: node.caseBlock.clauses.map((clause) => ({
      test: ts.isCaseClause(clause) ? lower.expression(clause.expression, inner) : undefined,
      body: lowerStatements(clause.statements, inner, lower),
    })),
    bindings: inner.lexical,
    functions: inner.functions,
    site: scope.code.site(node),
  };
}

function lowerTry(node: ts.TryStatement, scope: Scope, lower: Lowering): Statement {
  const clause = node.catchClause;
  const inner = (clause && scope.openedBy(clause)) ?? scope;
  const parameter = clause?.variableDeclaration;
  return {
    op: 'try',
    block: lowerBlock(node.tryBlock, scope, lower),
    parameter: parameter && lowerBindingName(parameter.name, inner, lower),
    handler: clause && lowerBlock(clause.block, inner, lower),
    finalizer: node.finallyBlock && lowerBlock(node.finallyBlock, scope, lower),
    site: scope.code.site(node),
  };
}
