/** Tensors that are used when they have been disposed, on every way that leads there. */
import type { Use } from '../../domain/life-events.ts';
import type { Disposal } from '../../domain/lifetimes.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../grouped.ts';
import { namesAlone } from '../names.ts';
import { callsKey, locate, placeOf } from '../places.ts';

export function usesAfterDisposal(run: FileRun): readonly Finding[] {
  const byPlace = grouped(run.history.all('use'), ({ site, chain }) => `${placeOf(site)} ${callsKey(chain)}`);
  // What may be alive in one of several runs of the same code may be so in others.
  return [...byPlace.values()].filter((uses) => uses.every(({ disposals }) => disposals.length > 0)).flatMap(([use]) => (use === undefined ? [] : findingOf(run, use)));
}

function findingOf(run: FileRun, { library, node, label, site, chain, disposals, error }: Use): readonly Finding[] {
  const located = locate(run.file, site, chain);
  const [disposal] = disposals;
  if (located === undefined || disposal === undefined) return [];
  return [{
    cause: 'disposed-use', variant: variantOf(disposal, disposals), ...located,
    sources: namesAlone(run, [node]), code: run.program.text(site), scope: label, before: [], after: [],
    effect: { kind: 'throws', error: `"${error}"`, library: library.title },
    details: { disposal: [{ label: disposal.label, site: disposal.site }] },
    suggestion: undefined,
  }];
}

function variantOf({ by }: Disposal, all: readonly Disposal[]): string {
  return all.every((other) => other.by === by) ? by : 'call';
}
