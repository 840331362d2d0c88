import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { correct, createProject, mistake, tsconfig } from './project.ts';
import { run } from './terminal.ts';

beforeEach(() => {
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('NO_COLOR', undefined);
});

afterEach(() => { vi.unstubAllEnvs(); });

/** The pretty format's picture of `mistake`, and the sentence over it. */
const picture = `
     5 │ const w = tf.variable(tf.zeros([4, 1]));
  ●    │       ^ w: gets no gradient
  │ 10 │   const pred = xs.matMul(w);
  │    │                   ^^^^^^ matMul
  │ 11 │   const loss = tf.tensor(pred.dataSync(), pred.shape).add(b).sub(ys);
  ✂    │                               ^^^^^^^^ the values were read to the host, and no tape follows plain numbers
  ┊    │                   ^^^^^^ tensor
  ┊    │                                                       ^^^ add
  ┊    │                                                              ^^^ sub
  ┊ 12 │   return loss.square().mean();
  ┊    │               ^^^^^^ square
  ◎    │                        ^^^^ mean: what minimize differentiates
`;

describe('a project', () => {
  it('with a tsconfig.json is checked with it, and shown with the path of each finding', async () => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'src/train.ts': mistake, 'src/fine.ts': correct, 'src/other.ts': 'export const one = 1;\n' });
    const { code, stdout, stderr } = await run(project.root);
    expect(stdout).toContain('✗ src/train.ts:11:26  tensor/no-host-read-in-tape');
    expect(stdout).toContain('`w` gets no gradient from this loss: `pred.dataSync()` takes the values off the tape');
    expect(stdout).toContain(picture);
    expect(stdout).toContain('Fix: Use `pred` itself. (--fix)');
    expect(stdout).toContain('docs/rules/no-host-read-in-tape.md');
    expect(stdout).toContain('1 error. 3 files checked, 2 of 2 gradient scopes followed to the end.\n');
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it('is checked for shapes and memory where no gradient is computed', async () => {
    using project = createProject({
      'tsconfig.json': tsconfig,
      'shapes.ts': `import * as tf from '@tensorflow/tfjs';\n\nexport const product = tf.ones([2, 3]).matMul(tf.ones([2, 3]));\n`,
      'frames.ts': `import * as tf from '@tensorflow/tfjs';\n\nexport async function onFrame(pixels: number[]): Promise<number> {\n  return (await tf.tensor1d(pixels).max().data())[0]!;\n}\n`,
    });
    const { code, stdout } = await run(project.root);
    expect(stdout).toContain('✗ shapes.ts:3:24  tensor/no-shape-mismatch');
    expect(stdout).toContain('✗ frames.ts:4:17  tensor/no-growing-memory');
    expect(stdout).toContain('2 errors. 2 files checked, no gradient scopes.\n');
    expect(code).toBe(1);
  });

  it('without a tsconfig.json is checked as well, in both languages and however many files', async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`loose/script-${String(index)}.js`, mistake]));
    using project = createProject({ ...many, 'typed.ts': mistake, 'module.mjs': mistake, 'component.tsx': 'export const view = <b>no tensors</b>;\n' });
    const { code, stdout } = await run(project.root, '--format', 'json');
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
    expect(results).toHaveLength(15);
    expect(results.filter(({ messages }) => messages.length === 1 && messages[0]?.ruleId === 'tensor/no-host-read-in-tape')).toHaveLength(14);
    expect(code).toBe(1);
  });

  it('that includes some of its files only has the others checked without it', async () => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'train.ts': mistake, 'tools/train.js': mistake, 'train.test.js': correct });
    const { stdout } = await run(project.root);
    expect(stdout).toContain('✗ train.ts:11:26');
    expect(stdout).toContain('✗ tools/train.js:11:26');
    expect(stdout).toContain('2 errors. 3 files checked');
  });

  it('cut into referenced projects is checked by the one that has the file, and followed across them', async () => {
    using project = createProject({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./packages/app" }, { "path": "./packages/lib/tsconfig.lib.json" }] }',
      'packages/app/tsconfig.json': '{ "compilerOptions": { "composite": true, "module": "NodeNext", "strict": true, "types": [] }, "references": [{ "path": "../lib/tsconfig.lib.json" }] }',
      'packages/lib/tsconfig.lib.json': '{ "compilerOptions": { "composite": true, "module": "NodeNext", "strict": true, "types": [] } }',
      'packages/lib/detach.ts': "import * as tf from '@tensorflow/tfjs';\nexport function rebuilt(x: tf.Tensor): tf.Tensor {\n  const values = x.mul(2).dataSync();\n  return tf.tensor(values, x.shape).mul(3);\n}\n",
      'packages/app/train.ts': `import { rebuilt } from '../lib/detach.js';\n${mistake.replace('tf.tensor(pred.dataSync(), pred.shape)', 'rebuilt(pred)')}`,
    });
    const { code, stdout } = await run(project.root);
    expect(stdout).toContain('✗ packages/app/train.ts:12:');
    expect(stdout).toContain('╭ packages/lib/detach.ts\n');
    expect(stdout).toContain('reached from here');
    expect(stdout).toMatch(/3 │ {3}const values = x\.mul\(2\)\.dataSync\(\);\n {2}✂ {4}│ +\^{8} the values were read/u);
    expect(code).toBe(1);
  });

  it('has what git ignores left out, unless it is named', async () => {
    using project = createProject({ '.gitignore': 'build/\n', 'build/train.js': mistake, 'train.js': correct, 'vendor/lib.min.js': mistake });
    expect(spawnSync('git', ['init', '--quiet'], { cwd: project.root }).status).toBe(0);
    expect((await run(project.root)).stdout).toContain('No findings. 1 file checked, 1 of 1 gradient scope followed to the end.');
    expect((await run(project.root, 'build')).code).toBe(1);
    expect((await run(project.root, 'build/train.js')).code).toBe(1);
  });
});

