/**
 * Runs the training scripts of docs/examples on the real TF.js, each in a process of its own, and
 * checks what docs/examples/index.json says about them: correct versions learn, mistakes have
 * the effect that is stated, and the stated lines are the lines of the mistakes.
 */
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Place {
  file: string;
  line: number;
  code: string;
}

interface Mistake extends Place {
  main: string;
  files: string[];
  rule: string;
  /** What gets no gradient, in the names of the script. */
  sources: string[];
  effect: 'throws' | 'frozen' | 'zeros';
  /** For `throws`: part of the error. */
  message?: string;
  /** For `frozen` and `zeros`. */
  weights?: { frozen: string[]; moving: string[] };
  /** The place of the break, when it is in another file than the report. */
  through?: Place;
}

interface Example {
  folder: string;
  style: string;
  /** What `first` and `last` in the script's result are. */
  measure: string;
  correct: { main: string; files: string[]; moved: string[] };
  mistake: Mistake;
}

interface Result {
  first: number;
  last: number;
  moved: Record<string, number>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = path.join(root, 'docs', 'examples');
const examples = JSON.parse(readFileSync(path.join(directory, 'index.json'), 'utf8')) as Example[];

const TIMEOUT = 60_000;

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

function runNode(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, timeout: TIMEOUT }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}

const runScript = (folder: string, main: string) => runNode('--import', 'tsx', path.join(directory, folder, main));

function resultOf(run: Run): Result {
  expect(run.code, run.stderr).toBe(0);
  const [, json] = /^RESULT (.*)$/.exec(run.stdout.trimEnd().split('\n').at(-1) ?? '') ?? [];
  if (json === undefined) throw new Error(`The last line is no result:\n${run.stdout}`);
  return JSON.parse(json) as Result;
}

const lineOf = (folder: string, { file, line }: Place) =>
  readFileSync(path.join(directory, folder, file), 'utf8').split('\n')[line - 1];

describe('docs/examples', () => {
  it('has one entry in index.json for each folder, and no file that is not listed', () => {
    const folders = readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(examples.map(({ folder }) => folder).sort()).toEqual(folders.sort());
    for (const { folder, correct, mistake } of examples) {
      const scripts = readdirSync(path.join(directory, folder), { recursive: true, encoding: 'utf8' })
        .map((file) => file.replaceAll(path.sep, '/'))
        .filter((file) => /\.[jt]s$/.test(file));
      expect([...new Set([...correct.files, ...mistake.files])].sort()).toEqual(scripts.sort());
    }
  });

  it.each(examples)('$folder: the stated lines hold the stated code', ({ folder, mistake }) => {
    expect(mistake.files).toContain(mistake.file);
    expect(lineOf(folder, mistake)).toContain(mistake.code);
    if (mistake.through !== undefined) {
      expect(mistake.files).toContain(mistake.through.file);
      expect(lineOf(folder, mistake.through)).toContain(mistake.through.code);
    }
    const readme = readFileSync(path.join(directory, folder, 'README.md'), 'utf8');
    expect(readme).toContain(`(\`${mistake.file}\`, line ${String(mistake.line)})`);
  });
});

describe.concurrent('docs/examples at run time', () => {
  it('type-checks under strict', { timeout: TIMEOUT }, async () => {
    const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const run = await runNode(tsc, '-p', directory);
    expect(run.stdout).toBe('');
    expect(run.code).toBe(0);
  });

  it.each(examples)('$folder: the correct version learns', { timeout: TIMEOUT }, async ({ folder, correct }) => {
    const { first, last, moved } = resultOf(await runScript(folder, correct.main));
    expect(last).toBeLessThan(first / 2);
    expect(Object.keys(moved).sort()).toEqual([...correct.moved].sort());
    for (const [weight, distance] of Object.entries(moved)) expect(distance, weight).toBeGreaterThan(0.1);
  });

  it.each(examples)('$folder: the mistake $mistake.effect', { timeout: TIMEOUT }, async ({ folder, correct, mistake }) => {
    const run = await runScript(folder, mistake.main);
    if (mistake.effect === 'throws') {
      expect(mistake.message).toBeTruthy();
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(mistake.message);
      expect(run.stdout).not.toContain('RESULT');
      return;
    }
    const { moved } = resultOf(run);
    const { frozen = [], moving = [] } = mistake.weights ?? {};
    expect([...frozen, ...moving].sort()).toEqual([...correct.moved].sort());
    expect(frozen).not.toEqual([]);
    for (const weight of frozen) expect(moved[weight], weight).toBe(0);
    for (const weight of moving) expect(moved[weight], weight).toBeGreaterThan(0.1);
  });
});
