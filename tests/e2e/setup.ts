/** Packs the package once, and installs the tarball once with all that the tests of this folder meet it with. */
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { TestProject } from 'vitest/node';

import { must, run } from './command.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly tarball: string;
    /** A folder whose node_modules holds the tarball, its peers with ESLint 10, and the clients. */
    readonly installed: string;
  }
}

const repository = path.join(import.meta.dirname, '..', '..');
const peers = ['eslint@10', '@typescript-eslint/parser@8', 'typescript@~6.0', '@tensorflow/tfjs@4'];
/** What people meet the plugin through: the language server of VS Code's extension, the runner of commit hooks, the parsers of pages and components, and the compiler of tomorrow. */
const pages = ['eslint-plugin-html@8', 'vue-eslint-parser@10', 'svelte-eslint-parser@1', 'svelte@5', 'astro-eslint-parser@1', '@eslint/markdown@8', 'typescript-eslint@8'];
const clients = ['vscode-langservers-extracted@4.10', 'lint-staged@17', ...pages, '@typescript/native@npm:typescript@7.1.0-dev.20261009.1'];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), 'eslint-plugin-tensor-')));
  const remove = (): Promise<void> => rm(directory, { recursive: true });
  try {
    // Builds first, by the `prepack` script.
    const { code, stdout, output } = await run(repository, 'npm', 'pack', '--pack-destination', directory);
    if (code !== 0) throw new Error(`npm pack ended with ${code}:\n${output}`);
    // The pre-commit framework installs what `npm pack` prints.
    if (!/^\S+\.tgz\n$/u.test(stdout)) throw new Error(`npm pack must print nothing but the name of the tarball (.npmrc), but printed:\n${stdout}`);
    const tarball = path.join(directory, stdout.trim());

    await writeFile(path.join(directory, 'package.json'), '{ "type": "module", "private": true }');
    await must(directory, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball, ...peers, ...clients);
    project.provide('tarball', tarball);
    project.provide('installed', directory);
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}