describe('options', () => {
  it('--rule checks the named rules only, with or without the prefix', async () => {
    using project = createProject({ 'train.js': mistake });
    expect((await run(project.root, '--rule', 'no-compute-outside-tape')).code).toBe(0);
    expect((await run(project.root, '--rule', 'no-compute-outside-tape', '--rule', 'tensor/no-host-read-in-tape')).code).toBe(1);
  });

  it('--fix applies the quick fix of a finding and says so', async () => {
    using project = createProject({ 'train.js': `\uFEFF${mistake}` });
    const { code, stdout, stderr } = await run(project.root, '--fix');
    expect(stderr).toBe('Fixed train.js:11: Use `pred` itself.\n');
    expect(stdout).toContain('No findings.');
    expect(code).toBe(0);
    expect(readFileSync(path.join(project.root, 'train.js'), 'utf8')).toBe(`\uFEFF${correct}`);
  });

  it('--help and --version need no project', async () => {
    const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { version: string };
    expect(await run('/', '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect((await run('/', '--help')).stdout).toContain('eslint-plugin-tensor [options] [paths]');
    expect((await run('/', 'explain', '-h')).code).toBe(0);
  });

  it('silencing comments hold, and those for other plugins are nobody’s business', async () => {
    const silenced = mistake.replace('  const loss', '  // eslint-disable-next-line tensor/no-host-read-in-tape, other/rule -- on purpose\n  const loss');
    using project = createProject({ 'train.js': `/* eslint no-var: error, other/rule: error */\nvar old = 1; // eslint-disable-line no-console\n${silenced}` });
    expect(await run(project.root)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('what cannot run says why and ends with 2', () => {
  it.each([
    [['--colour'], "Unknown option '--colour'. See `eslint-plugin-tensor --help`."],
    [['--format', 'xml'], "There is no format 'xml' here: use pretty, stylish, json, sarif or github."],
    [['--max-warnings', 'many'], "--max-warnings takes a number, not 'many'."],
    [['--rule', 'no-such-rule'], "There is no rule 'no-such-rule'. The rules are: "],
    [['missing'], "There is no file or folder 'missing'."],
    [['empty'], "There are no JavaScript or TypeScript files in 'empty'."],
    [['notes.md'], "'notes.md' is neither JavaScript nor TypeScript."],
    [['explain'], '`explain` takes one place'],
    [['explain', 'train.js:2'], 'There is no gradient scope at line 2 of train.js. Its scopes are at line 9 (minimize).'],
    [['explain', '--format', 'svg', 'train.js:3'], 'There is no gradient scope to be drawn in line 3 of train.js.'],
    [['explain', 'fine.js'], 'fine.js opens no gradient scope'],
    [['explain', 'broken.js'], 'broken.js cannot be parsed. Run the lint on it, which says where.'],
    [['deep.js'], 'A file is nested so deeply that the compiler ran out of stack'],
    [['explain', 'empty'], "There are no JavaScript or TypeScript files in 'empty'."],
  ])('%j', async (args, sentence) => {
    using project = createProject({ 'train.js': mistake, 'fine.js': '', 'broken.js': 'const a = (;\n', 'empty/notes.txt': '', 'notes.md': '', 'deep.js': `${'f('.repeat(50_000)}${')'.repeat(50_000)};` });
    const { code, stdout, stderr } = await run(project.root, ...args);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

it.each([
  ['an ignored argument', 'tf.grad(() => tf.ones([2]).sum())(tf.ones([2]));', 'the function does not use its argument'],
  ['a variable made anew', 'tf.train.sgd(1).minimize(() => tf.variable(tf.ones([2])).sum());', 'it is made anew in every run'],
  ['a plain tensor', 'const w = tf.ones([2]);\ntf.train.sgd(1).minimize(() => w.sum());', 'no tape watches this tensor'],
  ['a name used too early', 'tf.train.sgd(1).minimize(() => loss());\nconst loss = () => tf.ones([2]).sum();', '`loss` is declared here'],
])('%s has no path, and is shown where it stands', async (_, code, note) => {
  using project = createProject({ 'train.js': `import * as tf from '@tensorflow/tfjs';\n${code}\n` });
  expect((await run(project.root)).stdout).toMatch(new RegExp(`\\^ ${note}\\n`, 'u'));
});

it('a file that cannot be parsed is a finding, at its place', async () => {
  using project = createProject({ 'train.js': `${mistake}\nlet = = 3;\n` });
  const { code, stdout } = await run(project.root);
  expect(stdout).toContain('✗ train.js:15:7\n');
  expect(stdout).toContain('Parsing error');
  expect(code).toBe(1);
});
