/** The run itself, on a suite of a few tests: what it takes, what it leaves out, and that it can fail. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { execute } from './execute.ts';
import { type Answer, type Lint, createLint } from './lint.ts';
import { ConformanceRun } from './run.ts';
import { openSuite } from './suite.ts';
import { list, table } from './summary.ts';
import type { Tally } from './tally.ts';

const head = (rest: string): string => `// Copyright somebody.\n/*---\ndescription: A test.\n${rest}---*/\n`;

const suite: Readonly<Record<string, string>> = {
  'harness/sumOf.js': `${head('defines: [sumOf]\n')}function sumOf(a, b) { return a + b; }\n`,
  'test/language/addition.js': `${head('')}assert.sameValue(1 + 1, 2, 'a sum');\nassert.throws(TypeError, () => { null.x; });\n`,
  'test/language/old-style.js': `${head('flags: [onlyStrict]\n')}if (1 + 1 !== 2) { throw new Test262Error('#1'); }\n`,
  'test/language/error-as-value.js': `${head('')}assert.throws(Test262Error, function () { throw new Test262Error('meant'); });\n`,
  'test/language/included.js': `${head('includes:\n  - sumOf.js\n  - compareArray.js\n')}assert.compareArray([sumOf(1, 2)], [3]);\n`,
  'test/built-ins/Promise/later.js': `${head('flags: [async]\nincludes: [asyncHelpers.js]\n')}asyncTest(async function () { assert.sameValue(await Promise.resolve(3), 3); });\n`,
  'test/built-ins/Object/property.js': `${head('includes: [propertyHelper.js]\n')}verifyProperty({ a: 1 }, 'a', { value: 1, writable: true, enumerable: true, configurable: true });\n`,
  'test/language/module.js': `${head('flags: [module]\n')}export const one = 1;\nassert.sameValue(await one, 1);\n`,
  'test/language/wrong.js': `${head('')}assert.sameValue(1 + 1, 3);\n`,
  'test/language/sloppy.js': `${head('flags: [noStrict]\n')}with ({ x: 1 }) assert.sameValue(x, 1);\n`,
  'test/language/syntax.js': `${head('negative:\n  phase: parse\n  type: SyntaxError\n')}let let;\n`,
  'test/language/realm.js': `${head('')}assert($262.createRealm() !== null);\n`,
  'test/language/other.js': `${head('flags: [module]\n')}import { x } from './other_FIXTURE.js';\nassert.sameValue(x, 1);\n`,
  'test/language/other_FIXTURE.js': 'export const x = 1;\n',
  'test/language/silent.js': `${head('')}var x;\n`,
  'test/language/endless.js': `${head('')}while (true);\nassert(true);\n`,
};

const applicable = ['built-ins/Object/property', 'built-ins/Promise/later', 'language/addition', 'language/error-as-value', 'language/included', 'language/module', 'language/old-style'].map((name) => `test/${name}.js`);

const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'conformance-test-'));
const checkout = path.join(root, 'suite');
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const [file, text] of Object.entries(suite)) {
  mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
  writeFileSync(path.join(checkout, file), text);
}
symlinkSync(path.join(import.meta.dirname, '../../node_modules'), path.join(root, 'node_modules'), 'junction');

/** What holds is found in Node once; it is the same for every linter. */
let held: Promise<ReadonlyMap<string, string>> | undefined;
const executeOnce: typeof execute = (candidates) => (held ??= execute(candidates));

const run = (lint: Lint, choice = {}): Promise<Tally> => new ConformanceRun({ suite: openSuite(checkout), lint, execute: executeOnce, folder: root }).run({ under: ['test'], count: Infinity, seed: 1, ...choice });

// Starts a process with TF.js.
beforeAll(async () => { await run(() => () => ({ answer: { kind: 'reports', reports: [] }, milliseconds: 1 })); }, 120_000);

describe('a run with the project\'s own linter', () => {
  let tally: Tally;
  beforeAll(async () => { tally = await run(createLint(root)); }, 120_000);

  it('takes what holds in Node as a module', () => {
    expect([...tally.applicable].sort()).toEqual(applicable);
  });

  it('says why it leaves out the others', () => {
    expect(Object.fromEntries(tally.leftOut)).toEqual({
      'does not hold in Node as a module': expect.arrayContaining(['test/language/wrong.js', 'test/language/sloppy.js', 'test/language/endless.js']) as unknown,
      'is there to fail': ['test/language/syntax.js'],
      'needs another realm or agent': ['test/language/realm.js'],
      'needs other modules': ['test/language/other.js'],
      'asserts nothing': ['test/language/silent.js'],
    });
  });

  it('finds nothing false in them, and that some are followed to the end', () => {
    expect(list(tally)).toBe('');
    expect(tally.passes).toBe(true);
    expect(tally.decided).toEqual(expect.arrayContaining(['test/language/old-style.js', 'test/language/included.js']));
  });
});

describe('a run with a linter that is wrong', () => {
  const answering = (answerTo: (file: string) => Answer, milliseconds = 1): Lint => () => (file) => ({ answer: answerTo(file), milliseconds });
  const nothing: Answer = { kind: 'reports', reports: [] };
  const believes: Answer = { kind: 'reports', reports: [{ rule: 'tensor/no-unreached-variable', line: 9, message: 'the loss does not use `weightUnderTest`' }] };

  it('shows what is believed falsely', async () => {
    const tally = await run(answering((file) => (file.endsWith('addition.sound.js') ? believes : nothing)));
    expect(tally.passes).toBe(false);
    expect(list(tally)).toBe('FALSE test/language/addition.js (sound): [tensor/no-unreached-variable] line 9: the loss does not use `weightUnderTest`');
    expect(table(tally)).toMatch(/^language +5 +1 +0 +0 +0\.0 %$/mu);
  });

  it('takes a report on what is decided for knowledge', async () => {
    const tally = await run(answering((file) => (file.endsWith('.decided.js') ? believes : nothing)));
    expect(tally.passes).toBe(true);
    expect([...tally.decided].sort()).toEqual(applicable);
  });

  it('goes on behind a test at which the analysis fails', async () => {
    const tally = await run(answering((file) => (file.includes('included') ? { kind: 'failed', message: 'could not analyse' } : nothing)));
    expect(tally.applicable).toHaveLength(applicable.length);
    expect(tally.failures.map(({ test, kind }) => `${test} ${kind}`)).toEqual(['test/language/included.js sound', 'test/language/included.js decided']);
    expect(tally.passes).toBe(false);
  });

  it('does not wait for ever', async () => {
    const tally = await run(answering(() => nothing, 2500));
    expect(tally.slow).toHaveLength(2 * applicable.length);
    expect(tally.passes).toBe(false);
  });

  it('chooses the same tests for the same seed, and takes no more than are wanted', async () => {
    const choice = { under: ['test/language'], count: 3, seed: 7 };
    const [one, two] = [await run(answering(() => nothing), choice), await run(answering(() => nothing), choice)];
    expect(one.applicable).toHaveLength(3);
    expect(two.applicable).toEqual(one.applicable);
  });
});
