/** The command line in this process, with what it wrote. */
import { PassThrough, Readable } from 'node:stream';

import { run as runCommand } from '../../src/cli/run.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(cwd: string, ...args: string[]): Promise<Outcome> {
  return runOn('', cwd, ...args);
}

/** With a text on its standard input. */
export async function runOn(text: string, cwd: string, ...args: string[]): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCommand(args, { cwd, stdin: Readable.from([text]), stdout, stderr });
  return { code, stdout: read(stdout), stderr: read(stderr) };
}

function read(stream: PassThrough): string {
  return (stream.read() as Buffer | null)?.toString() ?? '';
}
