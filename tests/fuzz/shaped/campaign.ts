/** Many programs with shapes, checked in batches. */
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';

import { Choices, seeded } from '../generate/random.ts';
import { Linter, folder } from '../lint.ts';
import { type Fate, fateOf } from './check.ts';
import { type ShapedProgram, shapedProgram } from './program.ts';
import { javascriptOf, run } from './run.ts';

export interface Disagreement {
  readonly fate: Fate;
  readonly text: string;
  readonly told: readonly string[];
  readonly thrown: string;
}

export class ShapesCampaign {
  readonly counts = new Map<Fate, number>();
  readonly disagreements: Disagreement[] = [];
  readonly #linter = new Linter();
  #programs = 0;

  constructor(readonly seed: number) {}

  async step(count: number): Promise<number> {
    await tf.setBackend('cpu');
    const programs = Array.from({ length: count }, () => shapedProgram(new Choices(seeded(Math.imul(this.seed, 0x9e3779b1) + this.#programs++))));
    const files = new Map(programs.map((program, index) => [path.join(folder, `shaped${String(index)}`, `program.${program.language}`), program] as const));
    const inspections = this.#linter.lint(new Map([...files].map(([file, program]) => [file, textOf(program)])));
    for (const [file, program] of files) {
      const findings = inspections.get(file)?.findings ?? [];
      const ran = await run(program);
      const fate = fateOf(findings, ran);
      this.counts.set(fate, (this.counts.get(fate) ?? 0) + 1);
      if (fate !== 'false' && fate !== 'missed' && fate !== 'elsewhere') continue;
      const { line, message } = ran.threw ?? { line: 0, message: '' };
      this.disagreements.push({ fate, text: textOf(program), told: findings.map(({ cause, site }) => `${cause} (line ${String(site.line)})`), thrown: line === 0 ? '' : `line ${String(line)}: ${message.split('\n')[0]!}` });
    }
    return count;
  }

  get failures(): readonly Disagreement[] {
    return this.disagreements.filter(({ fate }) => fate === 'false');
  }

  summary(): string {
    const count = (fate: Fate): number => this.counts.get(fate) ?? 0;
    const throwing = count('found') + count('missed') + count('elsewhere');
    return `${String(this.#programs)} programs: ${[...this.counts].map(([fate, times]) => `${String(times)} ${fate}`).join(', ')}; ${String(count('found'))} of ${String(throwing)} errors about shapes are told on their line (${(100 * count('found') / Math.max(1, throwing)).toFixed(1)} %)`;
  }
}

function textOf(program: ShapedProgram): string {
  return program.language === 'ts' ? program.text : javascriptOf(program);
}
