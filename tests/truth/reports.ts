/** Reports against their stated effects. */
import { type Reason, subjectOf } from '../../src/domain/reasons.ts';
import type { Finding } from '../../src/judgements/finding.ts';
import { sameCalls } from '../../src/domain/calls.ts';
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import type { Claim, Trial } from './claims.ts';
import { isDisposedOnCore, isStated } from './errors.ts';
import { isWarning, warningProblems } from './warnings.ts';
import type { Gradient, LibraryName, Observation } from './observation.ts';
import { covers, isOnLine, placeText } from './places.ts';

/** One file of a program, and what happened. */
export interface Case {
  readonly inspection: Inspection;
  readonly trials: readonly Trial[];
  readonly observation: Observation;
  readonly library: LibraryName;
  /** The program ended early, with an error that is reported: what comes behind it is not run. */
  readonly ended: boolean;
}

/** Only TF.js lacks derivatives (tests/autodiff/departures.ts: comparison, logic, second-…): a program that throws there goes on on the core. So it does where only TF.js asks for a type of elements. */
const tfjsOnly: ReadonlySet<Reason> = new Set(['no-derivative', 'gradient-gap', 'higher-order', 'element-type']);

/** What the core has and TF.js does not (`stopGradient`), or sees where TF.js does not look (a tensor among numbers). */
const tfjsOnlyVariants: ReadonlySet<string> = new Set(['unknownApi', 'data']);

/** Reports whose effect was not seen, or another. */
export function unconfirmed(at: Case): readonly string[] {
  return at.inspection.findings.flatMap((finding) => {
    if (at.library === 'core' && (tfjsOnly.has(finding.cause) || tfjsOnlyVariants.has(finding.variant))) return [];
    return problemsOf(finding, at).map((problem) => `report ${finding.cause} (${placeText(finding.site)}), ${finding.effect.kind}: ${problem}`);
  });
}

function problemsOf(finding: Finding, at: Case): readonly string[] {
  if (finding.cause === 'uninitialised') return earlyProblems(finding, at);
  if (isWarning(finding)) return warningProblems(finding, at);
  if (subjectOf(finding.cause) === 'shapes') return thrownProblems(finding, at);
  if (finding.cause === 'disposed-use' || finding.cause === 'disposed-in-round') return disposedProblems(finding, at);
  const isAbout = ({ verdict }: Trial): boolean => verdict.findings.some((other) => other.cause === finding.cause && other.site === finding.site);
  const about = at.trials.filter(isAbout);
  if (about.length === 0) return looseProblems(finding, at);
  const ran = about.filter(({ runs }) => runs.length > 0);
  if (ran.length === 0) return at.ended ? [] : ['no such scope was run'];
  // One finding may stand for several runs of the scope: none may contradict it. Rounds of a loop of which only some
  // are reported cannot be told apart: then one run must bear it out.
  const mixed = at.trials.some((other) => !isAbout(other) && ran.some(({ verdict }) => other.verdict.site === verdict.site && sameCalls(other.verdict.run.chain, verdict.run.chain)));
  if (mixed && ran.some(({ runs }) => runs.some(({ threw }) => finding.effect.kind === 'throws' && threw !== undefined && isStated(finding.effect.error, threw)))) return [];
  return ran.flatMap((trial) => effectProblems(finding, trial));
}

function earlyProblems({ site, elsewhere, effect }: Finding, { observation, ended }: Case): readonly string[] {
  const at = elsewhere ?? site;
  const errors = [...observation.scopes.flatMap(({ threw }) => threw ?? []), ...observation.uncaught];
  const seen = errors.some((error) => effect.kind === 'throws' && error.name === effect.error && error.frames.some((frame) => isOnLine(at, frame)));
  return seen || ended ? [] : ['not thrown there'];
}

/** The error stands at the operation, the report at what is gone: both are on one line. */
function disposedProblems({ site, elsewhere, effect }: Finding, { observation }: Case): readonly string[] {
  const errors = [...observation.scopes.flatMap(({ threw }) => threw ?? []), ...observation.uncaught];
  const seen = errors.some((error) => effect.kind === 'throws' && (isStated(effect.error, error) || isDisposedOnCore(error)) && error.frames.some((frame) => isOnLine(elsewhere ?? site, frame)));
  return seen ? [] : ['not thrown there'];
}

