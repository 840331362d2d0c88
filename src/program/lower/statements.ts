import ts from 'typescript';
import type { Block, Statement } from '../ir.ts';
import { lowerExpression, opaque } from './expressions.ts';
import { lowerScopedBlock } from './functions.ts';
import { lowerEach, lowerFor, lowerWhile } from './loops.ts';
import { lowerBindingName } from './patterns.ts';
import type { Scope } from './scope.ts';
import { lowerExportAssignment, lowerImportAlias } from './module-statements.ts';
import { isAmbient } from './syntax.ts';

export function lowerStatements(nodes: readonly ts.Statement[], scope: Scope): readonly Statement[] {
  return nodes.flatMap((node) => lowerStatement(node, scope));
}

/** A body that is one statement: `if (x) y`. */
export function lowerBody(node: ts.Statement, scope: Scope): Statement {
  const statements = lowerStatement(node, scope);
  const only = statements[0];
  if (only !== undefined && statements.length === 1) return only;
  return { op: 'block', site: scope.code.site(node), bindings: [], functions: [], body: statements };
}

/** No statement for what is only declared, several for `let a = 1, b = 2`. */
function lowerStatement(node: ts.Statement, scope: Scope): readonly Statement[] {
  return scope.code.nested(
    () => {
      if (ts.isVariableStatement(node)) return isAmbient(node) ? [] : lowerVariables(node.declarationList, scope);
      if (ts.isExportAssignment(node)) return lowerExportAssignment(node, scope);
      if (ts.isImportEqualsDeclaration(node)) return lowerImportAlias(node, scope);
      const statement = lowerSimple(node, scope) ?? lowerCompound(node, scope);
      return statement === undefined ? [] : [statement];
    },
    () => [{ op: 'evaluate', value: opaque(node, scope), site: scope.code.site(node) }],
  );
}

export function lowerVariables(list: ts.VariableDeclarationList, scope: Scope): readonly Statement[] {
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
  return list.declarations.flatMap((declaration): Statement[] => {
    if (isVar && declaration.initializer === undefined) return [];
    return [{
      op: 'declare',
      target: lowerBindingName(declaration.name, scope),
      init: declaration.initializer && lowerExpression(declaration.initializer, scope),
      site: scope.code.site(declaration),
    }];
  });
}

function lowerSimple(node: ts.Statement, scope: Scope): Statement | undefined {
  const site = scope.code.site(node);
  if (ts.isExpressionStatement(node)) return { op: 'evaluate', value: lowerExpression(node.expression, scope), site };
  if (ts.isReturnStatement(node)) {
    return { op: 'return', value: node.expression && lowerExpression(node.expression, scope), site };
  }
  if (ts.isThrowStatement(node)) return { op: 'throw', value: lowerExpression(node.expression, scope), site };
  if (ts.isBreakStatement(node)) return { op: 'jump', kind: 'break', label: node.label?.text, site };
  if (ts.isContinueStatement(node)) return { op: 'jump', kind: 'continue', label: node.label?.text, site };
  if (ts.isClassDeclaration(node)) return lowerClassDeclaration(node, scope);
  return undefined;
}

function lowerCompound(node: ts.Statement, scope: Scope): Statement | undefined {
  const site = scope.code.site(node);
  if (ts.isBlock(node)) return lowerBlock(node, scope);
  if (ts.isIfStatement(node)) {
    return {
      op: 'branch',
      test: lowerExpression(node.expression, scope),
      then: lowerBody(node.thenStatement, scope),
      else: node.elseStatement && lowerBody(node.elseStatement, scope),
      site,
    };
  }
  if (ts.isForStatement(node)) return lowerFor(node, scope);
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return lowerEach(node, scope);
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return lowerWhile(node, scope);
  if (ts.isLabeledStatement(node)) {
    return { op: 'label', label: node.label.text, body: lowerBody(node.statement, scope), site };
  }
  if (ts.isSwitchStatement(node)) return lowerSwitch(node, scope);
  if (ts.isTryStatement(node)) return lowerTry(node, scope);
  // In `with (o) x`, what `x` means is known at run time only.
  if (ts.isWithStatement(node)) return { op: 'evaluate', value: opaque(node, scope, [node.expression]), site };
  return undefined;
}

function lowerBlock(node: ts.Block, scope: Scope): Block {
  const site = scope.code.site(node);
  const own = scope.code.scopes.get(node);
  if (own !== undefined) return lowerScopedBlock(node.statements, own, site);
  return { op: 'block', site, bindings: [], functions: [], body: lowerStatements(node.statements, scope) };
}

function lowerClassDeclaration(node: ts.ClassDeclaration, scope: Scope): Statement | undefined {
  const lowered = scope.code.classes.get(node);
  const binding = scope.resolve(node.name?.text ?? 'default');
  if (lowered === undefined || binding === undefined) return undefined;
  return { op: 'class', binding, class: lowered, site: scope.code.site(node) };
}

function lowerSwitch(node: ts.SwitchStatement, scope: Scope): Statement {
  const inner = scope.code.scopes.get(node.caseBlock) ?? scope;
  return {
    op: 'switch',
    subject: lowerExpression(node.expression, scope),
    cases: node.caseBlock.clauses.map((clause) => ({
      test: ts.isCaseClause(clause) ? lowerExpression(clause.expression, inner) : undefined,
      body: lowerStatements(clause.statements, inner),
    })),
    bindings: inner.lexical,
    functions: inner.functions,
    site: scope.code.site(node),
  };
}

function lowerTry(node: ts.TryStatement, scope: Scope): Statement {
  const clause = node.catchClause;
  const inner = (clause && scope.code.scopes.get(clause)) ?? scope;
  const parameter = clause?.variableDeclaration;
  return {
    op: 'try',
    block: lowerBlock(node.tryBlock, scope),
    parameter: parameter && lowerBindingName(parameter.name, inner),
    handler: clause && lowerBlock(clause.block, inner),
    finalizer: node.finallyBlock && lowerBlock(node.finallyBlock, scope),
    site: scope.code.site(node),
  };
}
