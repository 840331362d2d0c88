/** A name that is used before its declaration has run. */
import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES as types } from '@typescript-eslint/types';

import type { Offer, Source } from './edit.ts';
import { type Constant, constantIn, freeVariables, hasComments, hasOwnContext, indentAt, isIn, removal, statementsAround, variableOf, within } from './syntax.ts';

/** The function is declared as one, for these are hoisted; a plain value is declared before the statement that leads to its use. */
export function defineBefore(source: Source, node: TSESTree.Node, calls: readonly TSESTree.Range[]): Offer | undefined {
  const variable = node.type === types.Identifier ? variableOf(source, node) : undefined;
  const [name, ...others] = variable?.identifiers ?? [];
  const constant = others.length === 0 ? constantIn(name?.parent.parent) : undefined;
  if (constant === undefined || constant.name !== name) return undefined;
  return hoisted(source, constant) ?? movedUp(source, constant, [node.range, ...calls]);
}

function hoisted(source: Source, { statement, name, value }: Constant): Offer | undefined {
  if (value.type !== types.ArrowFunctionExpression || name.typeAnnotation !== undefined || hasOwnContext(source, value)) return undefined;
  if (statementsAround(statement) === undefined && statement.parent.type !== types.ExportNamedDeclaration) return undefined;
  const { text } = source;
  const arrow = source.getTokenBefore(source.getFirstToken(value.body)!, ({ value: token }) => token === '=>');
  const first = source.getFirstToken(value, value.async ? 1 : 0);
  const closing = text.slice(value.range[1], statement.range[1]).trim();
  if (arrow === null || first === null || (closing !== '' && closing !== ';')) return undefined;
  const start = text.slice(arrow.range[1]).search(/\S/u) + arrow.range[1];
  if (hasComments(source, [statement.range[0], first.range[0]]) || hasComments(source, [arrow.range[1], source.getTokenAfter(arrow)!.range[0]])) return undefined;
  const given = text.slice(first.range[0], arrow.range[0]).trimEnd();
  const parameters = first.value === '(' || first.value === '<' ? given : `(${given})`;
  const indent = indentAt(source, statement.range[0]);
  const body = text.slice(start, value.range[1]);
  const block = value.body.type === types.BlockStatement ? body : `{\n${indent}  return ${body};\n${indent}}`;
  return {
    title: `Make \`${name.name}\` a function declaration.`,
    edits: [{ range: statement.range, text: `${value.async ? 'async ' : ''}function ${name.name}${parameters} ${block}` }],
  };
}

const plain = new Set<string>([types.Literal, types.UnaryExpression, types.ObjectExpression, types.ArrayExpression, types.Property, types.TemplateLiteral, types.TemplateElement, types.TSAsExpression, types.TSTypeReference]);

function movedUp(source: Source, { statement, name, value }: Constant, path: readonly TSESTree.Range[]): Offer | undefined {
  const statements = statementsAround(statement);
  // The call that is made first stands last.
  const call = path.findLast((range) => statements?.some((each) => isIn({ range }, each.range)));
  const before = statements?.find((each) => call !== undefined && isIn({ range: call }, each.range));
  if (before === undefined || before.range[1] > statement.range[0] || before.type === types.FunctionDeclaration || before.type === types.ClassDeclaration) return undefined;
  // Keys are names, and nothing that is evaluated.
  const isPlain = [...within(source, value)].every((each) => plain.has(each.type) || (each.type === types.Identifier && each.parent.type === types.Property && !each.parent.computed && !each.parent.shorthand));
  if (!isPlain || freeVariables(source, value).size > 0) return undefined;
  const [start] = before.range;
  const text = source.getText(statement);
  return {
    title: `Define \`${name.name}\` before it is used.`,
    edits: [{ range: [start, start], text: `${text}${text.endsWith(';') ? '' : ';'}\n${indentAt(source, start)}` }, removal(source, statement)],
  };
}
