/** Functions that are called where they are written, and that nobody has afterwards. */
import ts from 'typescript';
import { descendants } from '../descendants.ts';
import { isWrapper } from '../lower/syntax.ts';

/**
 * Whether the call of a function comes to its end before the code goes on, and nobody can call it again: it has no name
 * to be kept by, it does not wait, and who is handed it is a function of the language that lets go of it.
 */
export function isCalledAtOnce(node: ts.Node): boolean {
  if (!(ts.isArrowFunction(node) || ts.isFunctionExpression(node)) || node.name !== undefined || node.asteriskToken !== undefined) return false;
  if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true || speaksOfItself(node)) return false;
  const written = outermost(node);
  const { parent } = written;
  if (ts.isCallExpression(parent) && parent.expression === written) return true;
  if (reachesLanguage(node.getSourceFile())) return false;
  if (ts.isCallExpression(parent)) return parent.arguments[calledArgument(parent.expression)] === written;
  return ts.isPropertyAccessExpression(parent) && parent.expression === written && ['call', 'apply'].includes(parent.name.text) && isCallee(parent);
}

function outermost(node: ts.Expression): ts.Expression {
  return isWrapper(node.parent) ? outermost(node.parent) : node;
}

function isCallee(node: ts.Expression): boolean {
  const written = outermost(node);
  return ts.isCallExpression(written.parent) && written.parent.expression === written;
}

/** `arguments.callee`. */
function speaksOfItself(node: ts.ArrowFunction | ts.FunctionExpression): boolean {
  return /\bcallee\b/u.test(node.body.getText());
}

const overItems: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'flatMap', 'reduce', 'reduceRight', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'sort', 'toSorted']);

/** Which argument a function of the language calls; -1 of any other. */
function calledArgument(callee: ts.Expression): number {
  if (!ts.isPropertyAccessExpression(callee)) return -1;
  const of = withoutWrappers(callee.expression);
  if (ts.isArrayLiteralExpression(of)) return overItems.has(callee.name.text) ? 0 : -1;
  const path = ts.isIdentifier(of) && !mayBeChanged(of) ? `${of.text}.${callee.name.text}` : '';
  return path === 'Array.from' ? 1 : path === 'Reflect.apply' ? 0 : -1;
}

function withoutWrappers(node: ts.Expression): ts.Expression {
  return isWrapper(node) ? withoutWrappers(node.expression) : node;
}

const reaching = new WeakMap<ts.SourceFile, boolean>();

/** The file speaks of prototypes, or of the object that has the globals: it may have changed what the language has, whoever is handed a function. */
function reachesLanguage(source: ts.SourceFile): boolean {
  let is = reaching.get(source);
  if (is === undefined) reaching.set(source, is = /\bprototype\b(?!\s*\.\s*\w+\s*\.\s*(?:call|apply)\s*\()|__proto__|PrototypeOf\b|\b(?:globalThis|window|self|global)\b(?!\s*\.\s*(?!Array\b|Reflect\b)\w)/u.test(source.text));
  return is;
}

const changed = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** The file does more with what is to be the language's than to ask it for a member or for an instance: it may be another one, or have other members. */
function mayBeChanged(name: ts.Identifier): boolean {
  const source = name.getSourceFile();
  let names = changed.get(source);
  if (names === undefined) changed.set(source, names = new Set(descendants(source).flatMap((node) => (ts.isIdentifier(node) && !isAsked(node) ? [node.text] : []))));
  return names.has(name.text);
}

/** It stands where it is only looked at: `Array.from(…)`, `new Array(…)`, `x instanceof Array`, `Array<T>`. */
function isAsked(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node || isCallee(parent) || parent.name.text === 'prototype';
  if (ts.isNewExpression(parent) || ts.isCallExpression(parent)) return parent.expression === node;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword && parent.right === node;
  return ts.isTypeReferenceNode(parent) || ts.isExpressionWithTypeArguments(parent);
}

