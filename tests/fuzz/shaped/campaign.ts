/** Many programs with shapes, checked in batches. */
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';

import { choicesOf } from '../generate/random.ts';
import { Linter, folder } from '../lint.ts';
import { type Fate, fateOf } from './check.ts';
import { type FileName, type ShapedProgram, shapedProgram } from './program.ts';
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
    const programs = Array.from({ length: count }, () => shapedProgram(choicesOf(this.seed, this.#programs++)));
    const place = (index: number, name: FileName): string => path.join(folder, `shaped${String(index)}`, `${name}.${programs[index]?.language ?? 'ts'}`);
    const inspections = this.#linter.lint(new Map(programs.flatMap((program, index) => names.map((name) => [place(index, name), textOf(program, name)] as const))));
    for (const [index, program] of programs.entries()) {
      const findings = names.flatMap((name) => inspections.get(place(index, name))?.findings ?? []);
      const ran = await run(program);
      const fate = fateOf(findings, ran);
      this.counts.set(fate, (this.counts.get(fate) ?? 0) + 1);
      if (fate !== 'false' && fate !== 'missed' && fate !== 'elsewhere') continue;
      const { place: at, message } = ran.threw ?? {};
      this.disagreements.push({ fate, text: names.map((name) => textOf(program, name)).join('// —\n'), told: findings.map(({ cause, site }) => `${cause} (${path.basename(site.file)}:${String(site.line)})`), thrown: message === undefined ? '' : `${at ?? '?'} ${message.split('\n')[0]!}` });
    }
    return count;
  }

  get failures(): readonly Disagreement[] {
    return this.disagreements.filter(({ fate }) => fate === 'false');
  }

  /** Of the errors about shapes, those that are told on their line. */
  get share(): number {
    return this.#count('found') / Math.max(1, this.#throwing);
  }

  summary(): string {
    return `${String(this.#programs)} programs: ${[...this.counts].map(([fate, times]) => `${String(times)} ${fate}`).join(', ')}; ${String(this.#count('found'))} of ${String(this.#throwing)} errors about shapes are told on their line (${(100 * this.share).toFixed(1)} %)`;
  }

  get #throwing(): number {
    return this.#count('found') + this.#count('missed') + this.#count('elsewhere');
  }

  #count(fate: Fate): number {
    return this.counts.get(fate) ?? 0;
  }
}

const names: readonly FileName[] = ['helpers', 'program'];

function textOf(program: ShapedProgram, name: FileName): string {
  return program.language === 'ts' ? program.files[name].text : javascriptOf(program, name);
}
