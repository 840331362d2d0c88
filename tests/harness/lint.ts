import { readFile } from 'node:fs/promises';

import parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';

import type { Report, Suggestion } from './report.ts';

export interface FixtureLinter {
  lint(file: string): Promise<Report[]>;
}

/** Lints typed programs below `root`, which holds their tsconfig.json. One instance serves many files. */
export function createFixtureLinter(root: string, configs: readonly Linter.Config[]): FixtureLinter {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
        languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: root } },
      },
      ...configs,
    ],
  });
  return {
    async lint(file) {
      const [result] = await eslint.lintFiles([file]);
      const source = await readFile(file, 'utf8');
      return result!.messages.map((message) => toReport(message, source));
    },
  };
}

function toReport(message: Linter.LintMessage, source: string): Report {
  const { line, column } = message;
  const continues = message.endLine !== undefined && message.endLine > line;
  const lineEnd = source.split('\n')[line - 1]!.length + 1;
  const endColumn = continues ? lineEnd : (message.endColumn ?? column);
  return {
    line,
    column,
    // A marker needs at least one character.
    endColumn: Math.max(endColumn, column + 1),
    continues,
    // ESLint itself reports syntax errors and unused directives.
    rule: message.ruleId?.replace(/^.*\//u, '') ?? 'eslint',
    message: message.message,
    suggestions: (message.suggestions ?? []).map((suggestion) => toSuggestion(suggestion, source)),
  };
}

function toSuggestion({ desc, fix }: Linter.LintSuggestion, source: string): Suggestion {
  const [from, to] = fix.range;
  return { description: desc, result: changedLines(source, source.slice(0, from) + fix.text + source.slice(to)) };
}

/** The lines of `after` between the first and the last line that differ. */
function changedLines(before: string, after: string): string {
  const old = before.split('\n');
  const lines = after.split('\n');
  let head = 0;
  while (head < lines.length && lines[head] === old[head]) head++;
  let tail = 0;
  while (tail < lines.length - head && tail < old.length - head && lines.at(-1 - tail) === old.at(-1 - tail)) tail++;
  return lines.slice(head, lines.length - tail).join('\n');
}
