/** ESLint with the plugin and nothing else, over programs that are made here. */
import path from 'node:path';

import * as typescript from '@typescript-eslint/parser';
import type { ESLint, Linter } from 'eslint';

import { findingTold } from '../eslint/told.ts';
import plugin from '../index.ts';
import { namespace } from '../package.ts';
import type { Severity } from '../plugin.ts';
import type { CompiledProgram } from '../program/projects.ts';
import { CannotRun } from './cannot-run.ts';
import type { Problem } from './report.ts';

export class ProgramLinter {
  readonly #eslint: ESLint;
  #program: CompiledProgram | undefined;
  /** The syntax tree of the file that was parsed last. */
  #ast: object | undefined;

  constructor(Implementation: typeof ESLint, cwd: string, rules: Readonly<Record<string, Severity>>) {
    this.#eslint = new Implementation({
      // ESLint ignores what lies outside its folder, and the user may name any.
      cwd: path.parse(cwd).root,
      overrideConfigFile: true,
      overrideConfig: [{
        files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
        plugins: { [namespace]: plugin },
        rules,
        languageOptions: { parser: this.#parser() },
        // Comments that silence other plugins' rules are not unused.
        linterOptions: { reportUnusedDisableDirectives: 'off' },
      }],
    });
  }

  /** `text`: what stands in the file, where it is not what is on disk. */
  async lint(program: CompiledProgram, file: string, text: string | undefined): Promise<readonly Problem[]> {
    this.#program = program;
    const messages = await this.#messages(file, text);
    const ast = this.#ast;
    // A file that cannot be parsed leaves none.
    this.#ast = undefined;
    return messages.filter(isOurs).map((message) => ({ message, finding: ast && findingTold(ast, message) }));
  }

  async #messages(file: string, text: string | undefined): Promise<readonly Linter.LintMessage[]> {
    try {
      const [result] = text === undefined ? await this.#eslint.lintFiles([file]) : await this.#eslint.lintText(text, { filePath: file });
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
