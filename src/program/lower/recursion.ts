import { lowerExpression } from './expressions/expressions.ts';
import type { Lowering } from './lowering.ts';
import { lowerStatement } from './statements/statements.ts';

/** The one place where the recursion of the lowering is tied: all its parts meet here, and are handed this. */
export const lowering: Lowering = {
  expression: (node, scope) => lowerExpression(node, scope, lowering),
  statement: (node, scope) => lowerStatement(node, scope, lowering),
};
