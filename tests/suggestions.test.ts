/** Whoever accepts a suggestion gets a program that parses, type-checks and no longer has the report, and loses no comment. */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';

import tensor from '../src/index.ts';
import { examplesOf, pagesIn, place } from './docs/examples.ts';
import { fixturesRoot } from './fixture-linter.ts';
import { parseMarkers } from './harness/markers.ts';
import { settingsBelow } from './harness/settings.ts';

interface Program {
  readonly root: string;
  /** Those with suggestions, by their markers; the README has no markers. */
  readonly files: readonly string[];
}

const offers = (file: string): boolean => parseMarkers(readFileSync(file, 'utf8')).some(({ suggestions }) => suggestions.length > 0);

const fixtures: Program = {
  root: fixturesRoot,
  files: readdirSync(path.join(fixturesRoot, 'invalid'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]sx?$/u.test(file)).map((file) => path.join(fixturesRoot, 'invalid', file)).filter(offers).sort(),
};
const docs = ((): Program => {
  const { folder, placed } = place(['README.md', ...pagesIn('docs/rules')].flatMap((page) => examplesOf(page)));
  return { root: folder, files: placed.map(({ file }) => file).filter((file) => file.includes('README') || offers(file)) };
})();

afterAll(() => { rmSync(docs.root, { recursive: true }); });

/** Asks the compiler of one file at a time, with another text than the disk has. */
class Compiler {
  readonly #service: ts.LanguageService;
  #file = '';
  #text = '';
  #version = 0;

  constructor(root: string, files: readonly string[]) {
    const config = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
    this.#service = ts.createLanguageService({
      ...ts.sys,
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      getCompilationSettings: () => config?.options ?? {},
      getScriptFileNames: () => [...new Set([...config?.fileNames ?? [], ...files])],
      getScriptVersion: (file) => (file === this.#file ? String(this.#version) : '0'),
      getScriptSnapshot: (file) => {
        const text = file === this.#file ? this.#text : ts.sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
    });
  }

  errors(file: string, text: string): readonly string[] {
    this.#file = file;
    this.#text = text;
    this.#version++;
    return [...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).sort();
  }
}

function linterOf(root: string): ESLint {
  return new ESLint({
    cwd: root, overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'], languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: root } } },
      tensor.configs.recommended,
      ...settingsBelow(fixturesRoot).map(({ folder, tensor: settings }) => ({ files: [`${folder}/**`], settings: { tensor: settings } })),
    ],
  });
}

/** Without the reports that stand below the code, which name lines. */
const comments = (text: string): readonly string[] => [...text.matchAll(/\/\/.*|\/\*[^]*?\*\//gu)].map(([comment]) => comment).sort();

/** Its beginning, for the rest names lines. */
const told = ({ ruleId, message }: Linter.LintMessage): string => `${ruleId ?? ''} ${message.slice(0, message.indexOf(': '))}`;

describe.each([['fixtures', fixtures], ['examples in the docs', docs]])('suggestions in %s', (_, { root, files }) => {
  const eslint = linterOf(root);
  const compiler = new Compiler(root, files);
  const lint = async (text: string, filePath: string): Promise<readonly Linter.LintMessage[]> => (await eslint.lintText(text, { filePath }))[0]!.messages;

  it.each(files.map((file) => path.relative(root, file)))('%s', async (name) => {
    const file = path.join(root, name);
    const text = readFileSync(file, 'utf8');
    const messages = await lint(text, file);
    const before = compiler.errors(file, text);
    for (const message of messages) {
      for (const { desc, fix: { range: [start, end], text: inserted } } of message.suggestions ?? []) {
        const mended = text.slice(0, start) + inserted + text.slice(end);
        expect({ desc, errors: compiler.errors(file, mended).filter((error) => !before.includes(error)) }).toEqual({ desc, errors: [] });
        expect({ desc, comments: comments(mended) }).toEqual({ desc, comments: comments(text) });
        const left = (await lint(mended, file)).map(told);
        expect(left.filter((each) => each === told(message)).length, desc).toBeLessThan(messages.filter((each) => told(each) === told(message)).length);
      }
    }
    // The first of them builds two programs.
  }, 300_000);
});
