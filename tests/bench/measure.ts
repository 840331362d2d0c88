import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import type { ESLint } from 'eslint';

export interface Measurement {
  /** Seconds of all threads. */
  readonly cpu: number;
  /** Seconds since the process began. */
  readonly wall: number;
  readonly findings: number;
}

// The CLI as users start it; a preloaded module says at the end what the process has used.
const eslint = fileURLToPath(new URL('bin/eslint.js', import.meta.resolve('eslint/package.json')));
const clock = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(JSON.stringify({ cpu: (user + system) / 1e6, wall: performance.now() / 1e3 }));
});`;

/** Lints a directory in a fresh process. */
export async function measure(directory: string, config: string): Promise<Measurement> {
  const preload = `data:text/javascript,${encodeURIComponent(clock)}`;
  const child = spawn(process.execPath, ['--import', preload, eslint, '--config', config, '--format', 'json', '.'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  if (code !== 0 && code !== 1) throw new Error(`ESLint ended with ${code}:\n${errors}`);

  const messages = (JSON.parse(output) as ESLint.LintResult[]).flatMap((result) => result.messages);
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(`The corpus in ${directory} cannot be linted: ${fatal.message}`);
  return { ...(JSON.parse(errors) as Pick<Measurement, 'cpu' | 'wall'>), findings: messages.length };
}
