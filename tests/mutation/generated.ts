/** Generated programs as files, which are run and linted like any others. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as fc from 'fast-check';

import { PlanArbitrary, valid } from '../fuzz/arbitrary.ts';
import { print } from '../fuzz/print.ts';
import type { Program } from '../truth/programs.ts';
import { workplace } from './mutants.ts';

const arbitrary = new PlanArbitrary();

/** What never ends on its own, or is not there outside a page. */
const lasting = /\b(?:setInterval|addEventListener|requestAnimationFrame)\b/u;

/** Those that need no other module. */
export function generatedPrograms(count: number, seed: number): readonly Program[] {
  const folder = path.join(workplace(), 'generated');
  mkdirSync(folder);
  return fc.sample(arbitrary, { numRuns: count, seed }).flatMap((plan, index) => {
    const meaning = valid(plan);
    const printed = meaning && print(plan, meaning.shapes);
    if (printed === undefined || printed.modules.size > 0 || plan.language !== 'ts' || lasting.test(printed.text)) return [];
    const main = path.join(folder, `${String(index)}.ts`);
    writeFileSync(main, printed.text);
    return [{ name: `generated/${String(seed)}-${String(index)}`, collection: 'fixtures', main, files: [main], rules: [], notExecuted: undefined, departures: [] }];
  });
}
