/** What is checked, and that nothing is called fine that was not read. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { filesIn } from '../../src/cli/files.ts';
import { correct, createProject, mistake, tsconfig } from './project.ts';
import { run, runOn } from './terminal.ts';

beforeEach(() => {
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('NO_COLOR', undefined);
});

afterEach(() => { vi.unstubAllEnvs(); });

describe('is not called fine', () => {
  it('a file that cannot be parsed, with or without a word of the library', async () => {
    using project = createProject({ 'broken.ts': 'const a = ;\n', 'lib/plain.js': 'function (\n', 'fine.ts': 'export const a = 1;\n' });
    const { code, stdout } = await run(project.root);
    expect(stdout).toContain('✗ broken.ts:1:11');
    expect(stdout).toContain('✗ lib/plain.js:1:10');
    expect(stdout).toContain('2 errors. 3 files checked');
    expect(code).toBe(1);
  });

  it('the same in a project', async () => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'broken.ts': 'const a = ;\n' });
    expect(await run(project.root)).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ broken.ts:1:11') as string });
  });

  it('a file that is no text', async () => {
    using project = createProject({ 'image.js': '\u0089PNG\r\n\u001A\n\0\0\0\rIHDR\0\0' });
    expect((await run(project.root, 'image.js')).code).toBe(1);
  });

  it('what is no file, or leads nowhere', async () => {
    using project = createProject({ 'train.ts': mistake });
    expect(spawnSync('mkfifo', [path.join(project.root, 'pipe.ts')]).status).toBe(0);
    symlinkSync('circle.ts', path.join(project.root, 'circle.ts'));
    expect(await run(project.root, 'pipe.ts')).toMatchObject({ code: 2, stderr: "'pipe.ts' is no file.\n" });
    expect(await run(project.root, 'circle.ts')).toMatchObject({ code: 2, stderr: expect.stringMatching(/^'.*circle\.ts' cannot be read: ELOOP.*\n$/u) as string });
    // In a folder neither is code.
    symlinkSync('.', path.join(project.root, 'again'));
    expect((await run(project.root)).stdout).toContain('1 error. 1 file checked');
  });
});

describe('is read as it is', () => {
  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${mistake}`, 'utf16le')],
    ['line ends of Windows', Buffer.from(mistake.replaceAll('\n', '\r\n'))],
    ['a byte order mark', Buffer.from(`\uFEFF${mistake}`)],
    ['Latin-1', Buffer.concat([Buffer.from(mistake), Buffer.from('// caf\u00E9\n', 'latin1')])],
  ])('%s', async (_, bytes) => {
    using project = createProject({});
    writeFileSync(path.join(project.root, 'train.ts'), bytes);
    const { code, stdout } = await run(project.root, '-f', 'stylish');
    expect(stdout).toContain('11:26  error');
    expect(code).toBe(1);
  });
});

describe('--fix', () => {
  it('ends lines as the file does', async () => {
    const late = correct.replace('optimizer.minimize(() => {', 'const none = 0;\noptimizer.minimize(() => {').replace('  const pred = xs.matMul(w);\n', '').replace('const none = 0;', 'const pred = xs.matMul(w);');
    using project = createProject({ 'train.js': late.replaceAll('\n', '\r\n') });
    expect(await run(project.root, '--fix')).toMatchObject({ code: 0, stderr: 'Fixed train.js:11: Compute `pred` inside the function.\n' });
    expect(readFileSync(path.join(project.root, 'train.js'), 'utf8')).toBe(correct.replaceAll('\n', '\r\n'));
  });

  it('leaves a file alone that it could not write back as it was', async () => {
    using project = createProject({});
    const bytes = Buffer.concat([Buffer.from(mistake), Buffer.from('// caf\u00E9\n', 'latin1')]);
    writeFileSync(path.join(project.root, 'train.js'), bytes);
    expect(await run(project.root, '--fix')).toMatchObject({ code: 1, stderr: '' });
    expect(readFileSync(path.join(project.root, 'train.js')).equals(bytes)).toBe(true);
  });
});

describe('patterns', () => {
  const files = { 'src/train.ts': mistake, 'src/deep/other.mts': correct, 'src/deep/plain.js': correct, 'lib/train.ts': mistake };

  it.each([
    ['src/**/*.ts', ['src/train.ts']],
    ['./src/**', ['src/deep/other.mts', 'src/deep/plain.js', 'src/train.ts']],
    ['**/*.{ts,js}', ['lib/train.ts', 'src/deep/plain.js', 'src/train.ts']],
    ['{src,lib}/train.ts', ['lib/train.ts', 'src/train.ts']],
    ['*/train.*', ['lib/train.ts', 'src/train.ts']],
    ['src/deep/*.?ts', ['src/deep/other.mts']],
  ])('%s, in quotes', (pattern, expected) => {
    using project = createProject(files);
    expect(filesIn(project.root, [pattern]).map((file) => path.relative(project.root, file)).sort()).toEqual(expected);
    expect(filesIn(project.root, [`${project.root}/${pattern.replace('./', '')}`])).toHaveLength(expected.length);
  });

  it('that match nothing are an error', async () => {
    using project = createProject(files);
    expect(await run(project.root, 'src/*.jsx')).toMatchObject({ code: 2, stderr: "No JavaScript or TypeScript file matches 'src/*.jsx'.\n" });
    expect(await run(project.root, 'nowhere/*.ts')).toMatchObject({ code: 2, stderr: "There is no file or folder 'nowhere/*.ts'.\n" });
  });
});

