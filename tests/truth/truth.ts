/** The truth about programs: lint, TF.js and the core, brought together. */
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import { type Agreement, agree } from './agreement.ts';
import { type Outcome, execute } from './execute.ts';
import { lint } from './lint.ts';
import type { LibraryName } from './observation.ts';
import { type Program, examplePrograms, fixturePrograms, pagePrograms, runsOn } from './programs.ts';

export type Answer =
  | ({ readonly kind: 'executed' } & Agreement)
  /** The program uses what the library does not have. */
  | { readonly kind: 'lacking'; readonly what: string };

export interface Truth {
  readonly program: Program;
  readonly inspections: readonly Inspection[];
  /** No answers for a program that is not executed. */
  readonly answers: Readonly<Partial<Record<LibraryName, Answer>>>;
}

export function allPrograms(): readonly Program[] {
  return [...fixturePrograms(), ...examplePrograms(), ...pagePrograms()];
}

/** Lints and executes programs. */
export async function findTruth(programs: readonly Program[]): Promise<readonly Truth[]> {
  const inspections = lint(programs);
  const tfjs = await execute(programs.filter((program) => runsOn('tfjs', program)), 'tfjs');
  const core = await execute(programs.filter((program) => runsOn('core', program)), 'core');
  return programs.map((program) => {
    const own = program.files.flatMap((file) => inspections.get(file) ?? []);
    const [onTfjs, onCore] = [tfjs.get(program), core.get(program)];
    return {
      program,
      inspections: own,
      answers: {
        ...(onTfjs === undefined ? {} : { tfjs: answer(own, onTfjs, 'tfjs') }),
        ...(onCore === undefined ? {} : { core: departed(program, answer(own, onCore, 'core')) }),
      },
    };
  });
}

function answer(inspections: readonly Inspection[], outcome: Outcome, library: LibraryName): Answer {
  if ('died' in outcome) return { kind: 'executed', disagreements: [`the process died: ${outcome.died}`], compared: 0, unmatched: { lint: 0, run: 0 } };
  if (outcome.lacking !== undefined) return { kind: 'lacking', what: outcome.lacking };
  return { kind: 'executed', ...agree(inspections, outcome, library) };
}

/** A program that says that the core departs from TF.js must see it depart. */
function departed({ departures }: Program, given: Answer): Answer {
  if (departures.length === 0 || given.kind === 'lacking') return given;
  const departs = given.disagreements.length > 0;
  return { ...given, disagreements: departs ? [] : [`the core does not depart (${departures.join(', ')})`] };
}
