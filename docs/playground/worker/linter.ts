/** ESLint's browser build with the plugin, over a program that is there already. */
import { analyze } from '@typescript-eslint/scope-manager';
import { astConverter } from '@typescript-eslint/typescript-estree/use-at-your-own-risk';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { Linter } from 'eslint/universal';
import type ts from 'typescript';

import { findingTold } from '../../../src/eslint/told.ts';
import plugin from '../../../src/index.ts';
import type { Finding } from '../../../src/judgements/finding.ts';
import { namespace } from '../../../src/package.ts';
import type { Level } from '../example.ts';

export interface Linted {
  readonly message: Linter.LintMessage;
  /** What the message says, as data. */
  readonly finding: Finding | undefined;
}

export function lint(program: ts.Program, file: string, level: Level): readonly Linted[] {
  const source = program.getSourceFile(file);
  if (source === undefined) return [];
  const parser = parserOver(program, source);
  const messages = new Linter({ configType: 'flat', cwd: '/' }).verify(source.text, [{
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { [namespace]: plugin },
    rules: plugin.configs[level].rules,
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  }], { filename: file });
  return messages.map((message) => ({ message, finding: parser.ast && findingTold(parser.ast, message) }));
}

type ProgramParser = Linter.Parser & {
  /** The syntax tree; undefined where there is none because of an error. */
  readonly ast: object | undefined;
};

/** What @typescript-eslint/parser does, without its search for files and projects, for which it needs Node. */
function parserOver(program: ts.Program, source: ts.SourceFile): ProgramParser {
  let ast: object | undefined;
  return {
    meta: { name: 'eslint-plugin-tensor/playground' },
    get ast() { return ast; },
    parseForESLint(): Linter.ESLintParseResult {
      // Making the checker gives the nodes their parents.
      program.getTypeChecker();
      const { estree, astMaps } = astConverter(source, settings, true);
      ast = estree;
      return {
        ast: estree as unknown as Linter.ESLintParseResult['ast'],
        services: { program, ...astMaps },
        scopeManager: analyze(estree, { sourceType: 'module' }) as unknown as NonNullable<Linter.ESLintParseResult['scopeManager']>,
        visitorKeys: visitorKeys as unknown as NonNullable<Linter.ESLintParseResult['visitorKeys']>,
      };
    },
  };
}

/** The rest of them is about files and projects. */
const settings = { comment: true, loc: true, range: true, tokens: true, allowInvalidAST: false, errorOnUnknownASTType: false, suppressDeprecatedPropertyWarnings: true } as unknown as Parameters<typeof astConverter>[1];
