/** Many memory programs, checked in batches. */
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';

import { choicesOf } from '../generate/random.ts';
import { Linter, folder } from '../lint.ts';
import { type Disagreement, disagreements } from './check.ts';
import { memoryProgram } from './program.ts';
import { waysOf } from './run.ts';

export interface Failure {
  readonly text: string;
  readonly disagreements: readonly Disagreement[];
}

export class MemoryCampaign {
  /** What is said and is not so. */
  readonly failures: Failure[] = [];
  /** What nobody says: how much of it there is measures what the analysis knows. */
  readonly missed: Failure[] = [];
  readonly told = new Map<string, number>();
  readonly #linter = new Linter();
  #programs = 0;

  constructor(readonly seed: number) {}

  async step(count: number): Promise<number> {
    await tf.setBackend('cpu');
    const programs = Array.from({ length: count }, () => memoryProgram(choicesOf(this.seed, this.#programs++)));
    const files = new Map(programs.map((program, index) => [path.join(folder, `memory${String(index)}`, 'program.ts'), program] as const));
    const inspections = this.#linter.lint(new Map([...files].map(([file, { text }]) => [file, text])));
    for (const [file, program] of files) {
      const findings = inspections.get(file)?.findings ?? [];
      for (const { cause } of findings) this.told.set(cause, (this.told.get(cause) ?? 0) + 1);
      const found = disagreements(findings, await waysOf(program), program);
      if (found.length === 0) continue;
      const isFalse = found.some(({ kind }) => kind === 'false');
      (isFalse ? this.failures : this.missed).push({ text: program.text, disagreements: found });
    }
    return count;
  }

  summary(): string {
    return `${String(this.#programs)} programs, told: ${[...this.told].map(([cause, times]) => `${cause} ${String(times)}`).join(', ')}; ${String(this.failures.length)} with what is not so, ${String(this.missed.length)} in which something is not told`;
  }
}
