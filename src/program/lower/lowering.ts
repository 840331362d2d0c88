/**
 * What the parts of the lowering ask of each other. An expression may hold a function, whose body holds statements,
 * which hold expressions. So whoever meets an expression or a statement in the syntax that it lowers hands it to a
 * `Lowering`, and the parts import each other one way only; `recursion.ts` ties the knot.
 */
import type ts from 'typescript';
import type { Expression, Statement } from '../ir.ts';
import type { Scope } from './scope.ts';

export interface Lowering {
  expression(node: ts.Expression, scope: Scope): Expression;
  /** No statement for what is only declared, several for `let a = 1, b = 2`. */
  statement(node: ts.Statement, scope: Scope): readonly Statement[];
}
