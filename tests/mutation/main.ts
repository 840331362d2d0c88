/**
 * `npm run mutate:shapes [-- --each N --seed S --only PART --list]`: changes one number of programs that run (fixtures,
 * examples), runs them on TF.js, and counts how many of the errors about shapes are reported, on the line.
 */
import { parseArgs } from 'node:util';

import { execute, type Outcome } from '../truth/execute.ts';
import { lint } from '../truth/lint.ts';
import { type Program, examplePrograms, fixturePrograms, pagePrograms, runsOn } from '../truth/programs.ts';
import { type Fate, fateOf } from './judge.ts';
import { mutantsOf } from './mutants.ts';

const { values } = parseArgs({ options: { each: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, only: { type: 'string', default: '' }, every: { type: 'string', default: '1' }, list: { type: 'boolean', default: false } } });

const went = (outcome: Outcome | undefined): boolean => outcome !== undefined && !('died' in outcome) && outcome.uncaught.length === 0 && outcome.scopes.every(({ threw }) => threw === undefined);

const all = [...fixturePrograms(), ...examplePrograms(), ...pagePrograms()].filter((program) => program.name.includes(values.only) && runsOn('tfjs', program)).filter((_, index) => index % Number(values.every) === 0);
const before = await execute(all, 'tfjs');
const running: readonly Program[] = all.filter((program) => went(before.get(program)));
const mutants = mutantsOf(running, Number(values.each), Number(values.seed));
const outcomes = await execute(mutants.map(({ program }) => program), 'tfjs');
const inspections = lint(mutants.map(({ program }) => program));

const counts = new Map<Fate, number>();
for (const { program } of mutants) {
  const outcome = outcomes.get(program);
  if (outcome === undefined || 'died' in outcome) continue;
  const { fate, error } = fateOf(program.files.flatMap((file) => inspections.get(file) ?? []), outcome);
  counts.set(fate, (counts.get(fate) ?? 0) + 1);
  if (values.list && fate !== 'runs' && fate !== 'found') console.log(`${fate} ${program.name} ${program.main}: ${error?.message.split('\n')[0] ?? ''} ${error?.frames[0] === undefined ? '' : `(line ${String(error.frames[0].line)})`}`);
}
const count = (fate: Fate): number => counts.get(fate) ?? 0;
const errors = count('found') + count('elsewhere') + count('missed');
console.log(`${String(running.length)} programs, ${String(mutants.length)} mutants: ${[...counts].map(([fate, number]) => `${String(number)} ${fate}`).join(', ')}.`);
console.log(`${String(count('found'))} of ${String(errors)} errors about shapes are reported on the line (${(100 * count('found') / Math.max(1, errors)).toFixed(1)} %).`);
process.exitCode = count('false') > 0 ? 1 : 0;
