/** What is a part of what. */
import type { Expression, Site, Statement } from './ir.ts';

/** Whether a place is a part of another one. */
export function isWithin(site: Site, around: Site): boolean {
  return site.file === around.file && around.start <= site.start && site.end <= around.end;
}

const operators: ReadonlySet<unknown> = new Set<Statement['op']>(['evaluate', 'declare', 'branch', 'switch', 'loop', 'iterate', 'return', 'throw', 'jump', 'label', 'try', 'block']);

const known = new WeakMap<Statement, readonly Expression[]>();

/** What runs where a statement does: all expressions in it, but for those in functions and classes. */
export function expressionsIn(statement: Statement): readonly Expression[] {
  let found = known.get(statement);
  if (found === undefined) known.set(statement, found = [...expressionsOf(statement)]);
  return found;
}

function* expressionsOf(part: unknown): Generator<Expression> {
  if (typeof part !== 'object' || part === null || isCode(part)) return;
  if ('op' in part && !operators.has(part.op)) yield part as Expression;
  for (const inner of Object.values(part)) yield* expressionsOf(inner);
}

function isCode(part: object): boolean {
  return 'nameSite' in part;
}
