/** A real git repository with the hooks of docs/pre-commit.md: what a commit meets. */
import { chmod, copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, inject, it } from 'vitest';

import manifest from '../../package.json' with { type: 'json' };
import { type Command, type Outcome, must, run } from './command.ts';
import { blocksOf, correct, correctLoss, createProject, mistake, mistakenLoss, trainStep, write } from './project.ts';

const repository = path.join(import.meta.dirname, '..', '..');
/** Neither the configuration of the person who runs the tests, nor the repository from the hook of which they may run. */
const aloof: Readonly<Record<string, string | undefined>> = {
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_WORK_TREE: undefined,
  GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org',
  npm_config_prefer_offline: 'true', NO_COLOR: '1', FORCE_COLOR: undefined,
};

/** A repository with one commit: the configuration, and a training step that learns. */
async function gitProject(name: string, files: Readonly<Record<string, string>>, environment: Command['environment']): Promise<Command> {
  const command = { cwd: await createProject(name, { '.gitignore': 'node_modules\n', 'train.ts': correct, ...files }), environment };
  await must(command, 'git', 'init', '--quiet');
  await must(command, 'git', 'add', '.');
  await must(command, 'git', 'commit', '--quiet', '--message', 'begin');
  return command;
}

/** Writes files, stages them and commits what is staged. */
async function commit(command: Command, files: Readonly<Record<string, string>>): Promise<Outcome> {
  await write(command.cwd, files);
  await must(command, 'git', 'add', ...Object.keys(files));
  return run(command, 'git', 'commit', '--message', `change ${Object.keys(files).join()}`);
}

const last = async (command: Command): Promise<string> => (await run(command, 'git', 'log', '--max-count=1', '--format=%s')).stdout.trim();

async function refusesAndAccepts(command: Command): Promise<void> {
  const refused = await commit(command, { 'train.ts': mistake });
  expect(refused.output).toContain('tensor/no-host-read-in-tape');
  expect(refused.output).toContain('`w` gets no gradient from this loss: `pred.dataSync()` takes the values off the tape');
  expect(refused.code).toBe(1);
  expect(await last(command)).toBe('begin');

  expect(await commit(command, { 'train.ts': correct.replace('sgd(0.1)', 'sgd(0.2)') })).toMatchObject({ code: 0 });
  expect(await last(command)).toBe('change train.ts');
}

async function checksWhatIsStagedAndFollowsTheRest(command: Command): Promise<void> {
  // Not staged: one that git knows, and one that it does not.
  await write(command.cwd, { 'train.ts': mistake, 'draft.ts': mistake });
  // The helper alone trains nothing.
  expect(await commit(command, { 'loss.ts': mistakenLoss })).toMatchObject({ code: 0 });

  const refused = await commit(command, { 'step.ts': trainStep });
  expect(refused.output).toContain('tensor/no-host-read-in-tape');
  expect(refused.output).toContain('loss.ts');
  expect(refused.output).not.toContain('train.ts');
  expect(refused.output).not.toContain('draft.ts');
  expect(refused.code).toBe(1);

  expect(await commit(command, { 'loss.ts': correctLoss })).toMatchObject({ code: 0 });
  expect(await last(command)).toBe('change loss.ts');
  expect(await readFile(path.join(command.cwd, 'train.ts'), 'utf8')).toBe(mistake);
}

const framework = await run(repository, 'pre-commit', '--version').then(({ code }) => code === 0, () => false);
const without = framework ? '' : ' (SKIPPED: no command `pre-commit` here; install the package of that name from Debian or PyPI)';

describe.skipIf(!framework)(`the pre-commit framework${without}`, () => {
  let hooks: string;
  let environment: Command['environment'];

  beforeAll(async () => {
    // What the framework clones, already built: without the tools of development, which would take most of the time.
    hooks = await mkdtemp(path.join(inject('installed'), 'hooks-'));
    await must(hooks, 'tar', '--extract', '--strip-components=1', '--file', inject('tarball'));
    const { devDependencies: _devDependencies, scripts: _scripts, ...rest } = manifest;
    await writeFile(path.join(hooks, 'package.json'), JSON.stringify(rest));
    await copyFile(path.join(repository, '.pre-commit-hooks.yaml'), path.join(hooks, '.pre-commit-hooks.yaml'));
    environment = { ...aloof, PRE_COMMIT_HOME: await mkdtemp(path.join(inject('installed'), 'framework-')), PRE_COMMIT_COLOR: 'never' };
    const command = { cwd: hooks, environment };
    await must(command, 'git', 'init', '--quiet');
    await must(command, 'git', 'add', '--force', '.');
    await must(command, 'git', 'commit', '--quiet', '--message', 'release');
    await must(command, 'git', 'tag', `v${manifest.version}`);
  });

  it('accepts the file of hooks', async () => {
    await must(repository, 'pre-commit', 'validate-manifest', '.pre-commit-hooks.yaml');
  });

  describe.each(['tensor', 'tensor-eslint'])('with the hook %s', (id) => {
    let command: Command;

    beforeAll(async () => {
      const config = (await blocksOf('docs/pre-commit.md', 'yaml')).find((block) => block.endsWith(`- id: ${id}\n`))!;
      expect(config).toContain(`rev: v${manifest.version}\n`);
      command = await gitProject(id, { '.pre-commit-config.yaml': config.replace(/(?<=repo: )https:\S+/u, hooks) }, environment);
      await must(command, 'pre-commit', 'install', '--install-hooks');
    });

    it('refuses a broken training step with the message of the rule, and accepts the mended one', () => refusesAndAccepts(command));

    // How the framework chooses files does not depend on the hook.
    if (id === 'tensor') it('checks what is staged, and follows the gradient into what is not', () => checksWhatIsStagedAndFollowsTheRest(command));
  });
});

describe('lint-staged in a hook of git', () => {
  let command: Command;

  beforeAll(async () => {
    const [config] = await blocksOf('docs/pre-commit.md', 'js');
    // The name has to be one that loads where `npm init` has made the package.
    const [, name] = /^\/\/ (\S+)/u.exec(config!)!;
    const hook = (await blocksOf('docs/pre-commit.md', 'sh')).find((block) => block.startsWith('# .husky/pre-commit\n'))!;
    command = await gitProject('lint-staged', { [name!]: config!, 'package.json': '{ "type": "commonjs", "private": true }' }, aloof);
    // As husky does: git runs what it finds there.
    const file = path.join(command.cwd, '.git', 'hooks', 'pre-commit');
    await writeFile(file, `#!/bin/sh\n${hook}`);
    await chmod(file, 0o755);
  });

  it('refuses a broken training step with the message of the rule, and accepts the mended one', () => refusesAndAccepts(command));

  it('checks what is staged, and follows the gradient into what is not', () => checksWhatIsStagedAndFollowsTheRest(command));
});
