import ts from 'typescript';
import type { Expression, Literal } from '../../ir.ts';
import type { Scope } from '../scope.ts';

export function lowerLiteral(node: ts.Expression, scope: Scope): Expression | undefined {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return { op: 'this', site: scope.code.site(node) };
  const literal = literalValue(node);
  return literal && { op: 'constant', value: literal.value, site: scope.code.site(node) };
}

function literalValue(node: ts.Expression): { readonly value: Literal } | undefined {
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword: return { value: true };
    case ts.SyntaxKind.FalseKeyword: return { value: false };
    case ts.SyntaxKind.NullKeyword: return { value: null };
    case ts.SyntaxKind.BigIntLiteral: return bigintValue((node as ts.BigIntLiteral).text);
    default: return undefined;
  }
}

function bigintValue(text: string): { readonly value: bigint } | undefined {
  const digits = /^(\d+|0x[\da-f]+|0o[0-7]+|0b[01]+)n$/i.exec(text)?.[1];
  return digits === undefined ? undefined : { value: BigInt(digits) };
}
