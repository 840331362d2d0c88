/** The findings of the file that is linted: one analysis, however many rules ask. */
import type { TSESLint } from '@typescript-eslint/utils';

import { examine } from '../analysis/analysis.ts';
import type { Finding } from '../judgements/finding.ts';
import type { Examination } from '../judgements/gradients/inspection.ts';
import { mayOpenScopes, opensScopes } from '../analysis/gate.ts';
import type { Elsewhere } from '../program/scripts.ts';
import type { Library } from '../libraries/library.ts';
import { namespace } from '../package.ts';
import { createProgram } from '../program/index.ts';
import { type LoneProgram, loneProgram } from '../program/lone.ts';
import { librariesFor } from '../settings/libraries.ts';
import { linted } from './linted.ts';
import { isCode, isJavaScript, isWholePage } from './page.ts';
import type { Context } from './rule.ts';

/** What the analysis found, or why it could not be made. */
export type FileResult =
  /** `examination`: what they were found by; undefined where nothing was analysed. */
  | { readonly kind: 'findings'; readonly findings: readonly Finding[]; readonly examination: Examination | undefined }
  | { readonly kind: 'failed'; readonly error: Error };

/** By syntax tree; the same one may be linted with other settings. */
const results = new WeakMap<TSESLint.SourceCode['ast'], { readonly libraries: readonly Library[]; readonly result: FileResult }>();
const told = new WeakSet<FileResult>();

const nothing: FileResult = { kind: 'findings', findings: [], examination: undefined };

/** Names the file, and both ways out: give it type information, or leave it out. */
function needsTypes(file: string): string {
  return [
    `eslint-plugin-tensor follows values through the program and needs type information, which ${file} is linted without.`,
    'Either use @typescript-eslint/parser for it and set `languageOptions.parserOptions.projectService` to true (in components: `parserOptions.parser`, too);',
    'or leave it out: let the `files` of the config not match it, or put `tensor.configs.disableTypeChecked` for it at the end.',
    'https://typescript-eslint.io/getting-started/typed-linting.',
    'Tools that run ESLint plugins without typescript-eslint (oxlint) cannot run this one on TypeScript.',
  ].join(' ');
}

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
    : file === undefined ? nothing : analyseFile(() => ({ program: compiled, file, elsewhere: uses }), libraries);
  results.set(ast, { libraries, result });
  return result;
}

/** What the file with this syntax tree was analysed to, for those who can show more than findings (the command line). */
export function examinationOf(ast: TSESLint.SourceCode['ast']): Examination | undefined {
  const result = results.get(ast)?.result;
  return result?.kind === 'findings' ? result.examination : undefined;
}

/** A failure is told once a file, by the first rule that hears of it. */
export function tellOnce(result: FileResult): boolean {
  if (told.has(result)) return false;
  told.add(result);
  return true;
}

/** JavaScript that no project includes is read from where it lies, with what it imports. */
function withoutTypes(context: Context, libraries: readonly Library[]): FileResult {
  const { filename, sourceCode: { text } } = context;
  if (!isJavaScript(filename) && !isOfPage(context, libraries)) throw new Error(needsTypes(filename));
  if (!mayOpenScopes(libraries, text)) return nothing;
  return analyseFile(() => {
    const { program, file } = loneProgram(filename, text);
    // Of other scripts that share the names of this one nothing is known.
    const shared = createProgram(program).module(file)?.script === true ? anywhere : undefined;
    return { program, file, elsewhere: linted(context).uses ?? shared };
  }, libraries);
}

const anywhere: Elsewhere = () => true;

/** All that a script of a page uses is in it, or global. */
function isOfPage({ filename, sourceCode: { ast, text } }: Context, libraries: readonly Library[]): boolean {
  return libraries.some(({ globals }) => globals !== undefined && globals.size > 0) && (isCode(filename) ? isScript(ast) : !isWholePage(text));
}

function isScript({ body }: TSESLint.SourceCode['ast']): boolean {
  return !body.some(({ type }) => /^(?:Import|Export|TSImport|TSExport)/.test(type));
}

interface Compiled extends LoneProgram {
  readonly elsewhere: Elsewhere | undefined;
}

function analyseFile(compile: () => Compiled, libraries: readonly Library[]): FileResult {
  try {
    const { program: compiled, file, elsewhere } = compile();
    const program = createProgram(compiled);
    const examination = opensScopes(program, libraries, file) ? examine(program, libraries, file, elsewhere) : undefined;
    return { kind: 'findings', findings: examination?.findings ?? [], examination };
  } catch (error) {
    return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}
