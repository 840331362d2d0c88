/** Warnings that no gradient confirms, against what was seen of what they speak of. */
import type { Reason } from '../../src/domain/reasons.ts';
import type { Finding } from '../../src/judgements/finding.ts';
import type { Frame, Warned } from './observation.ts';
import { covers, isOnLine, lineAt } from './places.ts';
import type { Case } from './reports.ts';
import { driveOf, isStrict } from './drive.ts';

type Problems = (finding: Finding, warned: Warned, at: Case) => readonly string[];

const stands = ({ site, elsewhere }: Finding, frames: readonly Frame[]): boolean => frames.some((frame) => covers(elsewhere ?? site, frame));

/** As the program says itself. */
const isNotRun = ({ site, elsewhere = site }: Finding): boolean => lineAt(elsewhere).endsWith("// not run");

/** Growth is counted where the program says how it is driven; what a caller may hold, where the program is there for that. */
const isCounted: Problems = ({ cause, site, effect }) => (driveOf({ main: site.file }) !== undefined || effect.kind === 'throws' || (cause !== 'growing-memory' && cause !== 'recreated-state' && !isStrict(site.file)) ? [] : ['nobody counts it']);

const problems: Readonly<Partial<Record<Reason, Problems>>> = {
  'sync-read': (finding, { reads }) => (reads.some((frames) => stands(finding, frames)) || isNotRun(finding) ? [] : ['nothing is read there while a tape records']),
  'unapplied-gradient': (finding, _, { observation }) => {
    const runs = observation.scopes.filter(({ frames: [frame] }) => frame !== undefined && covers(finding.elsewhere ?? finding.site, frame));
    return runs.length === 0 ? ['it is never run'] : runs.filter(({ applied }) => applied === true).map(() => 'its gradients are used');
  },
  'activation-mismatch': (finding, { losses }) => {
    // Which loss a model is given by name, and what an activation does, is not watched.
    if (finding.variant !== 'probabilities') return [];
    const calls = losses.filter(({ frames }) => stands(finding, frames));
    return calls.filter(({ probabilities }) => !probabilities).map(() => 'it gets values that are no probabilities');
  },
  // That its name stands but once is read, not run.
  'shared-optimizer': (finding, { mixed }) => (finding.variant === 'idle' || mixed.some((frames) => stands(finding, frames)) ? [] : ['no variable is moved with the moments of another one there']),
  'nan-gradient': ({ sources, site, elsewhere = site }, { notFinite }) => {
    const seen = notFinite.flatMap(({ made: [made], owner: [owner] }) => owner ?? made ?? []).filter(({ file }) => file === elsewhere.file).map(({ file, line }) => lineAt({ file, line }));
    const missed = sources.filter((source) => !seen.some((text) => text.includes(source.replace(/^this\.|\W.*$/gu, ''))));
    return missed.map((source) => `every gradient of ${source} is finite`);
  },
  'nan-value': (finding, { notANumber }) => (notANumber.some((frames) => stands(finding, frames)) || isNotRun(finding) ? [] : ['no element is NaN there']),
  'unstable-form': (finding, { taken }) => {
    if (finding.variant === 'variance') return [];
    const there = taken.filter(({ frames }) => stands(finding, frames));
    const fits = there.some(({ low, high }) => low >= 0 && (finding.variant === 'root' || high <= 1));
    return fits || isNotRun(finding) ? [] : ['nothing that may be 0 is taken there while a tape records'];
  },
  'sleeping-layer': (finding, { layers }) => {
    const there = layers.filter(({ frames }) => stands(finding, frames));
    return there.some(({ training }) => !training) && there.every(({ training }) => !training) ? [] : ['no layer is run there without being told that it trains'];
  },
  'accidental-broadcast': (finding, { paired }) => (paired.some((frames) => stands(finding, frames)) ? [] : ['no column meets a vector there while a tape records']),
  'suspicious-broadcast': (finding, { paired }) => (paired.some((frames) => stands(finding, frames)) ? [] : ['no column meets a vector there while a tape records']),
  // Which variables a scope gives gradients for is compared source by source.
  'unlisted-variables': () => [],
  // That nothing is added is measured: tests/libraries/tfjs/own-steps.test.ts.
  'lost-regularizer': () => [],
  'growing-memory': isCounted,
  'recreated-state': isCounted,
  'untidied-memory': isCounted,
  'incomplete-dispose': isCounted,
  'constant-initialisation': (finding, { weights }) => {
    // The units of the last layer may differ.
    const units = finding.before.slice(0, -1).map(({ site }) => weights.filter(({ made, owner }) => [...made, ...owner].some((frame) => isOnLine(site, frame))));
    return units.flatMap((made, index) => (made.some(({ alike }) => alike) ? [] : [`the units of ${finding.before[index]?.label ?? ''} are not alike`]));
  },
};

export function isWarning({ cause }: Finding): boolean {
  return Object.hasOwn(problems, cause);
}

/** Nothing where the library is not watched for it. */
export function warningProblems(finding: Finding, at: Case): readonly string[] {
  const { warned } = at.observation;
  return warned === undefined || (at.ended && finding.effect.kind !== 'mixed') ? [] : problems[finding.cause]?.(finding, warned, at) ?? [];
}
