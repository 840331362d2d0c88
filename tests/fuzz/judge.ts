/** Holds what the analysis says of a program to its run, and to its meaning. */
import type { Reason } from '../../src/domain/reasons.ts';
import type { Finding } from '../../src/judgements/finding.ts';
import type { Inspection, ScopeVerdict, SourceVerdict } from '../../src/judgements/gradients/inspection.ts';
import { hear } from '../truth/claims.ts';
import { isMoving, type Observation, type ObservedScope } from '../truth/observation.ts';
import { isOnLine } from '../truth/places.ts';
import { type Expectation, expectations } from './expectations.ts';
import type { Meaning } from './meaning.ts';
import type { Printed, Span } from './print.ts';
import type { Node } from './syntax.ts';
import type { Ending } from './values.ts';

export interface Disagreement {
  /**
   * `false`: something is called severed that has a gradient. `missed`: a source that is severed is not reported.
   * `place`: a report stands where no gradient ends. `effect`: what a report says will happen does not.
   */
  readonly kind: 'false' | 'missed' | 'place' | 'effect';
  readonly cause: Reason | undefined;
  readonly text: string;
}

export interface Judgement {
  readonly disagreements: readonly Disagreement[];
  readonly scopes: number;
  /** By cause, the sources that had to be reported. */
  readonly expected: readonly Reason[];
}

/** A program, its run and what the analysis says. */
export interface Case {
  readonly meaning: Meaning;
  readonly printed: Printed;
  readonly observation: Observation;
  readonly inspection: Inspection;
  /** A name is used before it is defined: what is expected of the scopes does not hold. */
  readonly broken: boolean;
}

interface Place {
  readonly cause: Reason;
  readonly line: number;
}

export function judge(subject: Case): Judgement {
  const wanted = subject.broken || subject.meaning.unfollowed ? [] : expectations(subject.meaning);
  return {
    disagreements: [...soundness(subject.inspection, subject.observation), ...effects(subject), ...early(subject), ...wanted.flatMap((each) => missed(each, subject) ?? []), ...(subject.broken || subject.meaning.unfollowed ? [] : misplaced(subject))],
    scopes: subject.observation.scopes.length,
    expected: wanted.map(({ cause }) => cause),
  };
}

/** A source with a gradient is never called severed. */
function soundness(inspection: Inspection, observation: Observation): readonly Disagreement[] {
  const { sightings } = hear(inspection, observation.scopes);
  return sightings.flatMap(({ run, source, claims, open }): readonly Disagreement[] => {
    if (!isMoving(source.gradient)) return [];
    const place = `${run.api} (line ${run.frames[0]?.line})`;
    if (claims.length === 0) return open ? [] : [{ kind: 'false', cause: undefined, text: `a source in ${place} made at line ${source.made[0]?.line} has a gradient and is unknown to the analysis` }];
    if (claims.some((claim) => claim.source.fate === 'connected' || claim.source.fate === 'unknown')) return [];
    const [claim] = claims;
    return [{ kind: 'false', cause: claim?.source.breaks[0]?.cause, text: `${claim?.source.name} in ${place} has a gradient and is called ${claim?.source.fate}` }];
  });
}

const foretold: ReadonlySet<Reason> = new Set<Reason>(['host-read', 'computed-outside', 'unwatched-constant']);

