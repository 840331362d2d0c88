/** An expression, with the call that reads it at once, is computed in a region of the library. */
import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES as types } from '@typescript-eslint/types';

import type { Mend } from '../../judgements/mend.ts';
import type { Offer, Source } from './edit.ts';
import { within } from './syntax.ts';

/** `tf.square(x).dataSync()` becomes `tf.tidy(() => tf.square(x).dataSync())`. */
export function hold(source: Source, node: TSESTree.Node, { region, reads, packages }: Extract<Mend, { kind: 'hold' }>): Offer | undefined {
  const call = readOf(node, reads);
  const namespace = namespaceOf(source, packages);
  if (call === undefined || namespace === undefined || [...within(source, call)].some(({ type }) => type === types.AwaitExpression || type === types.YieldExpression)) return undefined;
  const [start, end] = call.range;
  return { title: `Compute and read it in \`${namespace}.${region}\`.`, edits: [{ range: [start, start], text: `${namespace}.${region}(() => ` }, { range: [end, end], text: ')' }] };
}

function readOf(node: TSESTree.Node, reads: readonly string[]): TSESTree.CallExpression | undefined {
  const { parent: member } = node;
  if (member?.type !== types.MemberExpression || member.object !== node || member.computed || member.property.type !== types.Identifier || !reads.includes(member.property.name)) return undefined;
  const { parent: call } = member;
  return call.type === types.CallExpression && call.callee === member ? call : undefined;
}

/** As `import * as tf` names the library. */
function namespaceOf({ ast }: Source, packages: ReadonlySet<string>): string | undefined {
  const names = ast.body.flatMap((statement) => (statement.type === types.ImportDeclaration && packages.has(statement.source.value) ? statement.specifiers : []));
  return names.find(({ type }) => type === types.ImportNamespaceSpecifier)?.local.name;
}
