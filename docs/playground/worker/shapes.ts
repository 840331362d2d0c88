/** The shapes of tensors, for the names that stand for them in the editor. */
import ts from 'typescript';

import type { ShapedPlace } from '../../../src/explanation/shapes.ts';

/** Of the tensor that a variable holds, or that a call gives whose name stands there. */
export function shapeAt(program: ts.Program, file: string, offset: number, places: readonly ShapedPlace[]): string | undefined {
  const source = program.getSourceFile(file);
  const name = source && nameAt(source, offset);
  const expression = name && expressionOf(program.getTypeChecker(), name);
  if (expression?.getSourceFile() !== source || expression === undefined) return undefined;
  const [start, end] = [expression.getStart(source), expression.end];
  return places.find(({ site }) => site.start === start && site.end === end)?.shape;
}

function nameAt(node: ts.Node, offset: number): ts.Identifier | undefined {
  if (ts.isIdentifier(node)) return node;
  return ts.forEachChild(node, (child) => (child.pos <= offset && offset < child.end ? nameAt(child, offset) : undefined));
}

/** What gives the value that is meant by a name. */
function expressionOf(checker: ts.TypeChecker, name: ts.Identifier): ts.Expression | undefined {
  const called = ts.isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
  if (ts.isCallExpression(called.parent) && called.parent.expression === called) return called.parent;
  const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined ? bare(declaration.initializer) : undefined;
}

/** Without what says something of its type only. */
function bare(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) || ts.isNonNullExpression(expression) || ts.isParenthesizedExpression(expression) || ts.isSatisfiesExpression(expression) ? bare(expression.expression) : expression;
}
