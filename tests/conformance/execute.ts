/** Finds in Node which scripts do what they are meant to; the others say nothing of the interpreter. */
import { fork } from 'node:child_process';
import path from 'node:path';

import type { Job, Told } from './child.ts';
import type { Candidate } from './script.ts';

const child = path.join(import.meta.dirname, 'child.ts');
/** A realm that has run a module stays in memory, and after so many a new process is faster. */
const perProcess = 500;
/** For one test: longer than the child waits for it, and a loop of microtasks it cannot end itself. */
const patience = 20_000;

/** The tests that hold in Node as a module, each in the way that does. */
export async function execute(candidates: readonly Candidate[]): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, number>();
  let rest = candidates;
  // A test that takes the process with it is left out, and the next process goes on behind it.
  while (rest.length > 0) {
    const batch = rest.slice(0, perProcess);
    await runProcess(batch, told);
    const killer = batch.findIndex(({ test }) => !told.has(test));
    if (killer >= 0) told.set(batch[killer]!.test, -1);
    rest = rest.slice(killer < 0 ? batch.length : killer + 1);
  }
  return new Map(candidates.flatMap(({ test, variants }) => {
    const variant = variants[told.get(test)!];
    return variant === undefined ? [] : [[test, variant]];
  }));
}

function runProcess(candidates: readonly Candidate[], told: Map<string, number>): Promise<void> {
  return new Promise((resolve) => {
    const process = fork(child, { cwd: import.meta.dirname, execArgv: ['--experimental-vm-modules', '--import', 'tsx'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const kill = (): void => { process.kill('SIGKILL'); };
    let clock = setTimeout(kill, 3 * patience);
    process.on('message', ({ test, variant }: Told) => {
      told.set(test, variant);
      clearTimeout(clock);
      clock = setTimeout(kill, patience);
    });
    // A process that has died while it was being told what to do is closed, too.
    process.on('error', () => {});
    process.on('close', () => {
      clearTimeout(clock);
      resolve();
    });
    process.send({ candidates } satisfies Job);
  });
}
