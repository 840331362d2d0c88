import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import type { ESLint } from 'eslint';

export interface Measurement {
  /** Seconds of all threads. */
  readonly cpu: number;
  /** Seconds since the process began. */
  readonly wall: number;
  /** Seconds inside rules, as ESLint counts them. */
  readonly rules: number;
  /** The most memory that the process has had, in megabytes. */
  readonly memory: number;
  /** Milliseconds inside rules, by the file, the slowest first. */
  readonly slowest: readonly (readonly [string, number])[];
  readonly findings: number;
}

// The CLI as users start it; a preloaded module says at the end what the process has used.
const eslint = fileURLToPath(new URL('bin/eslint.js', import.meta.resolve('eslint/package.json')));
const clock = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(JSON.stringify({ cpu: (user + system) / 1e6, wall: performance.now() / 1e3, memory: process.resourceUsage().maxRSS / 1024 }));
});`;

/** Lints a directory in a fresh process. */
export async function measure(directory: string, config: string): Promise<Measurement> {
  const preload = `data:text/javascript,${encodeURIComponent(clock)}`;
  const child = spawn(process.execPath, ['--import', preload, eslint, '--config', config, '--format', 'json', '--stats', '.'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  if (code !== 0 && code !== 1) throw new Error(`ESLint ended with ${code}:\n${errors}`);

  const results = JSON.parse(output) as ESLint.LintResult[];
  const messages = results.flatMap((result) => result.messages);
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(`The corpus in ${directory} cannot be linted: ${fatal.message}`);
  const files = results.map((result) => [path.relative(directory, result.filePath), insideRules(result)] as const).sort(([, a], [, b]) => b - a);
  const rules = files.reduce((sum, [, milliseconds]) => sum + milliseconds, 0) / 1e3;
  return { ...(JSON.parse(errors) as Pick<Measurement, 'cpu' | 'wall' | 'memory'>), rules, slowest: files.slice(0, 5), findings: messages.length };
}

/** Milliseconds. */
function insideRules({ stats }: ESLint.LintResult): number {
  const passes = stats?.times.passes ?? [];
  return passes.flatMap(({ rules }) => Object.values(rules ?? {})).reduce((sum, { total }) => sum + total, 0);
}
