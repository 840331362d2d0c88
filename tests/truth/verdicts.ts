/** Verdicts, reported or not, against the gradients that were seen. */
import type { Cause } from '../../src/calculus/cause.ts';
import type { Fate, Inspection, ScopeVerdict } from '../../src/judgements/gradients/inspection.ts';
import type { Break } from '../../src/judgements/gradients/trace.ts';
import type { Claim, Hearing, Sighting, Trial } from './claims.ts';
import { type Gradient, isMoving } from './observation.ts';
import { placeText } from './places.ts';
import { isWarning } from './warnings.ts';

/** What was seen against the verdicts on sources. Of a layer whose settings are warned of, nobody says that it learns. */
export function refuted({ trials, sightings }: Hearing, { findings }: Inspection): readonly string[] {
  const warned = new Set(findings.filter(isWarning).flatMap(({ sources }) => sources));
  return [
    ...sightings.flatMap((sighting) => contradiction(sighting) ?? []),
    ...trials.flatMap(({ verdict, claims }) => {
      const place = `${verdict.run.label} (${placeText(verdict.site)})`;
      return claims.flatMap((claim) => [
        ...(neverMoves(claim) && !isSaidToBeWrong(verdict, claim) && !warned.has(claim.source.name) ? [`${claim.source.name} in ${place}: a path for the linter, gradient ${[...claim.gradients].join(', ')}`] : []),
        ...otherCauses(claim).map((cause) => `${claim.source.name} in ${place}: severed by ${cause}, which the linter does not say`),
      ]);
    }),
  ];
}

/** A sighting that no claim about it allows. */
function contradiction({ run, source, claims, open }: Sighting): string | undefined {
  const { gradient } = source;
  const place = run.frames[0] === undefined ? run.api : `${run.api} (${placeText(run.frames[0])})`;
  if (gradient === undefined) return undefined;
  if (claims.length === 0) {
    if (open || !isMoving(gradient)) return undefined;
    const [made] = [...source.owner, ...source.made];
    return `a source in ${place} that the linter does not see has a gradient: made at ${made === undefined ? 'an unknown place' : placeText(made)}`;
  }
  if (claims.some((claim) => allows(claim.source.fate, gradient))) return undefined;
  return claims.map((claim) => `${claim.source.name} in ${place}: ${claim.source.fate} for the linter, gradient ${gradient}`).join('; ');
}

/** What an earlier run of the scope has left behind is asked for, though the linter speaks of the one at hand. */
function allows(fate: Fate, gradient: Gradient): boolean {
  switch (fate) {
    case 'connected': case 'unknown': return true;
    // Whether the zeros of a severed source may be NaN, its report says.
    case 'severed': return gradient !== 'non-zero';
    case 'unused': return !isMoving(gradient);
    case 'not-asked': return gradient === 'absent' || gradient === 'unused';
  }
}

/** Said to have a path, seen to get nothing in every run. */
function neverMoves({ source, gradients, shared }: Claim): boolean {
  return source.fate === 'connected' && gradients.size > 0 && ![...gradients, ...shared].some(isMoving);
}

/** The first derivative is there, what the scope makes of it is not. */
function isSaidToBeWrong({ findings }: ScopeVerdict, { source }: Claim): boolean {
  return findings.some(({ cause, sources }) => cause === 'higher-order' && sources.includes(source.name));
}

/** Causes that were seen at run time only. That nothing leads to the target is all that a tape can say of values that took a detour. */
function otherCauses({ source, causes }: Claim): readonly Cause[] {
  // Of a value that only starts another variable the linter names no break.
  if (source.fate !== 'severed' || source.breaks.length === 0) return [];
  return [...causes].filter((cause) => cause !== 'never-reached' && !source.breaks.some((at) => at.cause === cause || isReadInside(at, cause)));
}

/** A function that somebody has described as a stop may do it by reading. */
function isReadInside({ cause, after }: Break, seen: Cause): boolean {
  return cause === 'stop-gradient' && after.detached && seen === 'host-read';
}

/** Scopes that the linter knows and that were not run. */
export function neverRun(trials: readonly Trial[]): readonly string[] {
  const ran = new Set(trials.filter(({ runs }) => runs.length > 0).map(({ verdict }) => verdict.site));
  return trials.filter(({ verdict }) => !ran.has(verdict.site)).map(({ verdict }) => `${verdict.run.label} (${placeText(verdict.site)}) is never run`);
}
