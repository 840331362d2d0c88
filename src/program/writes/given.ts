/** What functions and instances hand out of what they find, by the names that their code says. */
import ts from 'typescript';
import { isWrapper } from '../lower/syntax.ts';
import { isAssignment, isInFunction } from './writes.ts';

/** A name, and the members that lead from it to what is given: `this` where an object gives what is its own. */
export interface Access {
  readonly root: string;
  readonly path: readonly string[];
}

export interface Given extends Access {
  /** A function returns it, or hands it to another; or whoever makes an instance finds it there. */
  readonly by: 'function' | 'instance';
  /** The name of what is called with it, where it is handed to something. */
  readonly to: string | undefined;
}

/** Everything that the functions and classes in a piece of code give away. `nodes`: all that it consists of. */
export function givenBy(code: ts.Node, nodes: readonly ts.Node[]): readonly Given[] {
  const aliases = new Map<string, Access[]>();
  const found: Given[] = [];
  for (const node of nodes) {
    const access = accessOf(node);
    if (access === undefined) continue;
    const use = useOf(node, code);
    if (use?.kind === 'alias') aliases.set(use.name, [...aliases.get(use.name) ?? [], { ...access, path: [...access.path, ...use.path] }]);
    else if (use !== undefined) found.push({ ...access, by: use.kind, to: use.to });
  }
  return found.flatMap((given) => unaliased(given, aliases, new Set()).map((access) => ({ ...given, ...access })));
}

/** What a local name stands for. */
function unaliased(access: Access, aliases: ReadonlyMap<string, readonly Access[]>, seen: ReadonlySet<string>): readonly Access[] {
  if (seen.has(access.root)) return [];
  const meant = aliases.get(access.root) ?? [];
  return [access, ...meant.flatMap((each) => unaliased({ root: each.root, path: [...each.path, ...access.path] }, aliases, new Set([...seen, access.root])))];
}

/** A name with all the members that are taken of it. */
function accessOf(node: ts.Node): Access | undefined {
  if (isMember(node)) {
    const inner = accessIn(node.expression);
    const key = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
    // Of members whose key is computed, any is meant: all that the object holds.
    return inner === undefined || key === undefined ? inner : { root: inner.root, path: [...inner.path, key] };
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword) return { root: 'this', path: [] };
  return ts.isIdentifier(node) && isValue(node) ? { root: node.text, path: [] } : undefined;
}

function accessIn(node: ts.Expression): Access | undefined {
  return isWrapper(node) ? accessIn(node.expression) : accessOf(node);
}

function isMember(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function isValue({ parent }: ts.Identifier): boolean {
  return ts.isExpression(parent) || ts.isStatement(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent) || ts.isSpreadAssignment(parent)
    || ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
}

type Use = { readonly kind: 'alias'; readonly name: string; readonly path: readonly string[] } | { readonly kind: Given['by']; readonly to: string | undefined };

/** What becomes of the value of an expression, if it may come to others. */
function useOf(node: ts.Node, code: ts.Node): Use | undefined {
  const { parent } = node;
  if (passesOn(parent, node)) return useOf(parent, code);
  const by = ts.findAncestor(node, (each) => ts.isFunctionLike(each) || ts.isPropertyDeclaration(each) || each === code);
  const given: Use = { kind: by !== undefined && (ts.isConstructorDeclaration(by) || ts.isPropertyDeclaration(by)) ? 'instance' : 'function', to: undefined };
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node ? given : undefined;
  if (!isInFunction(node, code)) return undefined;
  if (ts.isReturnStatement(parent) || ts.isYieldExpression(parent) || ts.isThrowStatement(parent)) return given;
  if (ts.isArrowFunction(parent)) return parent.body === node ? given : undefined;
  if (ts.isBinaryExpression(parent)) return isAssignment(parent) && parent.right === node ? given : undefined;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node ? undefined : { ...given, to: accessIn(parent.expression)?.root ?? '' };
  if (ts.isForOfStatement(parent) && ts.isVariableDeclarationList(parent.initializer)) return aliasOf(parent.initializer.declarations[0]?.name);
  return ts.isVariableDeclaration(parent) && parent.initializer === node ? aliasOf(parent.name) : undefined;
}

function aliasOf(name: ts.BindingName | undefined): Use | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name)) return { kind: 'alias', name: name.text, path: [] };
  const element = name.elements.find((each) => !ts.isOmittedExpression(each));
  return element !== undefined && ts.isBindingElement(element) && ts.isIdentifier(element.name) ? { kind: 'alias', name: element.name.text, path: [] } : undefined;
}

/** Whether the value of an expression is that of one of its parts, holds it, or is one of its items. */
function passesOn(parent: ts.Node, node: ts.Node): parent is ts.Expression {
  if (isWrapper(parent) || ts.isArrayLiteralExpression(parent) || ts.isAwaitExpression(parent) || ts.isSpreadElement(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isBinaryExpression(parent)) return isChoice(parent.operatorToken.kind) || (parent.operatorToken.kind === ts.SyntaxKind.CommaToken && parent.right === node);
  // `{ a: x }`, `{ x }`: what stands between is no expression.
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent) || (ts.isObjectLiteralExpression(parent) && !ts.isSpreadAssignment(node))) return true;
  // `list.filter(…)`, `map.get(…)`: some of what it holds.
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node && givesItems.has(parent.name.text) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
  return ts.isCallExpression(parent) && ts.isPropertyAccessExpression(node) && parent.expression === node && givesItems.has(node.name.text);
}

const givesItems: ReadonlySet<string> = new Set(['get', 'at', 'pop', 'shift', 'find', 'findLast', 'filter', 'slice', 'concat', 'map', 'flat', 'flatMap', 'values', 'entries', 'reverse', 'toReversed', 'sort', 'toSorted', 'splice']);

function isChoice(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.AmpersandAmpersandToken;
}
