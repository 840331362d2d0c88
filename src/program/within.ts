/** What is a part of what. */
import type { Expression, FunctionCode, ModuleCode, Site, Statement } from './ir.ts';

/** Whether a place is a part of another one. */
export function isWithin(site: Site, around: Site): boolean {
  return site.file === around.file && around.start <= site.start && site.end <= around.end;
}

/** A function in the order of the text, and the one that it stands in. */
interface Nested {
  readonly code: FunctionCode;
  readonly outer: Nested | undefined;
}

const nested = new WeakMap<ModuleCode, readonly Nested[]>();

/** The functions of a file that a place of it is a part of, innermost first. */
export function functionsAround(module: ModuleCode, place: Site): readonly FunctionCode[] {
  let all = nested.get(module);
  if (all === undefined) nested.set(module, all = nestedIn(module));
  const around: FunctionCode[] = [];
  for (let each = lastBefore(all, place.start); each !== undefined; each = each.outer) if (isWithin(place, each.code.site)) around.push(each.code);
  return around;
}

function nestedIn({ functions }: ModuleCode): readonly Nested[] {
  const all: Nested[] = [];
  for (const code of functions.toSorted((a, b) => a.site.start - b.site.start || b.site.end - a.site.end)) {
    let outer = all.at(-1);
    while (outer !== undefined && !isWithin(code.site, outer.code.site)) outer = outer.outer;
    all.push({ code, outer });
  }
  return all;
}

/** By bisection. */
function lastBefore(all: readonly Nested[], start: number): Nested | undefined {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.code.site.start <= start) low = middle + 1;
    else high = middle;
  }
  return all[low - 1];
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
