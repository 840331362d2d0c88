import ts from 'typescript';
import type { Binding } from '../ir.ts';
import type { Scope } from './scope.ts';
import { hasModifier } from './syntax.ts';

/**
 * The binding of `module.exports`, where a JavaScript file uses it. It is no name of the scope: `exports` and
 * `module.exports` lead to it.
 */
export function declareCommonjs(source: ts.SourceFile, scope: Scope): Binding | undefined {
  if (!/\.c?jsx?$/.test(source.fileName) || source.statements.some(isModuleSyntax)) return undefined;
  if (!scope.code.occurrences.has('exports')) return undefined;
  if (scope.resolve('exports') !== undefined || scope.resolve('module') !== undefined) return undefined;
  return { name: 'module.exports', kind: 'var', site: scope.code.site(source), exported: true };
}

function isModuleSyntax(node: ts.Statement): boolean {
  return ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isExportAssignment(node)
    || hasModifier(node, ts.SyntaxKind.ExportKeyword);
}
