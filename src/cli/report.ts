/** What a run has found. */
import type { ESLint, Linter } from 'eslint';

import type { Finding } from '../judgements/finding.ts';

export interface Problem {
  readonly message: Linter.LintMessage;
  /** What the message says, as data. A file that cannot be parsed has a message only. */
  readonly finding: Finding | undefined;
}

export interface FileReport {
  readonly file: string;
  readonly problems: readonly Problem[];
}

export interface Mend {
  readonly file: string;
  readonly line: number;
  readonly title: string;
}

/** How far the scopes were followed. */
export interface Followed {
  /** Those that were run. */
  readonly scopes: number;
  /** Of these, followed to their end. */
  readonly decided: number;
  /** Calls that look like scopes, and were not run. */
  readonly notRun: number;
  /** Files of which some was left out, for it takes more steps than it may. */
  readonly overBudget: number;
}

export interface Report {
  readonly files: readonly FileReport[];
  readonly mends: readonly Mend[];
  readonly followed: Followed;
}

export const isError = ({ message }: Problem): boolean => message.severity === 2;

/** The analysis itself has failed: nothing is known of the file. */
export const isCrash = ({ message }: Problem): boolean => message.messageId === 'failed';

export interface Totals {
  readonly errors: number;
  readonly warnings: number;
  readonly crashes: number;
}

export function totalsOf({ files }: Report): Totals {
  const problems = files.flatMap((file) => file.problems);
  const errors = problems.filter(isError).length;
  return { errors, warnings: problems.length - errors, crashes: problems.filter(isCrash).length };
}

/** As ESLint's own API gives it, for its formatters. */
export function resultOf({ file, problems }: FileReport): ESLint.LintResult {
  const messages = problems.map(({ message }) => message);
  const numberOf = (wanted: (message: Linter.LintMessage) => boolean): number => messages.filter(wanted).length;
  return {
    filePath: file,
    messages,
    suppressedMessages: [],
    errorCount: numberOf(({ severity }) => severity === 2),
    fatalErrorCount: numberOf(({ fatal }) => fatal === true),
    warningCount: numberOf(({ severity }) => severity === 1),
    fixableErrorCount: 0,
    fixableWarningCount: 0,
    usedDeprecatedRules: [],
  };
}
