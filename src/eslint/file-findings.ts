/** The findings of the file that is linted: one analysis, however many rules ask. */
import type { TSESLint } from '@typescript-eslint/utils';

import { examine } from '../analysis/analysis.ts';
import type { Subject } from '../domain/reasons.ts';
import type { Finding } from '../judgements/finding.ts';
import type { Examination } from '../judgements/gradients/inspection.ts';
import { concerns, mayConcern } from '../analysis/gate.ts';
import type { Program } from '../program/program.ts';
import type { Elsewhere } from '../program/scripts.ts';
import type { Library } from '../libraries/library.ts';
import { namespace } from '../package.ts';
import { createProgram } from '../program/index.ts';
import { loneProgram } from '../program/lone.ts';
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
const analysed = new WeakMap<TSESLint.SourceCode['ast'], AnalysedFile>();
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

/** What the analysis of the file at hand says of a subject. Throws where ESLint was set up without type information. */
export function fileResult(context: Context, libraries: readonly Library[], subject: Subject): FileResult {
  const { ast } = context.sourceCode;
  let file = analysed.get(ast);
  if (file?.libraries !== libraries) analysed.set(ast, (file = new AnalysedFile(libraries, opened(context, libraries))));
  return file.about(subject);
}

/** What the file with this syntax tree was analysed to, for those who can show more than findings (the command line). */
export function examinationOf(ast: TSESLint.SourceCode['ast']): Examination | undefined {
  return analysed.get(ast)?.examination;
}

/** One analysis, made when the first rule asks of whose subject there may be something in the file. */
class AnalysedFile {
  #compiled: CompiledFile | undefined;
  #result: FileResult | undefined;

  constructor(readonly libraries: readonly Library[], readonly opened: OpenedFile | undefined) {}

  about(subject: Subject): FileResult {
    const { opened } = this;
    if (opened?.mayConcern(subject) !== true) return nothing;
    try {
      const { program, file } = this.#compiled ??= opened.compile();
      return concerns(program, this.libraries, file, subject) ? this.#analyse(this.#compiled) : nothing;
    } catch (error) {
      return (this.#result ??= { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  get examination(): Examination | undefined {
    return this.#result?.kind === 'findings' ? this.#result.examination : undefined;
  }

  #analyse({ program, file, elsewhere }: CompiledFile): FileResult {
    if (this.#result !== undefined) return this.#result;
    const examination = examine(program, this.libraries, file, elsewhere);
    return (this.#result = { kind: 'findings', findings: examination?.findings ?? [], examination });
  }
}

/** A failure is told once a file, by the first rule that hears of it. */
export function tellOnce(result: FileResult): boolean {
  if (told.has(result)) return false;
  told.add(result);
  return true;
}

/** A file before it is compiled. */
interface OpenedFile {
  /** Asked before it costs a program. */
  readonly mayConcern: (subject: Subject) => boolean;
  readonly compile: () => CompiledFile;
}

interface CompiledFile {
  readonly program: Program;
  readonly file: string;
  readonly elsewhere: Elsewhere | undefined;
}

/** Undefined where the program does not have it. */
function opened(context: Context, libraries: readonly Library[]): OpenedFile | undefined {
  const compiled = context.sourceCode.parserServices?.program;
  if (compiled == null) return withoutTypes(context, libraries);
  const { file, uses } = linted(context);
  return file === undefined ? undefined : { mayConcern: () => true, compile: () => ({ program: createProgram(compiled), file, elsewhere: uses }) };
}

/** JavaScript that no project includes is read from where it lies, with what it imports. */
function withoutTypes(context: Context, libraries: readonly Library[]): OpenedFile {
  const { filename, sourceCode: { text } } = context;
  if (!isJavaScript(filename) && !isOfPage(context, libraries)) throw new Error(needsTypes(filename));
  return {
    mayConcern: (subject) => mayConcern(libraries, text, subject),
    compile: () => {
      const lone = loneProgram(filename, text);
      const program = createProgram(lone.program);
      // Of other scripts that share the names of this one nothing is known.
      const shared = program.module(lone.file)?.script === true ? anywhere : undefined;
      return { program, file: lone.file, elsewhere: linted(context).uses ?? shared };
    },
  };
}

const anywhere: Elsewhere = () => true;

/** All that a script of a page uses is in it, or global. */
function isOfPage({ filename, sourceCode: { ast, text } }: Context, libraries: readonly Library[]): boolean {
  return libraries.some(({ globals }) => globals !== undefined && globals.size > 0) && (isCode(filename) ? isScript(ast) : !isWholePage(text));
}

function isScript({ body }: TSESLint.SourceCode['ast']): boolean {
  return !body.some(({ type }) => /^(?:Import|Export|TSImport|TSExport)/.test(type));
}
