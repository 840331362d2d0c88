/** Every fixture, example and docs page is linted and executed, on TF.js and on the core: the answers must agree. */
import { beforeAll, describe, expect, it } from 'vitest';

import { departures } from '../autodiff/departures.ts';
import { type Truth, allPrograms, findTruth } from './truth.ts';

const programs = allPrograms();
const executed = programs.filter(({ notExecuted }) => notExecuted === undefined);
const notExecuted = programs.filter((program) => !executed.includes(program));

describe('lint, TF.js and the core agree', () => {
  let truths: ReadonlyMap<string, Truth>;

  beforeAll(async () => {
    truths = new Map((await findTruth(executed)).map((truth) => [truth.program.name, truth]));
  }, 600_000);

  it.each(executed.map(({ name }) => name))('%s', (name) => {
    const answers = Object.entries(truths.get(name)!.answers);
    expect(answers.some(([, { kind }]) => kind === 'executed')).toBe(true);
    expect(answers.flatMap(([library, answer]) => (answer.kind === 'executed' ? answer.disagreements.map((text) => `${library}: ${text}`) : []))).toEqual([]);
  });

  it.skip.each(notExecuted)('$name is not executed: $notExecuted', () => undefined);
});

it('programs name departures of the core that exist', () => {
  const ids = new Set(departures.map(({ id }) => id));
  expect(programs.flatMap((program) => program.departures.filter((id) => !ids.has(id)))).toEqual([]);
});
