/** Tensors that are used when they have been disposed, on every way that leads there. */
import type { NextRound, Use } from '../../domain/life-events.ts';
import type { Disposal } from '../../domain/lifetimes.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../../grouped.ts';
import { namesAlone } from '../names.ts';
import { callsKey, locate, placeOf } from '../places.ts';

/** A use that throws. */
interface Failing {
  readonly use: Use;
  /** `later`: in a round behind one that has disposed it. */
  readonly when: 'always' | 'later';
}

export function usesAfterDisposal(run: FileRun): readonly Finding[] {
  const behind = lastRounds(run);
  const byPlace = grouped(run.history.all('use'), placeKey);
  return [...byPlace].flatMap(([place, uses]) => {
    // What may be alive in one of several runs of the same code may be so in others.
    const runs = [...grouped(uses, (use) => use.run)].map(([of, there]) => failingIn(there) ?? behind.get(of)?.flatMap((rounds) => later(rounds.get(place) ?? []) ?? [])[0]);
    const [first] = runs;
    return first === undefined || runs.includes(undefined) ? [] : findingOf(run, first);
  });
}

function placeKey({ site, chain }: Use): string {
  return `${placeOf(site)} ${callsKey(chain)}`;
}

/** What was told last of the rounds that come behind others, by the run of which they are rounds; of each loop around a place, by place. */
function lastRounds({ history }: FileRun): ReadonlyMap<Use['run'], readonly ReadonlyMap<string, readonly Use[]>[]> {
  const lastOf = (told: readonly NextRound[]): ReadonlyMap<string, readonly Use[]> => new Map(told.flatMap(({ uses }) => [...grouped(uses, placeKey)]));
  const byRun = grouped(history.all('next-round'), ({ run }) => run);
  return new Map([...byRun].map(([run, told]) => [run, [...grouped(told, ({ depth }) => depth).values()].map(lastOf)]));
}

/** One that throws among those of a run at one place. One that happens as it was found throws whatever others do. */
function failingIn(uses: readonly Use[]): Failing | undefined {
  const [use] = uses;
  return use !== undefined && uses.every(isFailing) ? { use, when: 'always' } : later(uses.filter(({ times }) => times === 'once').filter(isFailing).slice(0, 1));
}

function later(uses: readonly Use[]): Failing | undefined {
  const [use] = uses;
  return use !== undefined && uses.every(isFailing) ? { use, when: 'later' } : undefined;
}

function isFailing({ disposals }: Use): boolean {
  return disposals.length > 0;
}

function findingOf(run: FileRun, { use: { library, node, label, site, chain, disposals, error }, when }: Failing): readonly Finding[] {
  const located = locate(run.file, site, chain);
  const [disposal] = disposals;
  if (located === undefined || disposal === undefined) return [];
  return [{
    ...when === 'later' ? { cause: 'disposed-in-round', variant: 'round' } : { cause: 'disposed-use', variant: variantOf(disposal, disposals) }, ...located,
    sources: namesAlone(run, [node]), code: run.program.text(site), scope: label, before: [], after: [],
    effect: { kind: 'throws', error: `"${error}"`, library: library.title, ...when === 'later' ? { once: 'another round follows' } : {} },
    details: { disposal: [{ label: disposal.label, site: disposal.site }] },
    suggestion: undefined,
  }];
}

function variantOf({ by }: Disposal, all: readonly Disposal[]): string {
  return all.every((other) => other.by === by) ? by : 'call';
}
