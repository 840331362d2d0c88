/** Sources that never got a gradient, however often they were asked for: the linter must know of them. */
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import type { Claim, Sighting } from './claims.ts';
import { isMoving, type ObservedScope, type ObservedSource } from './observation.ts';
import { placeText } from './places.ts';
import { withoutThis } from './reports.ts';

/** One variable, or those that one place makes in the same way. */
interface Asked {
  readonly source: ObservedSource;
  readonly runs: ObservedScope[];
  readonly claims: Claim[];
  moved: boolean;
  listed: boolean;
}

/** What is lost without a report, and without a verdict that says why there is none. */
export function unnoticed(inspections: readonly Inspection[], sightings: readonly Sighting[]): readonly string[] {
  const reported = new Set(inspections.flatMap(({ findings }) => findings.flatMap(({ sources }) => sources)));
  return [...everyAsked(sightings)].flatMap(({ source, runs, claims, moved, listed }) => {
    // A scope that asks for whatever there is asks for much that it does not use.
    const expected = claims.length > 0 || (source.gradient !== 'unused' && (source.causes.length > 0 || listed));
    const [made] = source.owner.length > 0 ? source.owner : source.made;
    if (!expected || moved || made === undefined || runs.some(({ threw }) => threw !== undefined)) return [];
    const known = claims.some(({ source: { fate, name, models } }) => fate === 'severed' || fate === 'unknown' || [name, ...models].some((each) => reported.has(each) || reported.has(withoutThis(each))));
    return known ? [] : [`the source made at ${placeText(made)} never gets a gradient, and the linter knows of no break`];
  });
}

function everyAsked(sightings: readonly Sighting[]): Iterable<Asked> {
  const asked = new Map<string, Asked>();
  for (const { run, source, claims, everything } of sightings) {
    if (run.sources.length === 0) continue;
    const key = JSON.stringify([source.made, source.owner]);
    const one = asked.get(key) ?? { source, runs: [], claims: [], moved: false, listed: false };
    asked.set(key, one);
    one.runs.push(run);
    one.claims.push(...claims);
    one.listed ||= !everything;
    one.moved ||= isMoving(source.gradient);
  }
  return asked.values();
}
