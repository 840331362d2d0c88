import type ts from 'typescript';
import type { Expression } from '../../ir.ts';
import type { Scope } from '../scope.ts';

export function lowerIdentifier(node: ts.Identifier, scope: Scope): Expression {
  const site = scope.code.site(node);
  const name = node.text;
  const binding = scope.resolve(name);
  if (binding !== undefined) return { op: 'load', binding, site };
  switch (name) {
    case 'undefined': return { op: 'constant', value: undefined, site };
    case 'NaN': return { op: 'constant', value: NaN, site };
    case 'Infinity': return { op: 'constant', value: Infinity, site };
    // The parser puts an empty name where an expression is missing.
    case '': return { op: 'opaque', parts: [], site };
    case 'exports': {
      const { commonjs } = scope.code;
      return commonjs === undefined ? { op: 'free', name, site } : { op: 'load', binding: commonjs, site };
    }
    default: return { op: 'free', name, site };
  }
}
