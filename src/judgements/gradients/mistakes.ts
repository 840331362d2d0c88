/** Mistakes in the use of a gradient API that a single call or result proves. */
import type { Node } from '../../domain/graph.ts';
import type { Mistake, ScopeRun } from '../../domain/history.ts';
import type { Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import type { Program } from '../../program/program.ts';
import { resultSite } from '../../program/result-site.ts';
import type { FileRun } from '../file-run.ts';
import type { Verdict } from './losses.ts';

/** What is wrong with a scope's result when it is no tensor for certain. */
export function resultMistake(program: Program, run: ScopeRun): Mistake | undefined {
  if (run.form.kind === 'function') return undefined;
  const values = members(run.result);
  const about = { kind: 'mistake' as const, chain: run.chain, scope: run.label, library: run.library.title, error: run.library.errors.noTensor };
  if (values.every((value) => value.kind === 'promise')) return { ...about, cause: 'async', variant: 'promise', site: run.callbackSite };
  const arithmetic = values.length === 1 ? arithmeticIn(values[0]) : undefined;
  if (arithmetic !== undefined) return { ...about, cause: 'misuse', variant: 'arithmetic', site: arithmetic.site, chain: arithmetic.chain };
  if (run.callback === undefined) return undefined;
  if (values.every(isAbsent) && resultSite(run.callback) === undefined) return { ...about, cause: 'invalid-target', variant: 'nothing', site: run.callbackSite };
  return values.every(isNumber) ? { ...about, cause: 'invalid-target', variant: 'number', site: run.callbackSite } : undefined;
}

/** What assignments such as `w -= n` have put in the place of a variable: from then on the name stands for no tensor. */
export function replacements({ program, history }: FileRun): ReadonlySet<Node> {
  return new Set([...history.misfits].filter((node) => replacesVariable(program, node) && !program.definesMember('valueOf', node.site)));
}

/** Operators that took a tensor for a number, in what the scope differentiates: whatever else is connected, the loss is NaN. */
export function arithmeticMistakes(program: Program, { run, trace, losses, conditional }: Verdict): readonly Mistake[] {
  const told = new Set([...losses, ...conditional].flatMap((loss) => (loss.kind === 'severed' ? [loss.at.after, ...loss.at.path] : [])));
  const nodes = trace.used.filter((node) => node.misfit && !told.has(node) && !program.definesMember('valueOf', node.site));
  return nodes.map(({ site, chain }) => ({ kind: 'mistake', cause: 'misuse', variant: 'arithmetic', site, chain, scope: run.label, library: run.library.title, error: undefined }));
}

/** The operator that took a tensor for a number. */
function arithmeticIn(value: Value | undefined): Node | undefined {
  const seen = new Set<Node>(value?.kind === 'host' && value.node !== undefined ? [value.node] : []);
  for (const node of seen) {
    if (node.inputs.some((edge) => edge.effect === 'host-arithmetic')) return node;
    for (const edge of node.inputs) if (edge.effect === 'flows') seen.add(edge.from);
  }
  return undefined;
}

/** Whether an operator that assigns, as in `w -= n`, puts a number in the place of a variable. */
function replacesVariable(program: Program, node: Node): boolean {
  const assigned = /^(.+?)\s*(?:\*\*|[-+*/%])=[^=]/su.exec(program.text(node.site))?.[1];
  return assigned !== undefined && node.inputs.some(({ from, effect, site }) => from.kind === 'source' && effect === 'host-arithmetic' && program.text(site) === assigned);
}

function isAbsent(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null);
}

function isNumber(value: Value): boolean {
  return value.kind === 'literal' ? typeof value.value === 'number' : value.kind === 'host' && value.node?.kind === 'read';
}
