/** What the linter says of a file's scopes, beside what was observed of them. */
import type { Inspection, ScopeVerdict, SourceVerdict } from '../../src/judgements/gradients/inspection.ts';
import type { Cause } from '../../src/calculus/cause.ts';
import type { Node } from '../../src/domain/graph.ts';
import type { Gradient, ObservedScope, ObservedSource } from './observation.ts';
import { best, covers, fit } from './places.ts';

/** The verdict on one source of a scope, and the gradients it was seen to get. */
export interface Claim {
  readonly source: SourceVerdict;
  readonly gradients: Set<Gradient>;
  /** The same, where it cannot be told from another claim which of the two is meant. */
  readonly shared: Set<Gradient>;
  /** Why it was seen to get none. */
  readonly causes: Set<Cause>;
}

/** The verdict on one scope, and the runs that it is about. */
export interface Trial {
  readonly verdict: ScopeVerdict;
  readonly claims: readonly Claim[];
  readonly runs: ObservedScope[];
}

/** A source that was seen, and the claims that may be about it. */
export interface Sighting {
  readonly run: ObservedScope;
  readonly source: ObservedSource;
  readonly claims: readonly Claim[];
  /** One of the scopes takes part in things unknown. */
  readonly open: boolean;
  /** The scope asks for every variable there is. */
  readonly everything: boolean;
}

export interface Hearing {
  readonly trials: readonly Trial[];
  readonly sightings: readonly Sighting[];
}

export function hear(inspection: Inspection, runs: readonly ObservedScope[]): Hearing {
  const trials = inspection.scopes.filter(isCall).map((verdict) => ({ verdict, runs: [], claims: verdict.sources.map((source) => ({ source, gradients: new Set<Gradient>(), shared: new Set<Gradient>(), causes: new Set<Cause>() })) }));
  const sightings = runs.flatMap((run) => {
    const fitting = trialsOf(run, trials);
    for (const trial of fitting) trial.runs.push(run);
    return fitting.length === 0 ? [] : run.sources.map((source, index) => sight(run, source, index, fitting));
  });
  return { trials, sightings };
}

const calls: ReadonlySet<string> = new Set(['variables', 'arguments', 'tape', 'training']);

/** A function that a library calls, such as a layer's `call`, is differentiated somewhere in the library. */
const isCall = ({ run }: ScopeVerdict): boolean => calls.has(run.form.kind);

/** The innermost scope whose call stands there, on the calling path that fits best. */
function trialsOf(run: ObservedScope, trials: readonly Trial[]): readonly Trial[] {
  const [frame, ...callers] = run.frames;
  if (frame === undefined) return [];
  const here = best(trials, ({ verdict: { site } }) => (covers(site, frame) ? site.start - site.end : undefined));
  const nested = here.filter(({ verdict }) => verdict.run.nested === run.nested);
  return best(nested.length > 0 ? nested : here, ({ verdict }) => fit(verdict.run.chain, callers));
}

function sight(run: ObservedScope, source: ObservedSource, index: number, trials: readonly Trial[]): Sighting {
  const claims = trials.flatMap((trial) => claimsOn(source, index, trial));
  const { gradient } = source;
  const agree = new Set(claims.map((claim) => claim.source.fate)).size === 1;
  for (const claim of claims) {
    if (gradient !== undefined) (agree ? claim.gradients : claim.shared).add(gradient);
    if (agree) for (const cause of source.causes) claim.causes.add(cause);
  }
  return { run, source, claims, open: trials.some(({ verdict }) => !verdict.complete), everything: trials.some(({ verdict }) => verdict.run.everything) };
}

/** Arguments, and what a tape is asked for, are told apart by their order, variables by where they are made. */
function claimsOn(source: ObservedSource, index: number, { verdict, claims }: Trial): readonly Claim[] {
  if (verdict.run.form.kind !== 'variables' && verdict.run.form.kind !== 'training') return claims.slice(index, index + 1);
  return best(claims, (claim) => {
    const { node } = claim.source;
    const scores = node === undefined ? [] : [node, ...node.parts].flatMap((part) => madeAt(part, source) ?? []);
    return scores.length === 0 ? undefined : Math.max(...scores);
  });
}

/** How well a source of the graph fits one that was seen. */
function madeAt({ site, chain }: Node, { made, owner }: ObservedSource): number | undefined {
  const scores = [made, owner].flatMap(([frame, ...callers]) => (frame !== undefined && covers(site, frame) ? fit(chain, callers) : []));
  return scores.length === 0 ? undefined : Math.max(...scores);
}
