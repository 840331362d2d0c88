/** `npm run truth` in figures. */
import type { LibraryName } from './observation.ts';
import type { Truth } from './truth.ts';

const silent = '(no report)';

/** Rules × (examples executed, agreed, disagreed), on TF.js and on the core. */
export function table(truths: readonly Truth[]): string {
  const rules = [...new Set(truths.flatMap(({ program }) => program.rules))].sort();
  const rows = [...rules, silent].map((rule) => [rule, ...figures(truths.filter(({ program }) => (rule === silent ? program.rules.length === 0 : program.rules.includes(rule))))]);
  const head = ['', 'programs', 'not executed', 'TF.js: executed', 'agreed', 'disagreed', 'core: executed', 'agreed', 'disagreed', 'TF.js only'];
  return aligned([head, ...rows, ['all', ...figures(truths)]]);
}

function figures(truths: readonly Truth[]): readonly string[] {
  const notExecuted = truths.filter(({ program }) => program.notExecuted !== undefined).length;
  return [truths.length, notExecuted, ...library(truths, 'tfjs'), ...library(truths, 'core'), lacking(truths)].map(String);
}

function library(truths: readonly Truth[], name: LibraryName): readonly number[] {
  const answers = truths.flatMap(({ answers: { [name]: answer } }) => (answer?.kind === 'executed' ? answer : []));
  const disagreed = answers.filter(({ disagreements }) => disagreements.length > 0).length;
  return [answers.length, answers.length - disagreed, disagreed];
}

function lacking(truths: readonly Truth[]): number {
  return truths.filter(({ answers: { core } }) => core?.kind === 'lacking').length;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')).join('\n');
}

/** Sources on which lint and run were compared, and those that only one of them knows. */
export function sourceFigures(truths: readonly Truth[]): string {
  const total = { compared: 0, lint: 0, run: 0 };
  for (const { answers } of truths) {
    for (const answer of Object.values(answers)) {
      if (answer.kind !== 'executed') continue;
      total.compared += answer.compared;
      total.lint += answer.unmatched.lint;
      total.run += answer.unmatched.run;
    }
  }
  return `Sources compared: ${total.compared}; known to the linter only: ${total.lint}; to the run only: ${total.run}.`;
}
