/** The command as a process: what only the real thing shows. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { createProject, mistake, repository } from './project.ts';
import type { Outcome } from './terminal.ts';

const tsx = pathToFileURL(path.join(repository, 'node_modules', 'tsx', 'dist', 'esm', 'index.mjs')).href;

async function run(cwd: string, environment: Readonly<Record<string, string>>, args: readonly string[], from = repository, as: { readonly uid?: number } = {}): Promise<Outcome> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  const main = path.join(from, 'src', 'cli', 'main.ts');
  const child = spawn(process.execPath, ['--import', tsx, main, ...args], { cwd, env: { ...inherited, ...environment }, ...as, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

// eslint-disable-next-line no-control-regex -- that is what colour is made of
const coloured = /\u001B\[/u;

describe.concurrent('the process', { timeout: 120_000 }, () => {
  it('ends with 1 and plain text where there is no terminal', async () => {
    using project = createProject({ 'train.js': mistake });
    const { code, stdout, stderr } = await run(project.root, {}, []);
    expect(stdout).toContain('✗ train.js:11:26  tensor/no-host-read-in-tape');
    expect(stdout).not.toMatch(coloured);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it('colours where FORCE_COLOR asks for it', async () => {
    using project = createProject({ 'train.js': mistake });
    expect((await run(project.root, { FORCE_COLOR: '1' }, [])).stdout).toMatch(coloured);
    expect((await run(project.root, { FORCE_COLOR: '1' }, ['explain', 'train.js:9'])).stdout).toMatch(coloured);
  });

  it('does not with NO_COLOR', async () => {
    using project = createProject({ 'train.js': mistake });
    expect((await run(project.root, { NO_COLOR: '1' }, ['explain', 'train.js:9'])).stdout).not.toMatch(coloured);
  });

  it('ends with 2 and a sentence where it cannot run', async () => {
    using project = createProject({ 'train.js': mistake });
    expect(await run(project.root, {}, ['nowhere'])).toEqual({ code: 2, stdout: '', stderr: "There is no file or folder 'nowhere'.\n" });
  });

  it('says which package is missing', async () => {
    using project = createProject({ 'train.js': mistake }, { packages: false });
    const copy = path.join(project.root, 'copy');
    for (const part of ['src', 'rules', 'package.json']) cpSync(path.join(repository, part), path.join(copy, part), { recursive: true });
    expect(await run(project.root, {}, [], copy)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'eslint-plugin-tensor needs @typescript-eslint/parser, which is not installed here. Install what it needs with: npm install --save-dev eslint @typescript-eslint/parser typescript\n',
    });
    expect((await run(project.root, {}, ['--help'], copy)).code).toBe(0);
    for (const [name, version] of [['eslint', '10.0.0'], ['@typescript-eslint/parser', '8.70.0'], ['typescript', '7.0.2']] as const) project.write({ [`copy/node_modules/${name}/package.json`]: JSON.stringify({ name, version }) });
    expect(await run(project.root, {}, [], copy)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'eslint-plugin-tensor needs typescript 4 to 6, and 7.0.2 is installed here. Both can be installed: npm install --save-dev typescript@6 @typescript/native@npm:typescript@7 (`npx tsc` stays the new one).\n',
    });
  });
});

// The superuser may read everything, so somebody else does.
it('says which file or folder may not be read, or written', async () => {
  using project = createProject({ 'secret.ts': mistake, 'closed/train.ts': mistake, 'train.js': mistake });
  const as = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  for (const name of ['secret.ts', 'closed']) chmodSync(path.join(project.root, name), 0);
  chmodSync(project.root, 0o755);
  chmodSync(path.join(project.root, 'train.js'), 0o444);
  const outcomes: Outcome[] = [];
  for (const args of [['secret.ts'], ['closed'], ['closed/train.ts'], ['--fix', 'train.js']]) outcomes.push(await run(project.root, {}, args, repository, as));
  chmodSync(path.join(project.root, 'closed'), 0o755);
  expect(outcomes.map(({ code, stderr }) => [code, stderr.replaceAll(project.root, '')])).toEqual([
    [2, "'/secret.ts' cannot be read: EACCES: permission denied, access '/secret.ts'.\n"],
    [2, "'/closed' cannot be read: EACCES: permission denied, scandir '/closed'.\n"],
    [2, "'/closed/train.ts' cannot be read: EACCES: permission denied, stat '/closed/train.ts'.\n"],
    [2, "'/train.js' cannot be written: EACCES: permission denied, open '/train.js'.\n"],
  ]);
}, 120_000);
