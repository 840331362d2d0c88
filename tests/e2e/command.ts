import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Outcome {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  /** What the command printed, both streams. */
  readonly output: string;
}

export interface Command {
  readonly cwd: string;
  /** Added to those of this process; undefined takes one away. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs a command to its end; how it ended is the caller's matter. */
export async function run(where: string | Command, command: string, ...args: string[]): Promise<Outcome> {
  const { cwd, environment } = typeof where === 'string' ? { cwd: where, environment: {} } : where;
  const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, output };
}

/** Runs a command that has to succeed. */
export async function must(where: string | Command, command: string, ...args: string[]): Promise<void> {
  const { code, output } = await run(where, command, ...args);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}:\n${output}`);
}
