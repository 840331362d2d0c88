/** Lints scripts with the plugin's sources, many in one TypeScript program. */
import path from 'node:path';

import { Linter } from 'eslint';
import ts from 'typescript';

import tensor from '../../src/index.ts';
import { parserOf } from './program-parser.ts';

/** What the linter says of a script. */
export interface Linted {
  readonly answer: Answer;
  readonly milliseconds: number;
}

export type Answer =
  | { readonly kind: 'reports'; readonly reports: readonly Report[] }
  /** The analysis gave up, or the linter threw. */
  | { readonly kind: 'failed'; readonly message: string }
  /** TypeScript refuses what Node runs: nobody's belief. */
  | { readonly kind: 'unparsed'; readonly message: string };

export interface Report {
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

/** Lints files, each when it is asked for. */
export type Lint = (files: readonly string[]) => (file: string) => Linted;

const options: ts.CompilerOptions = {
  allowJs: true,
  checkJs: false,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // Tests use what is new; a page has the DOM.
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'],
  types: [],
  noEmit: true,
  skipLibCheck: true,
};

/** A linter of scripts in `root`, which has a `node_modules`. What is declared elsewhere is read once. */
export function createLint(root: string): Lint {
  const host = ts.createCompilerHost(options);
  const declared = new Map<string, ts.SourceFile | undefined>();
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    if (!file.endsWith('.d.ts')) return read(file, ...rest);
    if (!declared.has(file)) declared.set(file, read(file, ...rest));
    return declared.get(file);
  };
  const linter = new Linter({ configType: 'flat', cwd: root });
  return (files) => {
    const program = ts.createProgram([...files], options, host);
    const config: Linter.Config[] = [{ files: ['**/*.js'], languageOptions: { parser: parserOf(program) } }, tensor.configs.recommended];
    return (file) => {
      const source = program.getSourceFile(file)!;
      const [error] = program.getSyntacticDiagnostics(source);
      if (error !== undefined) return { answer: { kind: 'unparsed', message: ts.flattenDiagnosticMessageText(error.messageText, ' ') }, milliseconds: 0 };
      return twiceIfSlow(() => lintOne(() => linter.verify(source.text, config, { filename: path.resolve(file), allowInlineConfig: false })));
    };
  };
}

/** A machine that does something else meanwhile makes any script slow. */
function twiceIfSlow(lint: () => Linted): Linted {
  const first = lint();
  if (first.milliseconds < 1000) return first;
  const second = lint();
  return second.milliseconds < first.milliseconds ? second : first;
}

function lintOne(verify: () => readonly Linter.LintMessage[]): Linted {
  const start = performance.now();
  const answer = answerOf(verify);
  return { answer, milliseconds: performance.now() - start };
}

function answerOf(verify: () => readonly Linter.LintMessage[]): Answer {
  try {
    const messages = verify();
    const failed = messages.find(({ messageId }) => messageId === 'failed');
    if (failed !== undefined) return { kind: 'failed', message: failed.message };
    return { kind: 'reports', reports: messages.map(({ ruleId, line, message }) => ({ rule: ruleId ?? 'eslint', line, message })) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
