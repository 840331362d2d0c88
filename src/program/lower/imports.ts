import ts from 'typescript';
import type { Scope } from './scope.ts';
import { isTypeImport } from './syntax.ts';

export function declareImport(node: ts.ImportDeclaration, scope: Scope): void {
  const clause = node.importClause;
  if (clause === undefined || isTypeImport(node)) return;
  const declare = (local: ts.Identifier, name: string): void => declareImported(local, name, node.moduleSpecifier, scope);
  if (clause.name !== undefined) declare(clause.name, 'default');
  const bindings = clause.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) {
    declare(bindings.name, '*');
    return;
  }
  for (const element of bindings.elements) {
    if (!element.isTypeOnly) declare(element.name, (element.propertyName ?? element.name).text);
  }
}

/** `import x = require('y')`, or `import x = a.b`, which is a constant. */
export function declareImportEquals(node: ts.ImportEqualsDeclaration, scope: Scope): void {
  if (node.isTypeOnly) return;
  const reference = node.moduleReference;
  if (ts.isExternalModuleReference(reference)) declareImported(node.name, 'export=', reference.expression, scope);
  else scope.declare(node.name, 'const');
}

function declareImported(local: ts.Identifier, name: string, specifier: ts.Expression, scope: Scope): void {
  if (!ts.isStringLiteralLike(specifier)) scope.declare(local, 'opaque');
  else scope.declare(local, 'import', { specifier: scope.code.site(specifier), text: specifier.text, name });
}
