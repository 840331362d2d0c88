/** What is hardly meant where a file trains: never a place twice, and none that is reported as an error. */
import type { Node } from '../../domain/graph.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import type { GradientJudgement } from '../gradients/judgement.ts';
import type { Verdict } from '../gradients/losses.ts';
import { placeOf } from '../places.ts';
import { type Suspicion, suspicionFinding } from '../suspicions.ts';
import { activationMismatches } from './activations.ts';
import { idleOptimizers } from './idle.ts';
import { integerVariables } from './integers.ts';
import { constantKernels, overwrittenWeights } from './kernels.ts';
import { mixedMoments } from './moments.ts';
import { lostRegularizers, sleepingLayers } from './own-steps.ts';
import { nanValues } from './nan-values.ts';
import { nanGradients } from './singular.ts';
import { symmetryIn } from './symmetry.ts';
import { unappliedGradients } from './unapplied.ts';
import { unlistedVariables } from './unlisted.ts';
import { unstableForms } from './unstable.ts';

export function judgeTraining(run: FileRun, gradients: GradientJudgement): readonly Finding[] {
  const singular = nanGradients(run, gradients.survey);
  const certain = new Set(singular.map(({ site }) => placeOf(site)));
  const suspicions = [
    ...waitingReads(run, gradients),
    ...unappliedGradients(run, gradients.findings),
    ...alikeVariables(run, gradients.survey.verdicts),
    ...activationMismatches(run.history),
    ...constantKernels(run.history),
    ...mixedMoments(run),
    ...idleOptimizers(run),
    ...unlistedVariables(run),
    ...integerVariables(run, gradients.survey),
    ...singular,
    ...nanValues(run).filter(({ site }) => !certain.has(placeOf(site))),
    ...sleepingLayers(run, gradients.survey),
    ...lostRegularizers(run, gradients.survey),
    ...unstableForms(run, gradients.survey).filter(({ site }) => !certain.has(placeOf(site))),
  ];
  return suspicions.flatMap((suspicion) => suspicionFinding(run, suspicion));
}

/** Reads for which the thread waits while a tape records, whatever becomes of the values. */
function waitingReads({ history }: FileRun, { survey, spoken }: GradientJudgement): readonly Suspicion[] {
  return history.all('read').filter(({ node, tape }) => !survey.failing.has(tape) && !spoken.has(placeOf(node.site))).map(({ node, tape }) => ({
    cause: 'sync-read', variant: tape.label === undefined ? 'training' : 'scope', site: node.site, chain: node.chain, scope: tape.label ?? '', about: [], effect: { kind: 'slow' },
  }));
}

/** Kernels in a row in one scope, and in no other used otherwise. */
function alikeVariables({ history, exported, complete }: FileRun, verdicts: readonly Verdict[]): readonly Suspicion[] {
  if (!complete || history.uniform.size === 0) return [];
  const symmetries = verdicts.filter(({ trace }) => !trace.anything).map(({ trace }) => symmetryIn(trace, history.uniform));
  const apart = new Set(symmetries.flatMap((symmetry) => [...symmetry.apart]));
  const overwritten = overwrittenWeights(history);
  const isKnown = (node: Node): boolean => !apart.has(node) && !overwritten.has(node) && !history.escaped.has(node) && !exported.nodes.has(node);
  return symmetries.flatMap(({ rows }) => rows.filter((row) => row.every(isKnown)).map((row) => ({
    cause: 'constant-initialisation', variant: 'variables', site: row[0].site, chain: row[0].chain, scope: row[0].label, about: row, effect: { kind: 'alike' },
  })));
}
