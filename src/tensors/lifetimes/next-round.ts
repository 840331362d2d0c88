/** What a round of a loop, or a call of a callback for the next item, finds that the one before has disposed. */
import type { Use } from '../../domain/life-events.ts';
import type { Repetition } from '../../domain/lifetimes.ts';
import type { Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { mostItems } from './most-items.ts';
import { roundsAround, runAtHand } from './runs.ts';
import { oneOf, type Run, tentatively } from './tentative-runs.ts';

/**
 * Where a round is over in which something was used that some round disposes: the head of a loop stands for the first
 * round as well, which finds it alive. So the one that follows is run by itself, for what it uses.
 */
export function tellNextRound(m: Machine, repetition: Repetition | undefined, result: Value | undefined, next: Run): void {
  const isRound = repetition === undefined ? result !== undefined : repetition.kind === 'loop';
  if (!isRound || m.occasion.isSilent || isLast(m, repetition)) return;
  const uses = usesIn(m, next);
  if (uses.length > 0) m.tell({ kind: 'next-round', run: runAtHand(m), depth: roundsAround(m), uses });
}

/** A loop of one round at most has no next one. */
function isLast(m: Machine, repetition: Repetition | undefined): boolean {
  return repetition?.kind === 'loop' && repetition.statement.op === 'iterate' && mostItems(m, repetition.statement.subject) <= 1;
}

function usesIn(m: Machine, run: Run): readonly Use[] {
  const { history } = m;
  const uses: Use[] = [];
  const outer = history.triedUses;
  history.triedUses = uses;
  tentatively(m, () => { oneOf(m, run); });
  history.triedUses = outer;
  return uses.filter((use) => !isForestalled(use, uses));
}

/** Another use throws before it, perhaps in code that runs as often as this does: then this one is not come to. */
function isForestalled({ site, disposals }: Use, uses: readonly Use[]): boolean {
  const first = uses.find((each) => each.disposals.length > 0);
  return disposals.length > 0 && first !== undefined && first.site !== site;
}
