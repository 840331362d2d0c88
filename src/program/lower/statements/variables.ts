import ts from 'typescript';
import type { Statement } from '../../ir.ts';
import { lowerBindingName } from '../expressions/patterns.ts';
import type { Lowering } from '../lowering.ts';
import type { Scope } from '../scope.ts';

export function lowerVariables(list: ts.VariableDeclarationList, scope: Scope, lower: Lowering): readonly Statement[] {
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
  return list.declarations.flatMap((declaration): Statement[] => {
    if (isVar && declaration.initializer === undefined) return [];
    return [{
      op: 'declare',
      target: lowerBindingName(declaration.name, scope, lower),
      init: declaration.initializer && lower.expression(declaration.initializer, scope),
      site: scope.code.site(declaration),
    }];
  });
}
