/** Questions about the syntax tree of the linted file. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES as types } from '@typescript-eslint/types';

import type { Edit, Source } from './edit.ts';

type Variable = TSESLint.Scope.Variable;

/** The smallest node that is exactly there. */
export function nodeAt(source: Source, [start, end]: TSESTree.Range): TSESTree.Node | undefined {
  let node = source.getNodeByRangeIndex(start) as TSESTree.Node | null | undefined;
  while (node != null && (node.range[0] > start || node.range[1] < end)) node = node.parent;
  return node?.range[0] === start && node.range[1] === end ? node : undefined;
}

export function isIn({ range: [start, end] }: { readonly range: TSESTree.Range }, [from, to]: TSESTree.Range): boolean {
  return from <= start && end <= to;
}

export function hasComments(source: Source, [start, end]: TSESTree.Range): boolean {
  return source.getAllComments().some(({ range }) => range[0] < end && start < range[1]);
}

export function variableOf(source: Source, name: TSESTree.Identifier): Variable | undefined {
  return source.getScope(name).references.find(({ identifier }) => identifier === name)?.resolved ?? undefined;
}

/** `const name = value`, alone in its statement, which stands among others. */
export interface Constant {
  readonly statement: TSESTree.VariableDeclaration;
  readonly name: TSESTree.Identifier;
  readonly value: TSESTree.Expression;
}

export function constantIn(statement: TSESTree.Node | undefined): Constant | undefined {
  if (statement?.type !== types.VariableDeclaration || statement.kind !== 'const' || statement.declare) return undefined;
  const [only, ...others] = statement.declarations;
  if (only?.id.type !== types.Identifier || only.init === null || others.length > 0) return undefined;
  return { statement, name: only.id, value: only.init };
}

/** The statements among which one stands; undefined where it stands alone, as below an `if`. */
export function statementsAround({ parent }: TSESTree.Node): readonly TSESTree.Node[] | undefined {
  if (parent?.type === types.Program || parent?.type === types.BlockStatement) return parent.body;
  return parent && statementsOfScript(parent);
}

/** In Svelte's tree the script is an element of the page. */
function statementsOfScript(node: { readonly type: string; readonly body?: unknown }): readonly TSESTree.Node[] | undefined {
  return node.type === 'SvelteScriptElement' ? node.body as readonly TSESTree.Node[] : undefined;
}

/** Everything in a node, itself included. */
export function* within(source: Source, node: TSESTree.Node): Generator<TSESTree.Node> {
  yield node;
  const keys: Readonly<Record<string, readonly string[] | undefined>> = source.visitorKeys;
  for (const key of keys[node.type] ?? []) {
    for (const child of [(node as unknown as Readonly<Record<string, unknown>>)[key]].flat()) {
      if (typeof child === 'object' && child !== null && 'type' in child) yield* within(source, child as TSESTree.Node);
    }
  }
}

/** What stands in a node and is made elsewhere. */
export function freeVariables(source: Source, node: TSESTree.Node): ReadonlySet<Variable> {
  const references = (source.scopeManager?.scopes ?? []).flatMap((scope) => scope.references.filter(({ identifier }) => isIn(identifier, node.range)));
  return new Set(references.flatMap(({ resolved }) => (resolved == null || resolved.identifiers.some((name) => isIn(name, node.range)) ? [] : resolved)));
}

/** It has one value for as long as it is there. */
export function isConstant({ references }: Variable): boolean {
  return references.every((reference) => !reference.isWrite() || reference.init === true);
}

/** `this`, `arguments` and what else a function has of its own. */
export function hasOwnContext(source: Source, node: TSESTree.Node): boolean {
  return [...within(source, node)].some(({ type, ...rest }) => type === types.ThisExpression || type === types.Super || type === types.MetaProperty || (type === types.Identifier && (rest as TSESTree.Identifier).name === 'arguments'));
}

export function indentAt({ text }: Source, offset: number): string {
  return /^[ \t]*/u.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

/** A statement is taken away, with its lines where nothing else stands on them. */
export function removal({ text }: Source, { range: [start, end] }: TSESTree.Node): Edit {
  const before = /[ \t]*$/u.exec(text.slice(0, start))?.[0] ?? '';
  const after = /^[ \t]*(?:\r?\n|$)/u.exec(text.slice(end))?.[0];
  const from = start - before.length;
  return { range: after !== undefined && (from === 0 || text[from - 1] === '\n') ? [from, end + after.length] : [start, end], text: '' };
}
