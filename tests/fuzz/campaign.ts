/** Many generated programs: counts, and the failures among them made small. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import * as fc from 'fast-check';

import type { Cause } from '../../src/calculus/cause.ts';
import type { Library } from '../../src/libraries/library.ts';
import { PlanArbitrary } from './arbitrary.ts';
import { type Checked, Checker } from './check.ts';
import type { Disagreement } from './judge.ts';
import type { Plan } from './syntax.ts';

export const regressions = path.join(import.meta.dirname, 'regressions');

/** A program that has failed once. */
export interface Regression {
  readonly plan: Plan;
  /** What must be reported of it, where its meaning does not tell. */
  readonly reports?: readonly string[];
}

export class Campaign {
  readonly failures: Checked[] = [];
  readonly #checker: Checker;
  readonly #arbitrary: PlanArbitrary;
  readonly #started = performance.now();
  readonly #expected = new Map<Cause, number>();
  readonly #missed = new Map<string, number>();
  #programs = 0;
  #scopes = 0;
  #batches = 0;

  constructor(readonly seed: number, focus: readonly string[] = [], libraries?: readonly Library[]) {
    this.#checker = new Checker(libraries);
    this.#arbitrary = new PlanArbitrary(focus);
  }

  /** Checks a batch of programs. Batches have seeds of their own, so that one can be had again without the others. */
  async step(count: number): Promise<number> {
    const plans = fc.sample(this.#arbitrary, { numRuns: count, seed: this.seed + 7919 * this.#batches++ });
    for (const checked of await this.#checker.check(plans)) {
      this.#scopes += checked.scopes;
      for (const cause of checked.expected) add(this.#expected, cause);
      for (const { kind, cause } of checked.disagreements) if (kind === 'missed') add(this.#missed, cause ?? '');
      if (checked.disagreements.length > 0) this.failures.push(checked);
    }
    this.#programs += plans.length;
    return plans.length;
  }

  progress(): string {
    const seconds = (performance.now() - this.#started) / 1000;
    return `${this.#programs} programs, ${this.#scopes} scopes, ${this.failures.length} with disagreements; ${(this.#programs / seconds).toFixed(0)} programs/s`;
  }

  summary(): string {
    const kinds = new Map<string, number>();
    for (const { disagreements } of this.failures) for (const { kind, cause } of disagreements) add(kinds, `${kind} ${cause ?? ''}`);
    const causes = [...this.#expected].map(([cause, count]) => `  ${cause}: ${count - (this.#missed.get(cause) ?? 0)} found, ${this.#missed.get(cause) ?? 0} missed`);
    return [this.progress(), 'severed sources that had to be reported:', ...causes, 'disagreements:', ...[...kinds].map(([kind, count]) => `  ${kind}: ${count}`)].join('\n');
  }

  /** Failures of all kinds, a few of each. */
  various(count: number): readonly Checked[] {
    const seen = new Map<string, number>();
    return this.failures.filter(({ disagreements }) => disagreements.some((each) => (seen.get(keyOf(each)) ?? 0) < count && add(seen, keyOf(each))));
  }

  /** The smallest program found that shows the same kind of disagreement, written into a folder with its plan. What is mended of them is moved to the regressions. */
  async shrink(failure: Checked, folder: string): Promise<{ readonly text: string; readonly file: string }> {
    const smallest = await minimize(failure, this.#arbitrary, this.#checker);
    const [disagreement] = smallest.disagreements;
    const name = path.join(folder, `${disagreement?.kind ?? ''}-${disagreement?.cause ?? 'unknown'}-${hash(smallest.text)}`);
    const file = `${name}.ts`;
    const told = smallest.disagreements.map(({ kind, text }) => `// ${kind}: ${text}`).join('\n');
    writeFileSync(file, smallest.text);
    writeFileSync(`${name}.json`, `${JSON.stringify({ plan: smallest.plan } satisfies Regression)}\n`);
    return { text: `${smallest.text}${told}`, file };
  }
}

/** As fast-check shrinks: the first smaller plan that fails as well, again and again. */
async function minimize(failure: Checked, arbitrary: PlanArbitrary, checker: Checker): Promise<Checked> {
  const wanted = failure.disagreements.map(keyOf);
  let best = failure;
  for (let left = 40; left > 0; left--) {
    const next = await firstFailing(best.plan, wanted, arbitrary, checker);
    if (next === undefined) return best;
    best = next;
  }
  return best;
}

const batch = 24;

async function firstFailing(plan: Plan, wanted: readonly string[], arbitrary: PlanArbitrary, checker: Checker): Promise<Checked | undefined> {
  const candidates: Iterator<Plan, unknown> = arbitrary.shrink(plan).map((value) => value.value)[Symbol.iterator]();
  for (;;) {
    const plans: Plan[] = [];
    while (plans.length < batch) {
      const next = candidates.next();
      if (next.done === true) break;
      plans.push(next.value);
    }
    const found = (await checker.check(plans)).find(({ disagreements }) => disagreements.some((each) => wanted.includes(keyOf(each))));
    if (found !== undefined || plans.length < batch) return found;
  }
}

const keyOf = ({ kind, cause }: Disagreement): string => `${kind} ${cause ?? ''}`;

function add<Key>(counts: Map<Key, number>, key: Key): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

function hash(text: string): string {
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + character.codePointAt(0)!) | 0;
  return (sum >>> 0).toString(36);
}
