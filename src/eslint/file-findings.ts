/** The findings of the file that is linted: one analysis, however many rules ask. */
import type { TSESLint } from '@typescript-eslint/utils';

import { analyse } from '../analysis/analysis.ts';
import type { Finding } from '../judgements/finding.ts';
import { mayOpenScopes, opensScopes } from '../analysis/gate.ts';
import type { Elsewhere } from '../program/scripts.ts';
import type { Library } from '../libraries/library.ts';
import { namespace } from '../package.ts';
import { createProgram } from '../program/index.ts';
import { type LoneProgram, loneProgram } from '../program/lone.ts';
import { librariesFor } from '../settings/libraries.ts';
import { linted } from './linted.ts';
import { isCode, isWholePage } from './page.ts';
import type { Context } from './rule.ts';

/** What the analysis found, or why it could not be made. */
export type FileResult =
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly error: Error };

/** By syntax tree; the same one may be linted with other settings. */
const results = new WeakMap<TSESLint.SourceCode['ast'], { readonly libraries: readonly Library[]; readonly result: FileResult }>();
const told = new WeakSet<FileResult>();

const nothing: FileResult = { kind: 'findings', findings: [] };

const needsTypes = [
  'eslint-plugin-tensor follows values through the program and needs type information, which this file is linted without.',
  'Use @typescript-eslint/parser and set `languageOptions.parserOptions.projectService` to true in eslint.config.js:',
  'https://typescript-eslint.io/getting-started/typed-linting.',
  'Tools that run ESLint plugins without typescript-eslint (oxlint) cannot run this one.',
].join(' ');

/** What the settings of a file say of libraries. Throws where they cannot be used. */
export function knownLibraries({ settings, cwd }: Context): readonly Library[] {
  return librariesFor(settings[namespace], cwd);
}

/** The analysis of the file at hand. Throws where ESLint was set up without type information. */
export function fileResult(context: Context, libraries: readonly Library[]): FileResult {
  const { ast, parserServices } = context.sourceCode;
  const cached = results.get(ast);
  if (cached?.libraries === libraries) return cached.result;
  const compiled = parserServices?.program;
  const { file, uses } = linted(context);
  const result = compiled == null
    ? withoutTypes(context, libraries)
    : file === undefined ? nothing : analyseFile(() => ({ program: compiled, file }), libraries, uses);
  results.set(ast, { libraries, result });
  return result;
}

/** A failure is told once a file, by the first rule that hears of it. */
export function tellOnce(result: FileResult): boolean {
  if (told.has(result)) return false;
  told.add(result);
  return true;
}

/** A script that a page loads needs no project: all that it uses is in it, or global. Of other scripts nothing is known. */
function withoutTypes(context: Context, libraries: readonly Library[]): FileResult {
  const { filename, sourceCode: { ast, text } } = context;
  const isOfPage = libraries.some(({ globals }) => globals !== undefined && globals.size > 0);
  if (!isOfPage || (isCode(filename) ? !isScript(ast) : isWholePage(text))) throw new Error(needsTypes);
  if (!mayOpenScopes(libraries, text)) return nothing;
  return analyseFile(() => loneProgram(filename, text), libraries, linted(context).uses ?? anywhere);
}

const anywhere: Elsewhere = () => true;

function isScript({ body }: TSESLint.SourceCode['ast']): boolean {
  return !body.some(({ type }) => /^(?:Import|Export|TSImport|TSExport)/.test(type));
}

function analyseFile(compile: () => LoneProgram, libraries: readonly Library[], elsewhere: Elsewhere | undefined): FileResult {
  try {
    const { program: compiled, file } = compile();
    const program = createProgram(compiled);
    return { kind: 'findings', findings: opensScopes(program, libraries, file) ? analyse(program, libraries, file, elsewhere) : [] };
  } catch (error) {
    return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}
