/** Workflow commands: GitHub Actions shows them at their lines. https://docs.github.com/actions/reference/workflow-commands */
import type { Problem } from '../report.ts';
import { isError } from '../report.ts';
import { relativePath } from '../../paths.ts';
import type { Format } from './format.ts';

export const github: Format = ({ report, cwd }) =>
  report.files.flatMap(({ file, problems }) => problems.map((problem) => `${command(relativePath(cwd, file), problem)}\n`)).join('');

function command(file: string, problem: Problem): string {
  const { line, column, endLine, endColumn, ruleId, message } = problem.message;
  const properties = Object.entries({ file, line, endLine, col: column, endColumn, title: ruleId ?? 'syntax' })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  return `::${isError(problem) ? 'error' : 'warning'} ${properties.join(',')}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
