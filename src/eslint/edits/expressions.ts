/** Edits of single expressions. */
import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES as types } from '@typescript-eslint/types';

import type { Edit, Offer, Source } from './edit.ts';
import { hasComments, variableOf } from './syntax.ts';

const callable = new Set<string>([types.Identifier, types.CallExpression, types.MemberExpression]);

/** `errors` becomes `errors.mean()`. */
export function reduce(node: TSESTree.Node, method: string): Offer {
  const [start, end] = node.range;
  const edits: readonly Edit[] = callable.has(node.type) ? [{ range: [end, end], text: `.${method}()` }] : [{ range: [start, start], text: '(' }, { range: [end, end], text: `).${method}()` }];
  return { title: `Reduce it to one number: \`.${method}()\`.`, edits };
}

/** `variable(value, false)` becomes `variable(value)`, and where more is said of the variable, `true` is. */
export function train(source: Source, calls: readonly (TSESTree.Node | undefined)[]): Offer | undefined {
  const edits = calls.map((call) => (call?.type === types.CallExpression ? trained(source, call) : undefined));
  const known = edits.flatMap((edit) => edit ?? []);
  if (known.length < edits.length) return undefined;
  return { title: known.length === 1 ? 'Make it trainable.' : 'Make them trainable.', edits: known };
}

function trained(source: Source, { callee, arguments: args }: TSESTree.CallExpression): Edit | undefined {
  const name = callee.type === types.MemberExpression ? callee.property : callee;
  if (name.type !== types.Identifier || name.name !== 'variable') return undefined;
  const [at, ...others] = args.filter((arg) => arg.type === types.Literal && arg.value === false);
  if (at === undefined || others.length > 0) return undefined;
  const before = args[args.indexOf(at) - 1];
  if (before === undefined || at !== args.at(-1)) return { range: at.range, text: 'true' };
  // A parenthesis around the value is no part of it.
  const comma = source.getTokenBefore(at);
  if (comma?.value !== ',' || hasComments(source, [comma.range[0], at.range[1]])) return { range: at.range, text: 'true' };
  return { range: [comma.range[0], at.range[1]], text: '' };
}

const methods: Readonly<Record<string, string>> = { '-=': 'sub', '+=': 'add', '*=': 'mul', '/=': 'div' };

/** `w -= step` becomes `w.assign(w.sub(step))`, and `w = value` becomes `w.assign(value)`. */
export function assign(source: Source, node: TSESTree.Node): Offer | undefined {
  const statement = assignmentAround(node);
  if (statement === undefined) return undefined;
  const { left, right, operator, parent } = statement;
  if (left.type !== types.Identifier || hasComments(source, [left.range[0], right.range[0]]) || !isVariable(source, left)) return undefined;
  // The operator was an error that the compiler had been told to expect.
  if (source.getCommentsBefore(parent).some(({ value }) => value.includes('@ts-expect-error'))) return undefined;
  const name = left.name;
  const value = source.text.slice(source.getTokenAfter(left)!.range[1], right.range[1]).trimStart();
  const closing = source.text.slice(right.range[1], statement.range[1]);
  const method = methods[operator];
  if (operator !== '=' && (method === undefined || right.type === types.BinaryExpression)) return undefined;
  const assigned = `${value}${closing}`;
  return {
    title: `Change the variable itself: \`${name}.assign(…)\`.`,
    edits: [{ range: statement.range, text: method === undefined ? `${name}.assign(${assigned})` : `${name}.assign(${name}.${method}(${assigned}))` }],
  };
}

/** The assignment that is a statement of its own, whose value a node is. */
function assignmentAround(node: TSESTree.Node): TSESTree.AssignmentExpression | undefined {
  let at: TSESTree.Node | undefined = node;
  while (at?.type === types.TSAsExpression || (at !== undefined && at.parent?.type === types.TSAsExpression)) at = at.parent;
  const assignment = at?.type === types.AssignmentExpression ? at : at?.parent;
  if (assignment?.type !== types.AssignmentExpression || assignment.parent.type !== types.ExpressionStatement) return undefined;
  return assignment === at || assignment.right === at ? assignment : undefined;
}

/** What its type says is not what a plain tensor could have. */
function isVariable(source: Source, name: TSESTree.Identifier): boolean {
  const [only, ...others] = variableOf(source, name)?.identifiers ?? [];
  return only !== undefined && others.length === 0 && only.typeAnnotation === undefined && only.parent.type === types.VariableDeclarator;
}