/** What does not fit is thrown where it is reported. Behind a step that it waits for itself, TF.js does not say who has called it. */
function thrownProblems({ site, elsewhere, effect }: Finding, { observation }: Case): readonly string[] {
  if (effect.kind !== 'throws') return [];
  const errors = [...observation.scopes.flatMap(({ threw }) => threw ?? []), ...observation.uncaught].filter((error) => isStated(effect.error, error));
  return errors.some(({ frames }) => frames.length === 0 || frames.some((frame) => covers(elsewhere ?? site, frame))) ? [] : [errors.length === 0 ? 'not thrown' : 'thrown elsewhere'];
}

/** A mistake in a call, on which there is no verdict. */
function looseProblems({ site, elsewhere, effect }: Finding, { observation, ended }: Case): readonly string[] {
  const { file } = elsewhere ?? site;
  const runs = observation.scopes.filter(({ frames }) => frames.some((frame) => frame.file === file));
  const seen = effect.kind !== 'throws' || [...runs.flatMap(({ threw }) => threw ?? []), ...observation.uncaught].some((error) => isStated(effect.error, error));
  return seen || ended ? [] : ['not thrown'];
}

/** That a gradient is wrong, or another weight is trained, cannot be seen here: tests/autodiff compares numbers. */
const gradientsStated: Readonly<Partial<Record<Finding['effect']['kind'], Gradient>>> = { skipped: 'absent', 'throws-unless': 'absent', null: 'absent', zeros: 'zeros', partial: 'non-zero' };

/** What is said of sources that the scope does not ask for. */
const withoutGradient: ReadonlySet<string> = new Set(['leftOut', 'late', 'layer']);

/** As a program sees it. */
const given = (gradient: Gradient): Gradient => (gradient === 'unused' ? 'absent' : gradient);

/** As a report writes it where there is no `this`. */
export function withoutThis(name: string): string {
  return name.replace(/^this\./u, '');
}

function effectProblems({ effect, sources, variant }: Finding, { runs, claims }: Trial): readonly string[] {
  if (effect.kind === 'throws') {
    return runs.flatMap(({ threw }) => (threw !== undefined && isStated(effect.error, threw) ? [] : [threw === undefined ? 'it does not throw' : `it throws ${threw.message}`]));
  }
  const foretold = effect.kind === 'throws-unless' ? effect.error : undefined;
  const thrown = runs.flatMap(({ threw }) => (threw === undefined || (foretold !== undefined && isStated(foretold, threw)) ? [] : [`it throws ${threw.message}`]));
  if (foretold !== undefined && thrown.length === 0 && runs.every(({ threw }) => threw !== undefined)) return [];
  const expected = gradientsStated[effect.kind];
  // A wrong gradient may come with an error: that nothing is connected any more.
  if (expected === undefined) return effect.kind === 'wrong' ? thrown.filter((text) => !/Cannot (?:compute gradient|find a connection)/u.test(text)) : thrown;
  const isNamed = ({ source }: Claim): boolean => [source.name, ...source.models].some((name) => sources.includes(name) || sources.includes(withoutThis(name)));
  if (withoutGradient.has(variant)) return [...claims.filter((claim) => isNamed(claim) && claim.gradients.has('non-zero')).map(({ source }) => `${source.name} gets a gradient`), ...thrown];
  const isBlamed = ({ source: { fate } }: Claim): boolean => (effect.kind === 'partial' ? fate === 'connected' : fate === 'severed' || fate === 'unused');
  const blamed = claims.filter((claim) => isBlamed(claim) && isNamed(claim));
  const seen = new Set(blamed.flatMap(({ gradients, shared }) => [...gradients, ...shared]).map(given));
  const isStatedOf = (gradient: Gradient): boolean => given(gradient) === expected || (gradient === 'NaN' && effect.kind === 'zeros' && effect.unless !== undefined);
  if (![...seen].some(isStatedOf)) return [`its sources get ${seen.size === 0 ? 'nothing that was seen' : [...seen].join(', ')}`];
  const others = blamed.filter(({ gradients }) => ![...gradients].every(isStatedOf));
  return [...others.map(({ source, gradients }) => `${source.name} gets ${[...gradients].join(', ')}`), ...thrown];
}
