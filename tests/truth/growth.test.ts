/** What is said to stay in memory in each round is counted on TF.js; where nothing is said, nothing stays. */
import { beforeAll, describe, expect, it } from 'vitest';

import type { Reason } from '../../src/domain/reasons.ts';
import type { Finding } from '../../src/judgements/finding.ts';
import { lint } from './lint.ts';
import { allPrograms } from './truth.ts';
import { driveOf, isStrict } from './drive.ts';
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
    const told = findings.get(main)!.filter(({ cause, variant }) => causes.has(cause) || (isStrict(main) && strict.has(cause) && variant !== 'counted'));
    const counts = told.filter(({ cause }) => cause !== 'recreated-state').map(({ details }) => numberIn(details?.count));
    const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
    expect(growth).toBeDefined();
    // What a model or an optimizer keeps is not counted in its report, nor how many rounds a loop within has.
    if (told.some(({ cause }) => cause === 'recreated-state') || counts.includes(undefined)) expect(growth).toBeGreaterThan(sum);
    else expect(growth).toBe(sum);
  });
});

const causes: ReadonlySet<Reason> = new Set<Reason>(['growing-memory', 'recreated-state']);
/** A caller may hold it, and a program may be run on the way that disposes it: those that are there for it are not. */
const strict: ReadonlySet<Reason> = new Set<Reason>(['untidied-memory', 'incomplete-dispose']);

/** A report of a single tensor does not say how many. */
function numberIn([text = 'a tensor']: readonly unknown[] = []): number | undefined {
  if (typeof text !== 'string' || text === 'tensors') return undefined;
  return text.startsWith('a ') ? 1 : Number.parseInt(text, 10);
}
