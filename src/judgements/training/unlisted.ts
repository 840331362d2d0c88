/** Steps without a list that move what another optimizer trains: a generator's that makes the discriminator worse, to please it. */
import type { Node } from '../../domain/graph.ts';
import type { Step } from '../../domain/history.ts';
import type { Repetition } from '../../domain/lifetimes.ts';
import type { FileRun } from '../file-run.ts';
import { placeOf } from '../places.ts';
import type { Suspicion } from '../suspicions.ts';
import { listOf, movedBy, withParts } from './moments.ts';

export function unlistedVariables(run: FileRun): readonly Suspicion[] {
  const steps = run.history.all('step');
  const found = new Map<string, Suspicion>();
  for (const step of steps) {
    const { site, everything, form } = step.of.scope;
    if (!everything || form.kind !== 'variables' || found.has(placeOf(site))) continue;
    const [also] = steps.flatMap((other) => (takeTurns(steps, step, other) ? alsoMoved(run, step, other) ?? [] : []));
    if (also !== undefined) found.set(placeOf(site), also);
  }
  return [...found.values()];
}

/** What one step moves besides its own variables, and the other is there to train. */
function alsoMoved(run: FileRun, { of }: Step, other: Step): Suspicion | undefined {
  const [moved, trained] = [movedBy(run, of), movedBy(run, other.of)];
  if (moved === undefined || trained === undefined) return undefined;
  const others = new Set(trained.flatMap(withParts));
  const isShared = (node: Node): boolean => withParts(node).some((part) => others.has(part));
  const [shared, own] = [moved.filter(isShared), moved.filter((node) => !isShared(node))];
  if (shared.length === 0 || own.length === 0) return undefined;
  const { scope: { site, chain, label } } = of;
  return {
    cause: 'unlisted-variables', variant: 'step', site, chain, scope: label, about: shared, effect: { kind: 'slow' },
    details: { optimizer: [{ label: other.optimizer.node.name ?? other.optimizer.node.label, site: other.optimizer.node.site }], other: [{ label: other.of.label, site: other.of.site }], own: listOf(run, own) },
  };
}

/** Whether two optimizers take a step each, again and again: one after the other they would be two phases of a training. */
function takeTurns(steps: readonly Step[], { of, optimizer }: Step, other: Step): boolean {
  if (other.optimizer === optimizer) return false;
  if (isInEachRound(of.rounds, other.of.rounds)) return true;
  // A loop that counts to a number that is known has been run round by round, by what the module does itself.
  const order = steps.filter((each) => each.of.rounds.length === 0 && (each.optimizer === optimizer || each.optimizer === other.optimizer));
  return order.filter((each, index) => each.optimizer !== order[index - 1]?.optimizer).length > 3;
}

/** Both in each round of a loop, or once in each call. */
function isInEachRound(these: readonly Repetition[], those: readonly Repetition[]): boolean {
  const at = these.findIndex((each, index) => those[index]?.site !== each.site || those[index].kind !== each.kind);
  const common = at === -1 ? these : these.slice(0, at);
  return common.some(({ kind }) => kind !== 'call') || (common.length > 0 && these.length === common.length && those.length === common.length);
}
