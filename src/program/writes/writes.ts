/** What code writes to that was there before it, by the names that it says. */
import ts from 'typescript';
import { isWrapper } from '../lower/syntax.ts';
import { isCalledAtOnce } from './called-at-once.ts';

/** Never wrong in what it leaves out: what is in none of these is not written. */
export interface Writes {
  /** Variables and members that are assigned, stepped or deleted. */
  readonly names: ReadonlySet<string>;
  /** `any`: also members whose names are computed. */
  readonly members: 'named' | 'any';
  /** Methods called that change what a list or collection holds. */
  readonly methods: ReadonlySet<string>;
}

const changing: ReadonlySet<string> = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin', 'set', 'add', 'delete', 'clear']);

/** Functions of the language that write to their first argument. */
const writers = /^(?:Object\.(?:assign|define\w+|setPrototypeOf)|Reflect\.(?:set\w*|define\w+|delete\w+))$/;

class Collected {
  readonly names = new Set<string>();
  members: Writes['members'] = 'named';
  readonly methods = new Set<string>();
}

/** What the functions in a piece of code write that may be called later; what it does itself outside of them is not asked for. `nodes`: all that it consists of. */
export function writesOfFunctions(root: ts.Node, nodes: readonly ts.Node[]): Writes {
  const found = new Collected();
  const own = new Own(root, nodes);
  for (const node of nodes) {
    const written = writtenBy(node);
    if (written.length > 0 && isInKeptFunction(node, root)) for (const target of written) addTarget(found, target, own);
    else if (ts.isCallExpression(node) && isInKeptFunction(node, root)) addCall(found, node, own);
  }
  return found;
}

/** What a node assigns, steps or deletes; a declaration assigns nothing. */
export function writtenBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isBinaryExpression(node)) return isAssignment(node) ? [node.left] : [];
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken ? [node.operand] : [];
  if (ts.isDeleteExpression(node)) return [node.expression];
  if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && !ts.isVariableDeclarationList(node.initializer)) return [node.initializer];
  return [];
}

export function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function addTarget(found: Collected, target: ts.Expression, own: Own): void {
  if (isWrapper(target)) addTarget(found, target.expression, own);
  else if (ts.isIdentifier(target)) {
    if (!own.isLocal(target)) found.names.add(target.text);
  }
  else if (ts.isPropertyAccessExpression(target)) {
    if (isMade(target.expression, own)) return;
    found.names.add(target.name.text);
    if (target.name.text === 'length') found.methods.add('splice');
  } else if (ts.isElementAccessExpression(target)) addElement(found, target, own);
  else if (ts.isArrayLiteralExpression(target)) for (const element of target.elements) addTarget(found, ts.isSpreadElement(element) ? element.expression : withoutDefault(element), own);
  else if (ts.isObjectLiteralExpression(target)) for (const property of target.properties) addProperty(found, property, own);
}

function addElement(found: Collected, { expression, argumentExpression: key }: ts.ElementAccessExpression, own: Own): void {
  if (isMade(expression, own)) return;
  if (ts.isStringLiteralLike(key)) found.names.add(key.text);
  else {
    found.members = 'any';
    found.methods.add('splice');
  }
}

function addProperty(found: Collected, property: ts.ObjectLiteralElementLike, own: Own): void {
  if (ts.isShorthandPropertyAssignment(property)) addTarget(found, property.name, own);
  else if (ts.isPropertyAssignment(property)) addTarget(found, withoutDefault(property.initializer), own);
  else if (ts.isSpreadAssignment(property)) addTarget(found, property.expression, own);
}

function withoutDefault(target: ts.Expression): ts.Expression {
  return ts.isBinaryExpression(target) ? target.left : target;
}

function addCall(found: Collected, { expression: callee, arguments: [first] }: ts.CallExpression, own: Own): void {
  if (!ts.isPropertyAccessExpression(callee)) return;
  if (changing.has(callee.name.text) && !isMade(callee.expression, own)) found.methods.add(callee.name.text);
  if (first !== undefined && !isMade(first, own) && writers.test(callee.getText())) found.members = 'any';
}

// — what a function has made itself —

/** Whether an expression is an object that the function at hand has just made. */
function isMade(node: ts.Expression, own: Own): boolean {
  if (isWrapper(node)) return isMade(node.expression, own);
  if (node.kind === ts.SyntaxKind.ThisKeyword) return isConstructed(node);
  return ts.isIdentifier(node) ? own.isFresh(node.text) : makes(node);
}

function makes(node: ts.Expression): boolean {
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node) || ts.isNewExpression(node);
}

/** `this` of a constructor or a field, and of no function within. */
function isConstructed(node: ts.Node): boolean {
  const around = ts.findAncestor(node, (each) => (ts.isFunctionLike(each) && !ts.isArrowFunction(each)) || ts.isPropertyDeclaration(each));
  return around !== undefined && (ts.isConstructorDeclaration(around) || (ts.isPropertyDeclaration(around) && !ts.isArrowFunction(around.initializer ?? around)));
}

/** What functions of a piece of code declare themselves. */
class Own {
  readonly #locals = new Map<ts.Node, Set<string>>();
  readonly #fresh = new Set<string>();
  readonly #others = new Set<string>();

  constructor(root: ts.Node, nodes: readonly ts.Node[]) {
    for (const node of nodes) {
      if (!(ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) || !ts.isIdentifier(node.name)) continue;
      const { text } = node.name;
      const isFresh = ts.isVariableDeclaration(node) && (node.parent.flags & ts.NodeFlags.Const) !== 0 && node.initializer !== undefined && makes(node.initializer) && isInFunction(node, root);
      (isFresh ? this.#fresh : this.#others).add(text);
      const around = functionAround(node);
      if (around !== undefined) this.#locals.set(around, (this.#locals.get(around) ?? new Set()).add(text));
    }
  }

  /** A constant that begins with an object made there, and nothing else in the code has its name. */
  isFresh(name: string): boolean {
    return this.#fresh.has(name) && !this.#others.has(name);
  }

  /** A variable of the very function that speaks of it: nobody finds it when that has come to its end. */
  isLocal(name: ts.Identifier): boolean {
    const around = functionAround(name);
    return around !== undefined && this.#locals.get(around)?.has(name.text) === true;
  }
}

function functionAround(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node.parent, ts.isFunctionLike);
}

export function isInFunction(node: ts.Node, root: ts.Node): boolean {
  return bodyAround(node, root) !== undefined;
}

/** The innermost function, or field of instances, of a piece of code in which something stands. */
function bodyAround(node: ts.Node, root: ts.Node): ts.Node | undefined {
  const around = ts.findAncestor(node.parent, (each) => each === root.parent || ts.isFunctionLike(each) || isFieldOfInstances(each));
  return around === root.parent ? undefined : around;
}

/** Whether it stands in a function that somebody may call once the code has run. */
function isInKeptFunction(node: ts.Node, root: ts.Node): boolean {
  for (let around = bodyAround(node, root); around !== undefined; around = bodyAround(around, root)) {
    if (!isCalledAtOnce(around)) return true;
  }
  return false;
}

/** What initialises a field runs whenever somebody makes an instance. */
function isFieldOfInstances(node: ts.Node): boolean {
  return ts.isPropertyDeclaration(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) !== true;
}
