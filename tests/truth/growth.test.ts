/** What is said to stay in memory in each round is counted on TF.js; where nothing is said, nothing stays. */
import { beforeAll, describe, expect, it } from 'vitest';

import type { Finding } from '../../src/judgements/finding.ts';
import { lint } from './lint.ts';
import { allPrograms } from './truth.ts';
import { driveOf } from './drive.ts';
import { countRounds, growthOf } from './rounds.ts';

const driven = allPrograms().flatMap((program) => {
  const drive = driveOf(program);
  return drive === undefined ? [] : [{ ...program, drive }];
});

describe('memory', () => {
  let counted: ReadonlyMap<string, readonly number[]>;
  let findings: ReadonlyMap<string, readonly Finding[]>;

  beforeAll(async () => {
    const inspections = lint(driven);
    findings = new Map(driven.map(({ main, files }) => [main, files.flatMap((file) => inspections.get(file)?.findings ?? [])]));
    counted = await countRounds(driven);
  }, 120_000);

  it.each(driven.map(({ name, main }) => ({ name, main })))('$name', ({ main }) => {
    const growth = growthOf(counted.get(main) ?? []);
    const told = findings.get(main)!;
    expect(growth).toBeDefined();
    // What a model or an optimizer keeps is not counted in its report.
    if (told.some(({ cause }) => cause === 'recreated-state')) expect(growth).toBeGreaterThan(countOf(told));
    else expect(growth).toBe(countOf(told));
  });
});

/** How many tensors the reports speak of. */
function countOf(findings: readonly Finding[]): number {
  return findings.filter(({ cause }) => cause === 'growing-memory').reduce((sum, { details }) => sum + numberIn(details?.count), 0);
}

function numberIn([text]: readonly unknown[] = []): number {
  if (typeof text !== 'string') return Number.NaN;
  return text.startsWith('a ') ? 1 : Number.parseInt(text, 10);
}
