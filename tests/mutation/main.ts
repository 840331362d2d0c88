/**
 * `npm run mutate:shapes [-- --each N --seed S --only PART --every N --generated COUNT --list]`: changes one number of
 * programs that run (fixtures and examples, or so many generated ones), runs them on TF.js, and counts how many of the
 * errors about shapes are reported, on the line. A report on a program that gets there and runs is false.
 */
import { parseArgs } from 'node:util';

import { execute, type Outcome } from '../truth/execute.ts';
import { lint } from '../truth/lint.ts';
import type { Thrown } from '../truth/observation.ts';
import { type Program, examplePrograms, fixturePrograms, pagePrograms, runsOn } from '../truth/programs.ts';
import { generatedPrograms } from './generated.ts';
import { type Fate, fateOf } from './judge.ts';
import { mutantsOf } from './mutants.ts';
import { reached } from './reached.ts';

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, only: { type: 'string', default: '' }, every: { type: 'string', default: '1' },
    generated: { type: 'string' }, list: { type: 'boolean', default: false },
  },
});
const [each, seed] = [Number(values.each), Number(values.seed)];

/** So many at a time share a TypeScript program. */
const batch = 400;
const counts = new Map<Fate, number>();
let [running, mutated] = [0, 0];

const went = (outcome: Outcome | undefined): boolean => outcome !== undefined && !('died' in outcome) && outcome.uncaught.length === 0 && outcome.scopes.every(({ threw }) => threw === undefined);

/** Generated programs have no error about shapes by construction. */
async function wholeOf(programs: readonly Program[]): Promise<readonly Program[]> {
  if (values.generated !== undefined) return programs;
  const before = await execute(programs, 'tfjs');
  return programs.filter((program) => went(before.get(program)));
}

async function judge(programs: readonly Program[]): Promise<void> {
  const whole = await wholeOf(programs);
  const mutants = mutantsOf(whole, each, seed).map(({ program }) => program);
  const outcomes = await execute(mutants, 'tfjs');
  const inspections = lint(mutants);
  running += whole.length;
  mutated += mutants.length;
  const judged = mutants.flatMap((program) => {
    const outcome = outcomes.get(program);
    return outcome === undefined || 'died' in outcome ? [] : [{ program, ...fateOf(program.files.flatMap((file) => inspections.get(file) ?? []), outcome) }];
  });
  const refuted = await reached(judged.filter(({ unseen }) => unseen.length > 0));
  for (const { program, fate, error } of judged) tell(program, refuted.has(program) ? 'false' : fate, error);
}

function tell(program: Program, fate: Fate, error: Thrown | undefined): void {
  counts.set(fate, (counts.get(fate) ?? 0) + 1);
  if (values.list && (fate === 'false' || fate === 'elsewhere' || fate === 'missed')) console.log(`${fate} ${program.name} ${program.main}: ${error?.message.split('\n')[0] ?? ''} (line ${String(error?.frames[0]?.line)})`);
}

function* batches(): Generator<readonly Program[]> {
  if (values.generated !== undefined) {
    for (let done = 0; done < Number(values.generated); done += batch) yield generatedPrograms(Math.min(batch, Number(values.generated) - done), seed + done);
    return;
  }
  const all = [...fixturePrograms(), ...examplePrograms(), ...pagePrograms()].filter((program) => program.name.includes(values.only) && runsOn('tfjs', program)).filter((_, index) => index % Number(values.every) === 0);
  for (let done = 0; done < all.length; done += batch) yield all.slice(done, done + batch);
}

const count = (fate: Fate): number => counts.get(fate) ?? 0;
for (const programs of batches()) {
  await judge(programs);
  const errors = count('found') + count('elsewhere') + count('missed');
  console.log(`${String(running)} programs, ${String(mutated)} mutants: ${[...counts].map(([fate, number]) => `${String(number)} ${fate}`).join(', ')}. ${String(count('found'))} of ${String(errors)} errors about shapes are reported on the line (${(100 * count('found') / Math.max(1, errors)).toFixed(1)} %).`);
}
process.exitCode = count('false') > 0 ? 1 : 0;
