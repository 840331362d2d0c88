/** Holds what the linter says of a program to what happened when it ran. */
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import { hear } from './claims.ts';
import { foretell } from './errors.ts';
import { unnoticed } from './losses.ts';
import type { LibraryName, Observation } from './observation.ts';
import { type Case, unconfirmed } from './reports.ts';
import { neverRun, refuted } from './verdicts.ts';

export interface Agreement {
  readonly disagreements: readonly string[];
  /** Sources of which both sides have spoken. */
  readonly compared: number;
  /** Sources that only the linter, or only the run, knows. */
  readonly unmatched: { readonly lint: number; readonly run: number };
}

/** `inspections` are those of the program's files. */
export function agree(inspections: readonly Inspection[], observation: Observation, library: LibraryName): Agreement {
  const hearings = inspections.map((inspection) => ({ inspection, hearing: hear(inspection, observation.scopes) }));
  const trials = hearings.flatMap(({ hearing }) => hearing.trials);
  const sightings = hearings.flatMap(({ hearing }) => hearing.sightings);
  const errors = foretell(inspections, trials, observation);
  const disagreements = [
    ...hearings.flatMap(({ inspection, hearing }) => {
      const at: Case = { inspection, trials: hearing.trials, observation, library, ended: errors.ended };
      return [...refuted(hearing, inspection), ...(errors.ended ? [] : neverRun(hearing.trials)), ...unconfirmed(at)];
    }),
    ...unnoticed(inspections, sightings),
    ...errors.unforetold,
  ];
  const claims = trials.flatMap((trial) => trial.claims);
  const compared = claims.filter(({ gradients, shared }) => gradients.size + shared.size > 0).length;
  const unknown = sightings.filter((sighting) => sighting.claims.length === 0 && sighting.open).length;
  return { disagreements: [...new Set(disagreements)], compared, unmatched: { lint: claims.length - compared, run: unknown } };
}
