/** Generated programs as files, which are run and linted like any others. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as fc from 'fast-check';
import ts from 'typescript';

import { PlanArbitrary, valid } from '../fuzz/arbitrary.ts';
import { blankTypes } from '../fuzz/blank.ts';
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
    writeFileSync(main, `${printed.text}${drive(printed.outside)}`);
    return [{ name: `generated/${String(seed)}-${String(index)}`, collection: 'fixtures', main, files: [main], rules: [], notExecuted: undefined, departures: [] }];
  });
}

/** What somebody else does who has all that is exported, one after the other, whatever fails. What needs other names is left out. */
function drive(outside: readonly string[]): string {
  if (outside.length === 0) return '';
  const names = new Set(outside.flatMap((each) => /[A-Za-z_]\w*/u.exec(each.replace(/^(?:new|delete) /u, '')) ?? []));
  const steps = outside.map((each) => `() => (${javascript(each)})`);
  return `// each round: const { ${[...names].join(', ')} } = program; for (const step of [${steps.join(', ')}]) try { await step(); } catch (error) { if (!(error instanceof ReferenceError)) setTimeout(() => { throw error; }); }\n`;
}

function javascript(text: string): string {
  return blankTypes(ts.createSourceFile('outside.ts', text, ts.ScriptTarget.ES2023, true)).replaceAll(/\s*\n\s*/gu, ' ').replace(/;\s*$/u, '');
}
