/** ESLint with the plugin and nothing else, over programs that are made here. */
import path from 'node:path';

import * as typescript from '@typescript-eslint/parser';
import type { ESLint, Linter } from 'eslint';

import { type Seen, seenIn } from '../analysis/coverage.ts';
import { examinationOf } from '../eslint/file-findings.ts';
import { findingTold } from '../eslint/told.ts';
import plugin from '../index.ts';
import { namespace } from '../package.ts';
import type { Severity } from '../plugin.ts';
import { type CompiledProgram, textIn } from '../program/projects.ts';
import { CannotRun } from './cannot-run.ts';
import type { GlobalNames } from './globals/script-tags.ts';
import type { Library } from '../libraries/library.ts';
import type { Problem } from './report.ts';

/** A project as the compiler has read it, and the global names that stand for libraries in it. */
export interface Compiled {
  readonly program: CompiledProgram;
  readonly globals: GlobalNames;
  readonly libraries: readonly Library[];
}

/** What is said of a file, and which of its scopes were run; undefined where none can be. */
export interface Linted {
  readonly problems: readonly Problem[];
  readonly seen: Seen | undefined;
}

export class ProgramLinter {
  /** By the settings that differ from project to project. */
  readonly #known = new Map<string, ESLint>();
  #program: CompiledProgram | undefined;
  /** The syntax tree of the file that was parsed last. */
  #ast: ReturnType<typeof typescript.parseForESLint>['ast'] | undefined;

  constructor(readonly Implementation: typeof ESLint, readonly cwd: string, readonly rules: Readonly<Record<string, Severity>>) {}

  #eslint(globals: GlobalNames): ESLint {
    const key = JSON.stringify(globals);
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#make(globals)));
    return known;
  }

  #make(globals: GlobalNames): ESLint {
    return new this.Implementation({
      // ESLint ignores what lies outside its folder, and the user may name any.
      cwd: path.parse(this.cwd).root,
      overrideConfigFile: true,
      overrideConfig: [{
        files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
        plugins: { [namespace]: plugin },
        rules: this.rules,
        settings: { [namespace]: { globals } },
        languageOptions: { parser: this.#parser() },
        // Comments that silence other plugins' rules are not unused.
        linterOptions: { reportUnusedDisableDirectives: 'off' },
      }],
    });
  }

  async lint({ program, globals, libraries }: Compiled, file: string): Promise<Linted> {
    this.#program = program;
    const messages = await this.#messages(this.#eslint(globals), file, textIn(program, file));
    const ast = this.#ast;
    // A file that cannot be parsed leaves none.
    this.#ast = undefined;
    const examination = ast && examinationOf(ast);
    return { problems: messages.filter(isOurs).map(inColumns).map((message) => ({ message, finding: ast && findingTold(ast, message) })), seen: examination && seenIn(examination, libraries) };
  }

  async #messages(eslint: ESLint, file: string, text: string | undefined): Promise<readonly Linter.LintMessage[]> {
    try {
      const [result] = text === undefined ? await eslint.lintFiles([file]) : await eslint.lintText(text, { filePath: file });
      return result?.messages ?? [];
    } catch (error) {
      throw new CannotRun(`ESLint failed on ${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  #parser(): Linter.Parser {
    return {
      meta: typescript.meta,
      parseForESLint: (text, options: object) => {
        const parsed = typescript.parseForESLint(text, { ...options, programs: this.#program === undefined ? null : [this.#program] });
        this.#ast = parsed.ast;
        return parsed as unknown as Linter.ESLintParseResult;
      },
    };
  }
}

/** The plugin's own, or that the file cannot be parsed. Comments in the file may have switched on rules of ESLint. */
function isOurs({ ruleId, fatal }: Linter.LintMessage): boolean {
  return fatal === true || (ruleId?.startsWith(`${namespace}/`) ?? false);
}

/** ESLint counts columns from 1; the parser counts the one where it stopped from 0, and ESLint leaves that as it is. */
function inColumns(message: Linter.LintMessage): Linter.LintMessage {
  return message.fatal === true ? { ...message, column: message.column + 1 } : message;
}
