/** What would mend a loss, where the syntax allows it. */
import { type CallChain, callSites } from '../../domain/calls.ts';
import type { Node } from '../../domain/graph.ts';
import type { ScopeRun } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import type { Program, StaticType } from '../../program/program.ts';
import type { Mend } from '../mend.ts';
import type { Trace } from './trace.ts';

/** The calls of a file that lead somewhere, innermost first. */
export function callsIn(file: string, chain: CallChain | undefined): readonly Site[] {
  return callSites(chain).filter((site) => site.file === file);
}

/** All that is made of the sources before the scope is computed in its function, if that is run where it stands. */
export function computedInside(file: string, { form, callbackSite }: ScopeRun, trace: Trace, sources: readonly Node[]): Mend | undefined {
  if (form.kind !== 'variables' || callbackSite.file !== file) return undefined;
  const made = new Set(sources.flatMap((source) => source.alternatives()));
  const values = new Set<Node>();
  // The sets grow while they are walked.
  for (const node of made) {
    for (const { to } of trace.usersOf(node)) {
      const isOutside = trace.isOutside(to);
      if (!isOutside && !(to.transparent && values.has(node))) continue;
      made.add(to);
      values.add(to);
    }
  }
  // What is read or computed by the language carries no gradient inside either.
  if ([...values].some(({ kind }) => kind === 'read' || kind === 'host')) return undefined;
  const places = [...values].filter((node) => !node.transparent).map(({ site, chain }) => [...site.file === file ? [site] : [], ...callsIn(file, chain)]);
  return { kind: 'move-inside', callback: callbackSite, values: places };
}

export function madeTrainable(file: string, sources: readonly Node[]): Mend | undefined {
  return sources.every(({ site }) => site.file === file) ? { kind: 'train', made: sources.map(({ site }) => site) } : undefined;
}

const reduction = 'mean';

/** Not every package of a library gives its tensors the methods; where there are no types, what the message says is tried. */
export function reduced(program: Program, result: Site): Mend | undefined {
  return hasMethod(program.typeOf(result), reduction) ? { kind: 'reduce', method: reduction } : undefined;
}

function hasMethod(type: StaticType, name: string): boolean {
  switch (type.kind) {
    case 'unknown': return true;
    case 'instance': case 'object': return type.member(name) !== undefined;
    case 'union': return type.members.every((each) => hasMethod(each, name));
    default: return false;
  }
}
