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
  if (ts.isCallExpression(parent)) return parent.expression === written || parent.arguments[calledArgument(parent.expression)] === written;
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
  const path = ts.isIdentifier(of) && !isDeclared(of) ? `${of.text}.${callee.name.text}` : '';
  return path === 'Array.from' ? 1 : path === 'Reflect.apply' ? 0 : -1;
}

function withoutWrappers(node: ts.Expression): ts.Expression {
  return isWrapper(node) ? withoutWrappers(node.expression) : node;
}

const declared = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** Something in the file has the name of what is to be the language's. */
function isDeclared(name: ts.Identifier): boolean {
  const source = name.getSourceFile();
  let names = declared.get(source);
  if (names === undefined) declared.set(source, names = new Set([...descendants(source)].flatMap((node) => (ts.isIdentifier(node) && isName(node) ? [node.text] : []))));
  return names.has(name.text);
}

/** It stands where something gets its name. */
function isName(node: ts.Identifier): boolean {
  return 'name' in node.parent && node.parent.name === node && !ts.isPropertyAccessExpression(node.parent);
}
