/** Each configuration of the README and the docs, as it stands there, with `npx eslint .` in a folder that a newcomer has. */
import { mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, inject, it } from 'vitest';

import { must, run } from './command.ts';
import { blocksOf, correct, mistake, readmeConfig, write } from './project.ts';

const root = path.join(import.meta.dirname, '..', '..');
const heading = '// eslint.config.mjs\n';

type Files = Readonly<Record<string, string>>;

/** After `npm init -y`, which writes CommonJS, and with `tsc --init` where it is a project of TypeScript. */
async function folder(files: Files): Promise<string> {
  const project = await mkdtemp(path.join(inject('installed'), 'fresh-'));
  await symlink(path.join('..', 'node_modules'), path.join(project, 'node_modules'), 'dir');
  await must(project, 'npm', 'init', '-y');
  const isTyped = Object.keys(files).some((name) => /\.(?:ts|mts|cts|vue|svelte|astro)$/u.test(name)) && files['tsconfig.json'] === undefined;
  if (isTyped) await must(project, process.execPath, path.join('node_modules', 'typescript', 'bin', 'tsc'), '--init');
  await write(project, files);
  return project;
}

/** The files that `npx eslint .` reports, each once; nothing but the read may be reported. */
async function reported(project: string): Promise<readonly string[]> {
  const { code, stdout, output } = await run({ cwd: project, environment: { NO_COLOR: '1', FORCE_COLOR: undefined } }, 'npx', 'eslint', '--format', 'json', '.');
  if (!stdout.startsWith('[')) throw new Error(output);
  const results = JSON.parse(stdout) as readonly { readonly filePath: string; readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[] }[];
  const messages = results.flatMap(({ filePath, messages: own }) => own.map(({ ruleId, message }) => ({ file: path.relative(project, filePath), said: ruleId ?? message })));
  expect(messages.filter(({ said }) => said !== 'tensor/no-host-read-in-tape' && !said.startsWith('@typescript-eslint/'))).toEqual([]);
  expect(code).toBe(messages.length > 0 ? 1 : 0);
  return messages.filter(({ said }) => said === 'tensor/no-host-read-in-tape').map(({ file }) => file).sort();
}

/** The files under other names, so that they are linted in the same run: it takes seconds to begin one. */
const besides = (files: Files): Files => Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith('.json')).map(([name, text]) => [name.replace(/(\w+)\.(\w+)$/u, 'fine_$1.$2'), text]));

/** The same program in each way to load. */
const required = (text: string): string => text.replace("import * as tf from '@tensorflow/tfjs';", "const tf = require('@tensorflow/tfjs');");
const typeScript = (text: string): Files => ({ 'src/train.ts': text, 'src/train.mts': text, 'src/train.cts': text });
const javaScript = (text: string): Files => ({ 'lib/train.js': required(text), 'lib/other.mjs': text, 'lib/third.cjs': required(text), 'lib/module.js': text });

describe('the configuration of the README', () => {
  const kinds: Readonly<Record<string, (text: string) => Files>> = {
    'nothing': () => ({}),
    'TypeScript': typeScript,
    'JavaScript': javaScript,
    'both': (text) => ({ ...typeScript(text), ...javaScript(text) }),
  };

  it.each(Object.entries(kinds))('in a project of %s', async (_, filesOf) => {
    const project = await folder({ 'eslint.config.mjs': await readmeConfig(), ...filesOf(mistake) });
    expect(await reported(project)).toEqual(Object.keys(filesOf(mistake)).sort());
    if (Object.keys(filesOf(correct)).length > 3) {
      await write(project, filesOf(correct));
      expect(await reported(project)).toEqual([]);
    }
    await rm(project, { recursive: true });
  });
});

describe('the configurations of the docs', () => {
  const body = (text: string): string => text.replace(/^import .*$/mu, '');
  const scripts = (text: string): string => `<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4"></script>\n<script>${body(text)}</script>\n`;
  const fence = '```';
  const own = (file: string): boolean => file.startsWith('scripts');
  /** By a word that only that configuration has. What must not be reported is own to the last one. */
  const projects: Readonly<Record<string, (text: string) => Files>> = {
    "name: 'acme'": (text) => ({ 'train.ts': text }),
    'extraFileExtensions: [\'.html\']': (text) => ({ 'page.html': scripts(text), 'tsconfig.json': '{ "compilerOptions": { "allowJs": true, "noEmit": true }, "include": ["**/*.js", "**/*.ts", "**/*.html"] }' }),
    "files: ['**/*.{js,html}']": (text) => ({ 'page.html': scripts(text), 'train.js': text }),
    'vue-eslint-parser': (text) => ({ 'Train.vue': `<template><p>{{ cost }}</p></template>\n<script setup lang="ts">${text}</script>\n`, 'train.ts': text, 'tsconfig.json': '{ "include": ["."] }' }),
    'svelte-eslint-parser': (text) => ({ 'Train.svelte': `<script lang="ts">${text}</script>\n<p>{cost}</p>\n`, 'train.ts': text, 'tsconfig.json': '{ "include": ["."] }' }),
    'astro-eslint-parser': (text) => ({ 'train.astro': `---${text}---\n<p>{cost}</p>\n`, 'train.ts': text, 'tsconfig.json': '{ "include": ["."] }' }),
    '@eslint/markdown': (text) => ({ 'docs.md': `# Train\n\n${fence}js\n${text}${fence}\n\n${fence}ts\nlet x: number = 1;\n${fence}\n`, 'train.ts': text }),
    'tseslint.configs.disableTypeChecked, tensor.configs.disableTypeChecked': (text) => ({ 'src/train.ts': text, 'train.mjs': text, 'scripts/train.ts': text }),
  };

  it('are all here', async () => {
    const pages = (await readdir(path.join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
    const blocks = (await Promise.all(pages.map((page) => blocksOf(page, 'js', 'ts', 'mjs')))).flat();
    const configs = blocks.filter((block) => block.includes('export default defineConfig'));
    expect(configs.filter((block) => !block.startsWith(heading))).toEqual([]);
    expect(configs.map((block) => Object.keys(projects).find((word) => block.includes(word)))).toHaveLength(Object.keys(projects).length);
    for (const word of Object.keys(projects)) expect(configs.filter((block) => block.includes(word))).toHaveLength(1);
  });

  it.each(Object.entries(projects))('%s', async (word, filesOf) => {
    const pages = await Promise.all(['docs/settings.md', 'docs/components.md'].map((page) => readFile(path.join(root, page), 'utf8')));
    const config = [...pages.join('\n').matchAll(/^```js\n(?<config>\/\/ eslint\.config\.mjs\n.*?)^```$/gmsu)].map(({ groups }) => groups!.config!).find((block) => block.includes(word))!;
    const project = await folder({ 'eslint.config.mjs': config, ...besides(filesOf(correct)), ...filesOf(mistake) });
    expect(await reported(project)).toEqual(Object.keys(filesOf(mistake)).filter((file) => !file.endsWith('.json') && !own(file)).sort());
    await rm(project, { recursive: true });
  });
});

it('the package gives its configurations to `require`, too', async () => {
  const project = await folder({ 'probe.cjs': "const tensor = require('eslint-plugin-tensor');\nconsole.log(Object.keys(tensor.configs).join(), Object.keys(tensor.rules).length > 20, tensor.meta.name);\n" });
  expect((await run(project, process.execPath, 'probe.cjs')).output).toBe('recommended,strict,disableTypeChecked true eslint-plugin-tensor\n');
});
