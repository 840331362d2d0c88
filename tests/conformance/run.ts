/** The run: tests of the suite are written as scripts, run in Node, and linted. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execute } from './execute.ts';
import type { Lint } from './lint.ts';
import { type Candidate, type Includes, type Kind, scriptFor, scriptsOf } from './script.ts';
import { shuffled } from './shuffle.ts';
import type { Suite } from './suite.ts';
import { Tally } from './tally.ts';

export interface Choice {
  /** Folders of the suite. */
  readonly under: readonly string[];
  /** How many applicable tests at most. */
  readonly count: number;
  readonly seed: number;
}

export interface Setup {
  readonly suite: Suite;
  readonly lint: Lint;
  /** Which candidates hold, and in which way. */
  readonly execute?: typeof execute;
  /** Where scripts are written, and what they import is found. */
  readonly folder: string;
  /** Where they stay afterwards, if anywhere. */
  readonly keep?: string | undefined;
  readonly progress?: (done: number) => void;
}

/** A test that is applicable, as it holds. */
interface Chosen {
  readonly test: string;
  readonly variant: string;
}

/** How many tests are held in memory. */
const readTogether = 2000;
/** What is one TypeScript program: more of it takes memory, less of it time. */
const lintedTogether = 300;

export class ConformanceRun {
  readonly tally = new Tally();
  readonly #includes: Includes;

  constructor(readonly setup: Setup) {
    const { suite } = setup;
    const known = new Map<string, string | undefined>();
    this.#includes = (name) => {
      const file = `harness/${name}`;
      if (!known.has(name)) known.set(name, suite.read([file]).get(file));
      return known.get(name);
    };
  }

  async run({ under, count, seed }: Choice): Promise<Tally> {
    const tests = this.setup.suite.tests.filter((test) => under.some((folder) => test === folder || test.startsWith(`${folder.replace(/\/$/u, '')}/`)));
    const order = shuffled(tests, seed);
    const { applicable } = this.tally;
    for (let at = 0; at < order.length && applicable.length < count;) {
      // Most tests are applicable: a few more than are wanted will do.
      const end = at + Math.min(readTogether, Math.ceil((count - applicable.length) * 1.6) + 10);
      const chosen = await this.#choose(order.slice(at, end), count - applicable.length);
      this.#lintAll(chosen);
      at = end;
    }
    return this.tally;
  }

  /** The first `wanted` tests that are applicable. Of those behind them nothing is said. */
  async #choose(tests: readonly string[], wanted: number): Promise<readonly Chosen[]> {
    const texts = this.setup.suite.read(tests);
    const written = tests.map((test) => [test, scriptsOf(test, texts.get(test) ?? '', this.#includes)] as const);
    const candidates = written.flatMap(([, result]): readonly Candidate[] => ('leftOut' in result ? [] : [result]));
    const held = await (this.setup.execute ?? execute)(candidates);
    const chosen: Chosen[] = [];
    for (const [test, result] of written) {
      if (chosen.length === wanted) break;
      const variant = held.get(test);
      if (variant !== undefined) chosen.push({ test, variant });
      else this.tally.leaveOut(test, 'leftOut' in result ? result.leftOut : 'does not hold in Node as a module');
    }
    return chosen;
  }

  #lintAll(all: readonly Chosen[]): void {
    const { lint, keep, progress } = this.setup;
    const folder = path.join(this.setup.folder, 'scripts');
    for (let at = 0; at < all.length; at += lintedTogether) {
      mkdirSync(folder, { recursive: true });
      const written = all.slice(at, at + lintedTogether).map(({ test, variant }) => [test, write(folder, test, variant)] as const);
      const linted = lint(written.flatMap(([, { sound, decided }]) => [sound, decided]));
      for (const [test, { sound, decided }] of written) this.tally.add(test, { sound: linted(sound), decided: linted(decided) });
      if (keep !== undefined) cpSync(folder, keep, { recursive: true });
      rmSync(folder, { recursive: true });
      progress?.(this.tally.applicable.length);
    }
  }
}

function write(folder: string, test: string, variant: string): Readonly<Record<Kind, string>> {
  const name = path.join(folder, test.replace(/^test\//u, '').replace(/\.js$/u, '').replaceAll(/[^\w-]+/gu, '.'));
  const files = { sound: `${name}.sound.js`, decided: `${name}.decided.js` };
  for (const kind of ['sound', 'decided'] as const) writeFileSync(files[kind], scriptFor(variant, kind));
  return files;
}
