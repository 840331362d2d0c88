/** Gradients that nobody uses. */
import type { Node } from '../../domain/graph.ts';
import type { FunctionCode } from '../../program/ir.ts';
import { isWithin } from '../../program/within.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../../grouped.ts';
import { placeOf } from '../places.ts';
import type { Suspicion } from '../suspicions.ts';

/** Gradients at which nothing looks, in no run; those of a call that throws there are none of. */
export function unappliedGradients(run: FileRun, told: readonly Finding[]): readonly Suspicion[] {
  if (!run.complete) return [];
  const thrown = told.filter(({ effect }) => effect.kind === 'throws' || effect.kind === 'untold').map(({ site }) => site);
  const byPlace = grouped(run.history.all('gradient'), ({ site }) => placeOf(site));
  return [...byPlace.values()].flatMap((gradients) => {
    const seen = gradients.find(({ silent }) => !silent);
    if (seen === undefined || gradients.some(({ node }) => isUsed(run, node)) || thrown.some((site) => isWithin(site, seen.site))) return [];
    const { label, site, chain } = seen;
    return [{ cause: 'unapplied-gradient', variant: 'unused', site, chain, scope: label, about: [], effect: { kind: 'useless' } }];
  });
}

function isUsed({ history, exported }: FileRun, node: Node): boolean {
  const isOpen = (code: FunctionCode): boolean => exported.code.has(code) || (code.owner !== undefined && exported.code.has(code.owner));
  return node.used || history.escaped.has(node) || exported.nodes.has(node) || (history.givers.get(node) ?? []).some(isOpen);
}
