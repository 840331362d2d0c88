/** Plans become programs, are run, linted and judged. */
import path from 'node:path';

import type { Cause } from '../../src/calculus/cause.ts';
import type { Library } from '../../src/libraries/library.ts';
import { valid } from './arbitrary.ts';
import { type Judgement, judge } from './judge.ts';
import { Linter, folder } from './lint.ts';
import type { Meaning } from './meaning.ts';
import { type Printed, print } from './print.ts';
import { javascript, run } from './run.ts';
import type { Plan } from './syntax.ts';

export interface Checked extends Judgement {
  readonly plan: Plan;
  readonly text: string;
  /** Causes and lines of what is reported as an error. Random programs drop their gradients, and are warned of it. */
  readonly reports: readonly string[];
  /** What nobody caught when it ran, as messages. */
  readonly errors: readonly string[];
}

interface Prepared {
  readonly plan: Plan;
  readonly meaning: Meaning;
  readonly printed: Printed;
  readonly file: string;
  readonly code: string;
}

export class Checker {
  readonly #linter = new Linter();

  constructor(readonly libraries?: readonly Library[]) {}

  /** All at once: they share a TypeScript program. */
  check(plans: readonly Plan[]): readonly Checked[] {
    const prepared = plans.flatMap((plan, index) => prepare(plan, index) ?? []);
    const sources = new Map(prepared.map(({ plan, file, printed, code }) => [file, plan.language === 'js' ? code : printed.text]));
    const inspections = this.#linter.lint(sources, this.libraries);
    return prepared.map(({ plan, meaning, printed, file, code }) => {
      const observation = run(file, code);
      const judged = judge({ meaning, printed, observation, inspection: inspections.get(file)!, broken: plan.late !== undefined });
      const errors = [...observation.uncaught, ...observation.scopes.flatMap(({ threw }) => threw ?? [])].map(({ name, message }) => `${name}: ${message.split('\n')[0]}`);
      const reports = inspections.get(file)!.findings.filter(({ cause }) => !warnings.has(cause)).map(({ cause, site }) => `${cause} (line ${site.line})`);
      return { plan, text: printed.text, reports, errors, ...judged };
    });
  }
}

const warnings: ReadonlySet<Cause> = new Set<Cause>(['sync-read', 'partial-gradient', 'activation-mismatch', 'unapplied-gradient', 'constant-initialisation']);

function prepare(plan: Plan, index: number): Prepared | undefined {
  const meaning = valid(plan);
  if (meaning === undefined) return undefined;
  const file = path.join(folder, `program${index}.${plan.language}`);
  const printed = print(plan, meaning.shapes);
  return { plan, meaning, printed, file, code: javascript(file, printed.text) };
}
