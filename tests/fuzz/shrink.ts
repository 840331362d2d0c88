/** Smaller plans: parts left out, or replaced by what they contain. Which of them are programs, their meaning tells. */
import type { Plan } from './syntax.ts';

type Json = Readonly<Record<string, unknown>>;

const statementKinds: ReadonlySet<unknown> = new Set(['declare', 'take', 'set', 'if', 'leave', 'repeat', 'each', 'push', 'try', 'log', 'define', 'class', 'scope', 'assign', 'run', 'hold', 'entry']);
const removable: ReadonlySet<string> = new Set(['body', 'yes', 'no', 'rescue', 'methods', 'args', 'items', 'fields', 'params']);

const isNode = (value: unknown): value is Json & { readonly k: string } => typeof value === 'object' && value !== null && 'k' in value;
const isStatement = (value: unknown): boolean => isNode(value) && statementKinds.has(value.k);

export function* smaller(plan: Plan): IterableIterator<Plan> {
  if (plan.late !== undefined) yield { ...plan, late: undefined };
  if (plan.language === 'js') yield { ...plan, language: 'ts' };
  for (const body of variants(plan.body, 'body')) yield { ...plan, body: body as Plan['body'] };
}

function* variants(value: unknown, key: string): IterableIterator<unknown> {
  if (Array.isArray(value)) yield* listVariants(value, key);
  else if (typeof value === 'object' && value !== null) yield* nodeVariants(value as Json);
}

function* listVariants(list: readonly unknown[], key: string): IterableIterator<unknown> {
  if (removable.has(key)) {
    for (let size = list.length >> 1; size > 1; size >>= 1) {
      for (let at = 0; at + size <= list.length; at += size) yield list.toSpliced(at, size);
    }
    for (const at of list.keys()) yield list.toSpliced(at, 1);
    for (const [at, each] of list.entries()) if (isStatement(each)) for (const inner of bodiesOf(each as Json)) yield list.toSpliced(at, 1, ...inner);
  }
  for (const [at, each] of list.entries()) for (const variant of variants(each, '')) yield list.with(at, variant);
}

/** Statements within a statement that may stand in its place. */
function bodiesOf(statement: Json): readonly (readonly unknown[])[] {
  return ['body', 'yes', 'no', 'rescue'].flatMap((key) => (Array.isArray(statement[key]) ? [statement[key] as unknown[]] : []));
}

function* nodeVariants(node: Json): IterableIterator<unknown> {
  if (isNode(node) && !isStatement(node)) {
    yield* expressionsIn(node);
    if (node.k === 'data' || node.k === 'cut' || node.k === 'variable') {
      if (node.style !== undefined && node.style !== 'nested' && node.style !== 0) yield { ...node, style: node.k === 'cut' ? 0 : 'nested' };
      if (node.chained === true) yield { ...node, chained: false };
    }
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === 'shape' || (key === 'params' && node.k === 'op')) continue;
    // An operation keeps its operands.
    for (const variant of variants(value, node.k === 'op' ? '' : key)) yield { ...node, [key]: variant };
    if ((key === 'initial' || key === 'list') && value !== undefined && (node.k === 'scope' || node.k === undefined)) yield { ...node, [key]: undefined };
  }
}

/** Expressions right within one, those of blocks included. */
function* expressionsIn(node: Json): IterableIterator<unknown> {
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(each) && !isStatement(each) && each.name !== 'super') yield each;
      else if (typeof each === 'object' && each !== null && 'result' in each) yield (each as Json).result;
      else if (typeof each === 'object' && each !== null && 'value' in each && !isStatement(each)) yield (each as Json).value;
    }
  }
}
