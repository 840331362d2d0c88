/** `eslint-plugin-tensor [paths]` */
import type { ESLint } from 'eslint';

import plugin from '../index.ts';
import { namespace } from '../package.ts';
import type { Severity } from '../plugin.ts';
import { CannotRun } from './cannot-run.ts';
import { type ExitCode, exit } from './exit.ts';
import type { Texts } from '../program/projects.ts';
import { fileOfText, filesIn } from './files.ts';
import { formats } from './formats/index.ts';
import { lint } from './lint.ts';
import { ProgramLinter } from './linter.ts';
import type { Input, LintCommand } from './options.ts';
import { outputTo } from './output.ts';
import { relativePath } from '../paths.ts';
import { progressOn } from './progress.ts';
import { type Totals, totalsOf } from './report.ts';
import { type Terminal, widthOf } from './terminal.ts';
import { sourcesOnDisk } from './texts.ts';

export async function lintCommand(command: LintCommand, eslint: typeof ESLint, terminal: Terminal): Promise<ExitCode> {
  const { cwd, stderr } = terminal;
  const output = outputTo(command.output, terminal);
  const linter = new ProgramLinter(eslint, cwd, rulesOf(command));
  const { files, texts } = await read(command.input, terminal);
  const progress = progressOn(stderr, widthOf(stderr));
  const warn = (sentence: string): void => void stderr.write(`${sentence}\n`);
  const report = await lint(linter, { cwd, files, texts, fix: command.fix, progress, warn }).finally(() => { progress.done(); });
  for (const { file, line, title } of report.mends) warn(`Fixed ${relativePath(cwd, file)}:${String(line)}: ${title}`);
  const text = await formats[command.format]({ report, sources: sourcesOnDisk(texts), cwd, paint: output.paint, width: output.width, eslint });
  output.write(text);
  return exitCode(command, totalsOf(report), warn);
}

async function read(input: Input, { cwd, stdin }: Terminal): Promise<{ readonly files: readonly string[]; readonly texts: Texts }> {
  if (input.kind === 'paths') return { files: filesIn(cwd, input.paths), texts: new Map<string, string>() };
  const file = fileOfText(cwd, input.file);
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return { files: [file], texts: new Map([[file, Buffer.concat(chunks).toString().replace(/^\uFEFF/u, '')]]) };
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