describe('the standard input', () => {
  it('is checked in the place of a file, with what that imports, saved or not', async () => {
    using project = createProject({ 'tsconfig.json': tsconfig, 'src/train.ts': correct, 'src/loss.ts': 'export const one = 1;\n' });
    const { code, stdout } = await runOn(mistake, project.root, '--stdin', '--stdin-filename', 'src/train.ts');
    expect(stdout).toContain('✗ src/train.ts:11:26  tensor/no-host-read-in-tape');
    expect(stdout).toContain('  ✂    │                               ^^^^^^^^ the values were read');
    expect(code).toBe(1);
    expect((await runOn(correct, project.root, '--stdin', '--stdin-filename', 'src/new.ts')).code).toBe(0);
  });

  it('needs no name', async () => {
    using project = createProject({});
    expect((await runOn(mistake, project.root, '--stdin', '--format', 'stylish')).stdout).toContain('11:26  error');
  });

  it.each([
    [['--stdin', 'src'], '--stdin takes the text of one file, and no paths.'],
    [['--stdin-filename', 'a.ts'], '--stdin-filename says where the text of --stdin belongs: name both.'],
    [['--stdin', '--fix'], '--fix writes files, and the text of --stdin is in none.'],
    [['--stdin', '--stdin-filename', 'a.vue'], "'a.vue' is neither JavaScript nor TypeScript."],
  ])('%s', async (args, sentence) => {
    using project = createProject({});
    expect(await runOn(mistake, project.root, ...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });
});

describe('--output-file', () => {
  it('takes the report, without colours, and leaves the terminal empty', async () => {
    using project = createProject({ 'train.js': mistake });
    vi.stubEnv('FORCE_COLOR', '1');
    expect(await run(project.root, '-o', 'reports/tensor.txt')).toMatchObject({ code: 1, stdout: '' });
    expect(readFileSync(path.join(project.root, 'reports', 'tensor.txt'), 'utf8')).toContain('✗ train.js:11:26  tensor/no-host-read-in-tape');
  });

  it('is not written where nothing could be checked', async () => {
    using project = createProject({});
    expect((await run(project.root, '--format', 'sarif', '-o', 'tensor.sarif', 'nowhere')).code).toBe(2);
    expect(existsSync(path.join(project.root, 'tensor.sarif'))).toBe(false);
  });

  it.each([
    ['a folder', '.', /^The report cannot be written: '.*' is a folder\.\n$/u],
    ['below a file', 'train.js/report.txt', /^The report cannot be written: (?:ENOTDIR|EEXIST).*\n$/u],
    ['where no folder can be made', '/proc/none/report.txt', /^The report cannot be written: ENOENT.*\n$/u],
  ])('that cannot be written (%s) is said', async (_, file, sentence) => {
    using project = createProject({ 'train.js': mistake });
    expect(await run(project.root, '-o', file)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(sentence) as string });
  });

  it('takes a drawing; options may stand before `explain`', async () => {
    using project = createProject({ 'train.js': mistake });
    expect(await run(project.root, '--format', 'svg', '-o', 'flow.svg', 'explain', 'train.js:9')).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(path.join(project.root, 'flow.svg'), 'utf8')).toMatch(/^<svg /u);
    expect((await run(project.root, '-f', 'dot', 'explain', 'train.js:9')).stdout).toMatch(/^digraph /u);
  });
});
