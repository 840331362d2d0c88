/** The command line as a function: arguments in, exit code out. */
import type { ESLint } from 'eslint';

import { name, version } from '../package.ts';
import { CannotRun } from './cannot-run.ts';
import { type ExitCode, exit } from './exit.ts';
import { help } from './help.ts';
import { type Command, parseCommand } from './options.ts';
import { loadESLint } from './peers.ts';
import type { Terminal } from './terminal.ts';

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await execute(parseCommand(args), terminal);
  } catch (error) {
    terminal.stderr.write(`${failure(error)}\n`);
    return exit.failed;
  }
}

async function execute(command: Command, terminal: Terminal): Promise<ExitCode> {
  switch (command.kind) {
    case 'help': terminal.stdout.write(help); return exit.clean;
    case 'version': terminal.stdout.write(`${version}\n`); return exit.clean;
    case 'lint': {
      // What follows needs packages that may be missing, and says so first.
      const eslint = peers(terminal);
      return (await import('./lint-command.ts')).lintCommand(command, eslint, terminal);
    }
    case 'explain': peers(terminal); return (await import('./explain/command.ts')).explainCommand(command, terminal);
    case 'coverage': peers(terminal); return (await import('./coverage/command.ts')).coverageCommand(command, terminal);
  }
}

function peers({ cwd }: Terminal): typeof ESLint {
  return loadESLint(cwd);
}

function failure(error: unknown): string {
  if (error instanceof CannotRun) return error.message;
  // The compiler walks a file by recursion, and gives up on all files together.
  if (error instanceof RangeError && /call stack/iu.test(error.message)) return `A file is nested so deeply that the compiler ran out of stack; generated code, most likely. Leave it out. (${error.message})`;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${name} ${version} failed, and it is not your code's fault. Please report this:\n${trace}`;
}
