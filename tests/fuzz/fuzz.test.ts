/** Generated programs: what the analysis says of them, their runs and their meaning agree. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PlanArbitrary, valid } from './arbitrary.ts';
import { Campaign, type Regression, regressions } from './campaign.ts';
import { Checker } from './check.ts';
import { Linter, folder } from './lint.ts';
import { print } from './print.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20_261_122);
const runs = Number(process.env.FUZZ_RUNS ?? 320);

describe('generated programs', () => {
  it(`agree with their runs (seed ${seed}, FUZZ_SEED sets another)`, async () => {
    const campaign = new Campaign(seed);
    for (let done = 0; done < runs;) done += await campaign.step(Math.min(64, runs - done));
    console.log(`seed ${seed}: ${campaign.summary()}`);
    const [failure] = campaign.failures;
    expect(failure && [failure.text, ...failure.disagreements.map(({ text }) => text)].join('\n')).toBeUndefined();
  }, 120_000);

  it('are well typed', () => {
    const plans = fc.sample(new PlanArbitrary(), { numRuns: 48, seed }).filter(({ language }) => language === 'ts');
    const sources = new Map(plans.flatMap((plan, index) => {
      const { text, modules } = print(plan, valid(plan)!.shapes);
      return [['program', text] as const, ...modules].map(([name, each]) => [path.join(folder, `typed${index}`, `${name}.ts`), each] as const);
    }));
    const program = new Linter().program(sources);
    const told = [...sources.keys()].flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file))).map(({ file, start = 0, messageText }) => {
      const line = file?.text.slice(0, start).split('\n').length ?? 0;
      return `${file?.text.split('\n')[line - 1]}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(told).toEqual([]);
  }, 120_000);
});

const names = readdirSync(regressions).filter((name) => name.endsWith('.json'));

// There may be none, and a suite must not be empty.
describe.runIf(names.length > 0)('programs that have failed once', () => {
  const checker = new Checker();

  it.each(names.length > 0 ? names : ['none'])('%s', async (name) => {
    const { plan, reports } = JSON.parse(readFileSync(path.join(regressions, name), 'utf8')) as Regression;
    const [checked] = await checker.check([plan]);
    expect(checked?.text).toBe(readFileSync(path.join(regressions, name.replace(/json$/u, 'ts')), 'utf8'));
    expect(checked?.disagreements).toEqual([]);
    expect(checked?.reports).toEqual(reports ?? checked?.reports);
  });
});
