/** The package as a new user meets it: packed, installed in an empty project, configured with the text of the README. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, describe, expect, inject, it } from 'vitest';

import { must, run, type Outcome } from './command.ts';
import { correct, createProject, mistake, readmeConfig, tsconfig, write } from './project.ts';

describe.each(['10', '9'])('with ESLint %s', (version) => {
  let project: string;

  const lint = (...args: string[]): Promise<Outcome> =>
    run(project, process.execPath, path.join('node_modules', 'eslint', 'bin', 'eslint.js'), ...args);

  beforeAll(async () => {
    const config = await readmeConfig();
    const files = {
      'untyped.config.js': config.replace(/parserOptions: [^\n]*?\} /u, ''),
      'checked.config.ts': `${config}\nexport const byHand = defineConfig({ plugins: { tensor }, extends: [tensor.configs.strict], rules: tensor.configs.strict.rules });\nexport const settings = { globals: { tf: '@tensorflow/tfjs' }, libraries: [{ name: 'acme', packages: ['@acme/ml'], members: { detach: { stops: 0 } } }] } satisfies Settings;\n`.replace(/^/u, "import type { Settings } from 'eslint-plugin-tensor';\n"),
      'correct.ts': correct,
      'mistake.ts': mistake,
      // Without the TypeScript namesakes, which would take their place in the program.
      'plain-correct.js': correct,
      'plain-mistake.js': mistake,
    };
    if (version === '10') {
      project = await createProject('eslint-10', files);
      return;
    }
    project = path.join(inject('installed'), `eslint-${version}`);
    await mkdir(project);
    await write(project, { 'package.json': '{ "type": "module", "private": true }', 'tsconfig.json': tsconfig, 'eslint.config.mjs': config, ...files });
    await must(
      project,
      ...(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'] as const),
      ...[inject('tarball'), `eslint@${version}`, '@typescript-eslint/parser@8', 'typescript@~6.0', '@tensorflow/tfjs@4'],
    );
  });

  it.each(['mistake.ts', 'plain-mistake.js'])('reports %s', async (file) => {
    const { code, output } = await lint(file);
    expect(output).toContain('tensor/no-host-read-in-tape');
    expect(code).toBe(1);
  });

  it.each(['correct.ts', 'plain-correct.js'])('is silent on %s', async (file) => {
    expect(await lint(file)).toMatchObject({ code: 0, output: '' });
  });

  it('says how to turn on type information', async () => {
    const { code, output } = await lint('--config', 'untyped.config.js', 'correct.ts');
    expect(output).toContain('parserOptions.projectService');
    expect(code).toBe(2);
  });

  describe('eslint-plugin-tensor as a command', () => {
    const command = (...args: string[]): Promise<Outcome> => run(project, path.join('node_modules', '.bin', 'eslint-plugin-tensor'), ...args);

    it('needs no configuration', async () => {
      const { code, output } = await command('mistake.ts', 'plain-mistake.js', 'correct.ts');
      expect(output).toContain('✗ mistake.ts:11:26  tensor/no-host-read-in-tape');
      expect(output).toContain('✗ plain-mistake.js:11:26  tensor/no-host-read-in-tape');
      expect(output).toContain('2 errors. 3 files checked, 3 of 3 gradient scopes followed to the end.');
      expect(code).toBe(1);
    });

    it('is clean where nothing is found', async () => {
      const { code, output } = await command('correct.ts', 'plain-correct.js', '--strict', '--format', 'stylish');
      expect(output).toBe('');
      expect(code).toBe(0);
    });

    it('explains a scope, as a picture, too', async () => {
      expect((await command('explain', 'mistake.ts:9')).output).toContain('✗ w gets no gradient: the values were read to the host');
      const { code, output } = await command('explain', 'mistake.ts:9', '--format', 'svg');
      expect(output).toMatch(/^<svg /u);
      expect(code).toBe(0);
    });
  });

  it('has types that fit into a checked config', async () => {
    expect(await run(project, process.execPath, path.join('node_modules', 'typescript', 'bin', 'tsc'), '-p', '.')).toMatchObject({ code: 0, output: '' });
  });
});
