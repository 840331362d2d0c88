/** Values that a function uses are computed in it, where a gradient scope records. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES as types } from '@typescript-eslint/types';

import type { Edit, Offer, Source } from './edit.ts';
import { type Constant, constantIn, freeVariables, hasComments, hasOwnContext, indentAt, isConstant, isIn, removal, statementsAround, variableOf, within } from './syntax.ts';

type Callback = TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression;

/**
 * `values`: of each, the places in which it may be seen to be made. The function runs once, where it stands, so what
 * stands before it in the same block is computed as often in it. That it gives the same needs that nothing in between
 * touches what it is made of, that its names mean the same inside, and that nobody else uses it.
 */
export function moveInside(source: Source, callback: TSESTree.Node, values: readonly (readonly TSESTree.Range[])[], isUsedElsewhere: (name: string) => boolean): Offer | undefined {
  if (!isCallback(callback)) return undefined;
  const statement = statementAround(callback);
  const statements = statement && statementsAround(statement);
  if (statement === undefined || statements === undefined) return undefined;
  const before = statements.slice(0, statements.indexOf(statement));
  const constants = before.flatMap((each) => constantIn(each) ?? []);
  const makers = values.map((places) => constants.find(({ value }) => places.some((range) => isIn({ range }, value.range))));
  const needed = constants.filter((constant) => makers.includes(constant));
  const [first] = needed;
  if (first === undefined || makers.includes(undefined)) return undefined;
  const between = before.slice(before.indexOf(first.statement)).filter((each) => !needed.some((constant) => constant.statement === each));
  const isMovable = needed.every((constant) => isOwn(source, constant, [callback.body.range, ...needed.map((each) => each.statement.range)]) && meansTheSame(source, constant, callback) && !isUsedElsewhere(constant.name.name));
  if (!isMovable || !between.every((each) => isApart(source, each, needed))) return undefined;
  const edits = written(source, callback, needed);
  const [only, ...others] = needed;
  return edits && { title: `Compute ${others.length === 0 ? `\`${only!.name.name}\`` : 'them'} inside the function.`, edits: [...needed.map((constant) => removal(source, constant.statement)), ...edits] };
}

function isCallback(node: TSESTree.Node): node is Callback {
  const isFunction = node.type === types.ArrowFunctionExpression || node.type === types.FunctionExpression;
  return isFunction && !node.async && !node.generator && node.parent.type === types.CallExpression;
}

/** The statement that runs the function, once. */
function statementAround(callback: Callback): TSESTree.Node | undefined {
  let at: TSESTree.Node = callback.parent;
  while (!at.type.endsWith('Statement') && at.type !== types.VariableDeclaration) {
    if (at.parent === undefined || /Function|Class|Property$/u.test(at.type)) return undefined;
    at = at.parent;
  }
  return at.type === types.ExpressionStatement || at.type === types.ReturnStatement || at.type === types.VariableDeclaration ? at : undefined;
}

/** Nothing but these parts of the file uses it. */
function isOwn(source: Source, { name }: Constant, parts: readonly TSESTree.Range[]): boolean {
  const [variable] = source.getDeclaredVariables(name.parent);
  return variable?.references.every(({ identifier }) => identifier === name || parts.some((part) => isIn(identifier, part))) === true;
}

const steps = new Set<string>([types.AwaitExpression, types.YieldExpression, types.AssignmentExpression, types.UpdateExpression]);

function meansTheSame(source: Source, { name, value }: Constant, callback: Callback): boolean {
  const inner = source.scopeManager?.acquire(callback);
  if (inner == null || (callback.type !== types.ArrowFunctionExpression && hasOwnContext(source, value))) return false;
  const names = freeVariables(source, value);
  return ![...within(source, value)].some(({ type }) => steps.has(type)) && [...names].every(isConstant) && [name.name, ...[...names].map((each) => each.name)].every((each) => !isDeclaredIn(inner, each));
}

function isDeclaredIn(scope: TSESLint.Scope.Scope, name: string): boolean {
  return scope.set.has(name) && name !== 'arguments';
}

const inert = /^(?:FunctionDeclaration|ImportDeclaration|TSTypeAliasDeclaration|TSInterfaceDeclaration|EmptyStatement)$/u;

/** It does nothing to what the values are made of: it declares something that is made of other things. */
function isApart(source: Source, statement: TSESTree.Node, needed: readonly Constant[]): boolean {
  if (inert.test(statement.type)) return true;
  const made = new Set(needed.flatMap(({ value }) => [...freeVariables(source, value)]).filter((variable) => !isModule(variable)));
  return statement.type === types.VariableDeclaration && [...freeVariables(source, statement)].every((variable) => !made.has(variable));
}

/** A module, imported or required. */
function isModule({ defs: [definition] }: TSESLint.Scope.Variable): boolean {
  const node = definition?.node;
  if (node?.type === types.VariableDeclarator) return node.init?.type === types.CallExpression && node.init.callee.type === types.Identifier && node.init.callee.name === 'require';
  return definition?.type.toString() === 'ImportBinding';
}

function written(source: Source, callback: Callback, needed: readonly Constant[]): readonly Edit[] | undefined {
  const { body } = callback;
  const indent = indentAt(source, callback.range[0]);
  if (body.type === types.BlockStatement) {
    const [first] = body.body;
    if (first === undefined || source.text.slice(body.range[0] + 1, first.range[0]).includes("'use ") || 'directive' in first) return undefined;
    const inner = indentAt(source, first.range[0]);
    const gap = first.loc.start.line > body.loc.start.line ? `\n${inner}` : ' ';
    return [{ range: [body.range[0] + 1, body.range[0] + 1], text: needed.map((constant) => `${gap}${declared(source, constant, inner)}`).join('') }];
  }
  const arrow = source.getTokenBefore(source.getFirstToken(body)!, ({ value }) => value === '=>');
  if (arrow === null || hasComments(source, [arrow.range[1], source.getTokenAfter(arrow)!.range[0]])) return undefined;
  const [only, ...others] = needed;
  if (only !== undefined && others.length === 0 && isItself(source, body, only)) return [{ range: body.range, text: source.getText(only.value) }];
  const result = source.text.slice(arrow.range[1], callback.range[1]).trim();
  return [{ range: [arrow.range[1], callback.range[1]], text: ` {${needed.map((constant) => `\n${indent}  ${declared(source, constant, `${indent}  `)}`).join('')}\n${indent}  return ${result};\n${indent}}` }];
}

/** The declaration, its further lines indented as the first one is. */
function declared(source: Source, { statement }: Constant, indent: string): string {
  const text = source.getText(statement);
  const old = indentAt(source, statement.range[0]);
  // White space in a text is a part of it.
  const isText = [...within(source, statement)].some(({ type, loc }) => type === types.TemplateLiteral && loc.start.line < loc.end.line);
  const lines = isText ? text : text.replaceAll(`\n${old}`, `\n${indent}`);
  return lines.endsWith(';') ? lines : `${lines};`;
}

/** The function gives the value and nothing else, and nothing else is said of the value. */
function isItself(source: Source, body: TSESTree.Node, { name, value, statement }: Constant): boolean {
  const [variable] = source.getDeclaredVariables(name.parent);
  if (body.type !== types.Identifier || variableOf(source, body) !== variable || name.typeAnnotation !== undefined) return false;
  const rest = source.text.slice(value.range[1], statement.range[1]).trim();
  return (rest === '' || rest === ';') && !hasComments(source, [statement.range[0], value.range[0]]);
}
