/** The run: tests of the suite are written as scripts, run in Node, and linted. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execute } from './execute.ts';
import type { Lint } from './lint.ts';
import { type Candidate, type Includes, type Scripts, scriptsOf } from './script.ts';
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

/** What is executed by one process, which takes some seconds to start. */
const executedTogether = 3000;
/** What is one TypeScript program: more of it takes memory, less of it time. */
const lintedTogether = 300;

export class ConformanceRun {
  readonly tally = new Tally();
  readonly #includes: Includes;

  /** Scripts are written to `folder`, where what they import must be found. */
  constructor(readonly suite: Suite, readonly lint: Lint, readonly folder: string, readonly progress: (done: number) => void = () => {}) {
    const known = new Map<string, string | undefined>();
    this.#includes = (name) => {
      const file = `harness/${name}`;
      if (!known.has(name)) known.set(name, suite.read([file]).get(file));
      return known.get(name);
    };
  }

  async run({ under, count, seed }: Choice): Promise<Tally> {
    const tests = this.suite.tests.filter((test) => under.some((folder) => test === folder || test.startsWith(`${folder.replace(/\/$/u, '')}/`)));
    const order = shuffled(tests, seed);
    const { applicable } = this.tally;
    for (let at = 0; at < order.length && applicable.length < count;) {
      // Most tests are applicable: a few more than are wanted will do.
      const end = at + Math.min(executedTogether, Math.ceil((count - applicable.length) * 1.6) + 10);
      const scripts = await this.#scriptsThatHold(order.slice(at, end), count - applicable.length);
      this.#lintAll(scripts);
      at = end;
    }
    return this.tally;
  }

  /** The first `wanted` tests that are applicable. Of those behind them nothing is said. */
  async #scriptsThatHold(tests: readonly string[], wanted: number): Promise<readonly (readonly [string, Scripts])[]> {
    const texts = this.suite.read(tests);
    const written = tests.map((test) => [test, scriptsOf(test, texts.get(test) ?? '', this.#includes)] as const);
    const candidates = written.flatMap(([, result]): readonly Candidate[] => ('leftOut' in result ? [] : [result]));
    const held = await execute(candidates);
    const chosen: (readonly [string, Scripts])[] = [];
    for (const [test, result] of written) {
      if (chosen.length === wanted) break;
      const scripts = held.get(test);
      if (scripts !== undefined) chosen.push([test, scripts]);
      else this.tally.leaveOut(test, 'leftOut' in result ? result.leftOut : 'does not hold in Node as a module');
    }
    return chosen;
  }

  #lintAll(all: readonly (readonly [string, Scripts])[]): void {
    for (let at = 0; at < all.length; at += lintedTogether) {
      const folder = path.join(this.folder, 'scripts');
      mkdirSync(folder, { recursive: true });
      const written = all.slice(at, at + lintedTogether).map(([test, scripts]) => [test, write(folder, test, scripts)] as const);
      const linted = this.lint(written.flatMap(([, { sound, decided }]) => [sound, decided]));
      for (const [test, { sound, decided }] of written) this.tally.add(test, { sound: linted(sound), decided: linted(decided) });
      rmSync(folder, { recursive: true });
      this.progress(this.tally.applicable.length);
    }
  }
}

function write(folder: string, test: string, scripts: Scripts): Scripts {
  const name = path.join(folder, test.replace(/^test\//u, '').replace(/\.js$/u, '').replaceAll(/[^\w-]+/gu, '.'));
  const files = { sound: `${name}.sound.js`, decided: `${name}.decided.js` };
  writeFileSync(files.sound, scripts.sound);
  writeFileSync(files.decided, scripts.decided);
  return files;
}
