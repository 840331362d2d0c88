/** Each command of docs/ci.md, as it stands there, on the installed tarball. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { type Outcome, must, run } from './command.ts';
import { blocksOf, correct, correctLoss, createProject, mistake, mistakenLoss, readmeConfig, trainStep, write } from './project.ts';

const rule = 'tensor/no-host-read-in-tape';
const commands = (await blocksOf('docs/ci.md', 'sh')).flatMap((block) => block.trim().split('\n'));
const untested = new Set(commands);

/** The documented command that contains the text. */
function documented(text: string): string {
  const command = commands.find((candidate) => candidate.includes(text));
  if (command === undefined) throw new Error(`No command with ${text} in docs/ci.md.`);
  untested.delete(command);
  return command;
}

const shell = (project: string, command: string): Promise<Outcome> =>
  run({ cwd: project, environment: { npm_config_loglevel: 'error', NO_COLOR: '1', FORCE_COLOR: undefined } }, 'sh', '-c', command);

const plain = 'npx eslint .';
const broken = { 'src/train.ts': mistake, 'src/correct.ts': correct };

async function stage(project: string): Promise<void> {
  await must(project, 'git', 'init', '--quiet');
  await must(project, 'git', 'add', 'src', 'tsconfig.json');
}

describe('exit codes and formats', () => {
  it('1 for errors, in text, JSON and SARIF', async () => {
    const project = await createProject('ci', broken);
    untested.delete(plain);
    const text = await shell(project, plain);
    expect(text.output).toContain(rule);
    expect(text.code).toBe(1);

    expect((await shell(project, documented('--format json'))).code).toBe(1);
    const results = JSON.parse(await readFile(path.join(project, 'eslint.json'), 'utf8')) as { filePath: string; messages: { ruleId: string; line: number; suggestions: unknown[] }[] }[];
    expect(results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, suggestions }) => [path.basename(filePath), ruleId, line, suggestions.length])))
      .toEqual([['train.ts', rule, 11, 1]]);

    expect((await shell(project, documented('--format sarif'))).code).toBe(1);
    const sarif = JSON.parse(await readFile(path.join(project, 'tensor.sarif'), 'utf8')) as { version: string; runs: { results: { ruleId: string; codeFlows: unknown[] }[] }[] };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]!.results).toMatchObject([{ ruleId: expect.stringContaining('no-host-read-in-tape') as string, codeFlows: [{}] }]);
  });

  it('0 for warnings, and 1 where they are too many', async () => {
    const config = (await readmeConfig()).replace('languageOptions', `rules: { '${rule}': 'warn' },\n  languageOptions`);
    const project = await createProject('warnings', { ...broken, 'eslint.config.mjs': config });
    expect(await shell(project, plain)).toMatchObject({ code: 0, output: expect.stringContaining(rule) as string });
    expect((await shell(project, documented('npx eslint --max-warnings 0'))).code).toBe(1);
  });

  it('2 where ESLint cannot run', async () => {
    const project = await createProject('untyped', { ...broken, 'eslint.config.mjs': (await readmeConfig()).replace(/parserOptions: [^\n]*?\} /u, '') });
    expect((await shell(project, plain)).code).toBe(2);
  });
});

it('--cache goes stale where a helper changes, and does not with the documented setting', async () => {
  const project = await createProject('cache', { 'src/step.ts': trainStep, 'src/loss.ts': correctLoss });
  const safe = documented('--cache-location');
  await stage(project);
  const naive = 'npx eslint --cache --cache-strategy content --cache-location naive .';
  expect((await shell(project, naive)).code).toBe(0);
  expect((await shell(project, safe)).code).toBe(0);

  await write(project, { 'src/loss.ts': mistakenLoss });
  await must(project, 'git', 'add', 'src');
  expect((await shell(project, naive)).code).toBe(0);
  expect(await shell(project, safe)).toMatchObject({ code: 1, output: expect.stringContaining('step.ts') as string });
});

it('threads and shards find the same, and nothing twice', async () => {
  const project = await createProject('parts', { 'src/correct.ts': correct, 'src/loss.ts': mistakenLoss, 'src/step.ts': trainStep, 'src/train.ts': mistake });
  await stage(project);
  const reports = ({ output }: Outcome): number => output.split(rule).length - 1;
  const threads = await shell(project, documented('--concurrency 2'));
  expect(threads.code).toBe(1);
  expect(reports(threads)).toBe(2);
  const shards = await Promise.all(['NR % 2 == 0', 'NR % 2 == 1'].map((part) => shell(project, documented(part))));
  expect(shards.map(reports).reduce((sum, count) => sum + count)).toBe(2);
  for (const shard of shards) expect(shard.code === 0).toBe(reports(shard) === 0);
});

it('an old project is accepted, what is new is not, and what was mended is asked for', async () => {
  const project = await createProject('old', broken);
  expect((await shell(project, documented('--suppress-all'))).code).toBe(0);
  await write(project, { 'src/new.ts': mistake });
  const { code, output } = await shell(project, plain);
  expect(output).toContain('new.ts');
  expect(output).not.toContain('train.ts');
  expect(code).toBe(1);

  await write(project, { 'src/train.ts': correct, 'src/new.ts': correct });
  expect(await shell(project, plain)).toMatchObject({ code: 2, output: expect.stringContaining('--prune-suppressions') as string });
  expect((await shell(project, documented('--prune-suppressions'))).code).toBe(0);
  expect((await shell(project, plain)).code).toBe(0);
});

it('no command of the page is left out, and the workflow files run documented ones', async () => {
  expect([...untested]).toEqual([]);
  const workflows = (await blocksOf('docs/ci.md', 'yaml')).join('');
  const ran = [...workflows.matchAll(/- (?:run: )?(?<command>npx .*)/gu)].map(({ groups }) => groups!.command!);
  expect(ran).toHaveLength(3);
  expect(commands).toEqual(expect.arrayContaining(ran));
});
