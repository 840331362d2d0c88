/** `eslint-plugin-tensor [paths]` */
import type { ESLint } from 'eslint';

import plugin from '../index.ts';
import { namespace } from '../package.ts';
import type { Severity } from '../plugin.ts';
import { CannotRun } from './cannot-run.ts';
import { type ExitCode, exit } from './exit.ts';
import { filesIn } from './files.ts';
import { formats } from './formats/index.ts';
import { lint } from './lint.ts';
import { ProgramLinter } from './linter.ts';
import type { LintCommand } from './options.ts';
import { relativePath } from './paths.ts';
import { progressOn } from './progress.ts';
import { type Totals, totalsOf } from './report.ts';
import { Sources } from './sources.ts';
import { type Terminal, painter, widthOf } from './terminal.ts';

export async function lintCommand(command: LintCommand, eslint: typeof ESLint, terminal: Terminal): Promise<ExitCode> {
  const { cwd, stdout, stderr } = terminal;
  const linter = new ProgramLinter(eslint, cwd, rulesOf(command));
  const files = filesIn(cwd, command.paths);
  const progress = progressOn(stderr, widthOf(stderr));
  const warn = (sentence: string): void => void stderr.write(`${sentence}\n`);
  const report = await lint(linter, { cwd, files, fix: command.fix, progress, warn }).finally(() => { progress.done(); });
  for (const { file, line, title } of report.mends) warn(`Fixed ${relativePath(cwd, file)}:${String(line)}: ${title}`);
  const text = await formats[command.format]({ report, sources: new Sources(), cwd, paint: painter(stdout), width: widthOf(stdout), eslint });
  stdout.write(text);
  return exitCode(command, totalsOf(report), warn);
}

export function exitCode({ maxWarnings }: Pick<LintCommand, 'maxWarnings'>, { errors, warnings, crashes }: Totals, warn: (sentence: string) => void): ExitCode {
  if (crashes > 0) return exit.failed;
  if (errors > 0) return exit.findings;
  if (maxWarnings === undefined || warnings <= maxWarnings) return exit.clean;
  warn(`${String(warnings)} ${warnings === 1 ? 'warning is' : 'warnings are'} more than the ${String(maxWarnings)} that --max-warnings allows.`);
  return exit.findings;
}

function rulesOf({ strict, rules: named }: LintCommand): Readonly<Record<string, Severity>> {
  if (named.length === 0) return (strict ? plugin.configs.strict : plugin.configs.recommended).rules;
  return Object.fromEntries(named.map((name) => {
    const id = `${namespace}/${name}`;
    const severity = plugin.configs.strict.rules[id];
    if (severity === undefined) throw new CannotRun(`There is no rule '${name}'. The rules are: ${Object.keys(plugin.rules).sort().join(', ')}.`);
    return [id, severity];
  }));
}
