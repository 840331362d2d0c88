import ts from 'typescript';
import type { Expression, Statement } from '../../ir.ts';
import { lowerIdentifier } from '../expressions/identifiers.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';

/** The synthetic binding of `export default x` and of `export = x` is named like the export, which no identifier is. */
export function exportAssignmentName(node: ts.ExportAssignment): 'default' | 'export=' {
  return node.isExportEquals === true ? 'export=' : 'default';
}

export function lowerExportAssignment(node: ts.ExportAssignment, scope: Scope, lower: Lowering): readonly Statement[] {
  const binding = scope.resolve(exportAssignmentName(node));
  if (binding === undefined) return [];
  const site = scope.code.site(node);
  const target = { kind: 'binding', binding, site: binding.site, declares: true } as const;
  return [{ op: 'declare', target, init: lower.expression(node.expression, scope), site }];
}

/** `import x = a.b` declares a constant. */
export function lowerImportAlias(node: ts.ImportEqualsDeclaration, scope: Scope): readonly Statement[] {
  const reference = node.moduleReference;
  const binding = scope.resolve(node.name.text);
  if (node.isTypeOnly || ts.isExternalModuleReference(reference) || binding?.kind !== 'const') return [];
  const target = { kind: 'binding', binding, site: binding.site, declares: true } as const;
  return [{ op: 'declare', target, init: lowerEntityName(reference, scope), site: scope.code.site(node) }];
}

function lowerEntityName(node: ts.EntityName, scope: Scope): Expression {
  if (ts.isIdentifier(node)) return lowerIdentifier(node, scope);
  const keySite = scope.code.site(node.right);
  return {
    op: 'member',
    object: lowerEntityName(node.left, scope),
    key: { op: 'constant', value: node.right.text, site: keySite },
    chain: 'none',
    keySite,
    site: scope.code.site(node),
  };
}
