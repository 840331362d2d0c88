/** The configurations in docs/settings.md, as they stand there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInThisContext } from 'node:vm';

// The plugin for pages changes ESLint, which must be there.
import 'eslint';

import parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import html from 'eslint-plugin-html';

import tensor from '../../src/index.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'settings.md'), 'utf8');

/** The blocks of a language, in their order. */
function blocks(language: string): readonly string[] {
  return [...page.matchAll(/^```(?<language>[^\n]*)\n(?<code>.*?)^```$/gmsu)].filter(({ groups }) => groups?.language === language).map(({ groups }) => groups?.code ?? '');
}

type Evaluate = (...modules: readonly unknown[]) => Linter.Config[];

export const configurations = blocks('js').filter((code) => code.startsWith('// eslint.config.mjs')).map((code) => {
  const body = code.replaceAll(/^import .*$/gmu, '').replace('export default', 'return');
  return (runInThisContext(`(parser, defineConfig, html, tensor) => {${body}}`) as Evaluate)(parser, defineConfig, html, tensor);
});

/** The object of the block without a configuration around it. */
export const inHouse: unknown = blocks('js').filter((code) => code.startsWith('const settings')).map((code) => runInThisContext(`(() => {${code} return settings; })()`) as unknown)[0];
