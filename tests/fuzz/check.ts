/** Plans become programs, are run, linted and judged. */
import path from 'node:path';

import type { Reason } from '../../src/domain/reasons.ts';
import type { Library } from '../../src/libraries/library.ts';
import { valid } from './arbitrary.ts';
import { type Judgement, judge } from './judge.ts';
import { Linter, folder } from './lint.ts';
import type { Meaning } from './meaning.ts';
import { type Printed, print } from './print.ts';
import { type Code, type Module, javascript, run } from './run.ts';
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
  /** The texts of the program and of its modules, by file. */
  readonly sources: ReadonlyMap<string, string>;
  readonly code: Code;
}

export class Checker {
  readonly #linter = new Linter();

  constructor(readonly libraries?: readonly Library[]) {}

  /** All at once: they share a TypeScript program. */
  async check(plans: readonly Plan[]): Promise<readonly Checked[]> {
    const prepared = plans.flatMap((plan, index) => prepare(plan, index) ?? []);
    const inspections = this.#linter.lint(new Map(prepared.flatMap(({ sources }) => [...sources])), this.libraries, prepared.map(({ code }) => code.file));
    const checked: Checked[] = [];
    for (const { plan, meaning, printed, code } of prepared) {
      const inspection = inspections.get(code.file)!;
      const observation = await run(code);
      const judged = judge({ meaning, printed, observation, inspection, broken: plan.late !== undefined });
      const errors = [...observation.uncaught, ...observation.scopes.flatMap(({ threw }) => threw ?? [])].map(({ name, message }) => `${name}: ${message.split('\n')[0]}`);
      const reports = inspection.findings.filter(({ cause }) => !warnings.has(cause)).map(({ cause, site }) => `${cause} (line ${site.line})`);
      checked.push({ plan, text: textOf(printed), reports, errors, ...judged });
    }
    return checked;
  }
}

const warnings: ReadonlySet<Reason> = new Set<Reason>(['sync-read', 'partial-gradient', 'activation-mismatch', 'unapplied-gradient', 'constant-initialisation']);

function prepare(plan: Plan, index: number): Prepared | undefined {
  const meaning = valid(plan);
  if (meaning === undefined) return undefined;
  const printed = print(plan, meaning.shapes);
  const place = (name: string): string => path.join(folder, `program${index}`, `${name}.${plan.language}`);
  const code = (name: string, text: string): Module => ({ file: place(name), code: javascript(place(name), text) });
  const program = code('program', printed.text);
  const modules = [...printed.modules].map(([name, text]) => code(name, text));
  const texts = [[place('program'), printed.text], ...[...printed.modules].map(([name, text]) => [place(name), text] as const)] as const;
  const sources = plan.language === 'ts' ? texts : [program, ...modules].map((each) => [each.file, each.code] as const);
  return { plan, meaning, printed, sources: new Map(sources), code: { ...program, modules, outside: printed.outside.map((each) => javascript(place('outside'), each)) } };
}

/** A program with its modules and what others do to it, as comments. */
function textOf({ text, modules, outside }: Printed): string {
  const comment = (head: string, lines: readonly string[]): readonly string[] => [`// ${head}`, ...lines.map((line) => `//   ${line}`)];
  const told = [
    ...[...modules].flatMap(([name, module]) => comment(name, module.trimEnd().split('\n'))),
    ...(outside.length > 0 ? comment('afterwards, from outside', outside.flatMap((each) => each.split('\n'))) : []),
  ];
  return told.length === 0 ? text : `${text}${told.join('\n')}\n`;
}