/** What a report says will happen happens. */
function effects({ meaning, inspection, observation, printed }: Case): readonly Disagreement[] {
  // That a source is skipped holds where another one is not, which may depend on what no linter knows.
  const branches = meaning.open || meaning.unfollowed || /\b(?:sunny|rainy)\b|if \(/u.test(printed.text);
  return hear(inspection, observation.scopes).trials.flatMap(({ verdict, runs }) => verdict.findings.flatMap((finding): readonly Disagreement[] => {
    const { cause, effect, site } = finding;
    if (!foretold.has(cause) || effect.kind === 'zeros') return [];
    const wrong = runs.filter((run) => isAbout(finding, verdict, run)).find(({ threw }) => threw?.name !== 'ReferenceError' && (threw === undefined) === (effect.kind === 'throws'));
    if (wrong === undefined || (branches && effect.kind !== 'throws')) return [];
    const trained = wrong.sources.some(({ gradient }) => gradient === 'non-zero');
    return [{ kind: trained && effect.kind === 'throws' ? 'false' : 'effect', cause, text: `report ${cause} (line ${site.line}), ${effect.kind}: ${wrong.threw === undefined ? 'it does not throw' : `it throws ${wrong.threw.message.split('\n')[0]}`}` }];
  }));
}

/** Of an argument that is one of several values, a report tells what happens where it is the one that the path begins with. */
function isAbout({ before: [first] }: Finding, { sources }: ScopeVerdict, run: ObservedScope): boolean {
  if (first === undefined || !sources.some(({ node }) => node?.transparent === true)) return true;
  return run.sources.some(({ made: [frame] }) => frame !== undefined && isOnLine(first.site, frame));
}

/** Names used before they are defined are reported, and no others. What threw before it came to that shows nothing. */
function early({ inspection, observation, printed }: Case): readonly Disagreement[] {
  const errors = observation.scopes.flatMap(({ threw }) => threw ?? []);
  const thrown = errors.filter(({ name, message }) => name === 'ReferenceError' && message.startsWith('Cannot access'));
  const caught = printed.text.includes('} catch');
  const found = inspection.findings.filter(({ cause }) => cause === 'uninitialised');
  const silent = thrown.filter(({ frames }) => !found.some(({ site }) => frames.some((frame) => isOnLine(site, frame))));
  const idle = found.filter(({ site, effect }) => (effect.kind !== 'throws' || effect.once === undefined) && !thrown.some(({ frames }) => frames.some((frame) => isOnLine(site, frame))));
  return [
    ...silent.slice(0, 1).map(({ message, frames }): Disagreement => ({ kind: 'missed', cause: 'uninitialised', text: `${message} (line ${frames[0]?.line}) is not reported` })),
    ...(errors.length > 0 || observation.uncaught.length > 0 || caught ? [] : idle).map(({ site, sources }): Disagreement => ({ kind: 'false', cause: 'uninitialised', text: `${sources.join()} (line ${site.line}) is defined when it is used` })),
  ];
}

function missed(wanted: Expectation, { inspection, printed }: Case): Disagreement | undefined {
  const verdicts = verdictsOn(wanted.scope, inspection, printed);
  const at = `line ${printed.spans.get(wanted.scope)?.line ?? 0}`;
  const tell = (text: string): Disagreement => ({ kind: 'missed', cause: wanted.cause, text: `scope at ${at}: ${text}` });
  if (verdicts.length === 0) return tell('no verdict');
  const findings = verdicts.flatMap((verdict) => verdict.findings);
  if (wanted.source === undefined) return findings.length > 0 ? undefined : tell('nothing is connected, and nothing is reported');
  const places = placesOf(wanted.endings, printed);
  const name = typeof wanted.source === 'number' ? `argument ${wanted.source}` : `the variable made at line ${printed.spans.get(wanted.source)?.line ?? 0}`;
  // Of several variables that one place makes, a list may name some.
  const claims = verdicts.flatMap((verdict) => claimsOn(wanted.source!, verdict, printed)).filter(({ fate }) => fate !== 'not-asked');
  const live = claims.find(({ fate }) => fate !== 'severed');
  const told = places.map(({ cause, line }) => `${cause} (line ${line})`).join(' or ');
  if (claims.length === 0 || live !== undefined) return tell(`${name} is ${live?.fate ?? 'unknown'}, not severed by ${told}`);
  if (findings.some((finding) => places.some((place) => fits(finding, place)))) return undefined;
  if (claims.every(({ breaks }) => breaks.some((each) => numeric.has(each.cause) && findings.some(({ cause }) => cause === each.cause)))) return undefined;
  return tell(`${name} is severed by ${told}, and the reports are ${findings.map(({ cause, site }) => `${cause} (line ${site.line})`).join(', ') || 'none'}`);
}

const placesOf = (endings: readonly Ending[], { spans, text }: Printed): readonly Place[] => {
  // What carries a value names it itself, where the scope asks for it.
  const carriers = [...spans].flatMap(([node, span]) => (node.k === 'hold' ? linesOf(span, text) : []));
  return endings.flatMap(({ cause, at, used = at }) => {
    const own = [...new Set([at, used])].map((node) => spans.get(node)?.line ?? elsewhere);
    return [...own, ...cause === 'computed-outside' ? carriers : []].map((line) => ({ cause, line }));
  });
};

function linesOf({ start, end, line }: Span, text: string): readonly number[] {
  return text.slice(start, end).split('\n').map((_, index) => line + index);
}

/** In another module, the report stands where this one calls it. */
const elsewhere = 0;

/** What the numbers show, and no meaning knows beforehand; that the gradient is zero, the run has shown. */
const numeric: ReadonlySet<Reason> = new Set<Reason>(['dead-activation', 'constant-where', 'zero-derivative']);

/** A function that only wraps a read is a stop, and reported where it is called. */
const fits = ({ cause, variant, site }: Finding, place: Place): boolean =>
  (cause === place.cause && (site.line === place.line || place.line === elsewhere)) || (cause === 'stop-gradient' && variant === 'helper' && place.cause === 'host-read');

const placed: ReadonlySet<Reason> = new Set<Reason>(['host-read', 'stop-gradient', 'computed-outside']);

function misplaced({ inspection, printed, meaning }: Case): readonly Disagreement[] {
  const endings = meaning.events.flatMap(({ target }) => [...target.cut.values()].flatMap((each) => [...each]));
  const places = placesOf(endings, printed);
  const wrong = inspection.findings.filter((finding) => placed.has(finding.cause) && finding.variant !== 'nothing' && !places.some((place) => fits(finding, place)));
  return wrong.map(({ cause, site, sources }) => ({ kind: 'place', cause, text: `${cause} of ${sources.join(', ')} is reported at line ${site.line}, where no gradient ends` }));
}

function verdictsOn(scope: Node, inspection: Inspection, printed: Printed): readonly ScopeVerdict[] {
  const span = printed.spans.get(scope);
  if (span === undefined) return [];
  const inner = inspection.scopes.filter(({ site }) => within(site, span));
  const widest = Math.max(...inner.map(({ site }) => site.end - site.start));
  return inner.filter(({ site }) => site.end - site.start === widest);
}

function claimsOn(source: Node | number, verdict: ScopeVerdict, printed: Printed): readonly SourceVerdict[] {
  if (typeof source === 'number') return verdict.sources.slice(source, source + 1);
  const span = printed.spans.get(source);
  return span === undefined ? [] : verdict.sources.filter(({ node }) => node !== undefined && within(node.site, span) && node.kind === 'source');
}

const within = (site: { readonly start: number; readonly end: number }, span: Span): boolean => span.start <= site.start && site.end <= span.end;
