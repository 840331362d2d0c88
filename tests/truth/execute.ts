/** Runs programs in child processes, many in one: starting TF.js takes longer than most of them run. */
import { fork } from 'node:child_process';
import path from 'node:path';

import type { Job, Told } from './child/main.ts';
import type { LibraryName, Observation } from './observation.ts';
import type { Program } from './programs.ts';

const child = path.join(import.meta.dirname, 'child', 'main.ts');
const patience = 60_000;

/** What happened, or why the process ended before the program did. */
export type Outcome = Observation | { readonly died: string };

/** Runs each program once. */
export async function execute(programs: readonly Program[], library: LibraryName, processes = 2): Promise<ReadonlyMap<Program, Outcome>> {
  const outcomes = new Map<Program, Outcome>();
  const batches = apart(programs);
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await runBatch(batch, library, outcomes);
  };
  await Promise.all(Array.from({ length: processes }, work));
  return outcomes;
}

/** At least two batches, and no file twice in one: a process evaluates a module only once. */
function apart(programs: readonly Program[]): Program[][] {
  const batches: { readonly programs: Program[]; readonly files: Set<string> }[] = [0, 1].map(() => ({ programs: [], files: new Set() }));
  for (const program of programs) {
    let batch = batches.filter(({ files }) => !program.files.some((file) => files.has(file))).sort((a, b) => a.programs.length - b.programs.length)[0];
    if (batch === undefined) batches.push((batch = { programs: [], files: new Set() }));
    batch.programs.push(program);
    for (const file of program.files) batch.files.add(file);
  }
  return batches.map((batch) => batch.programs).filter((batch) => batch.length > 0);
}

/** Runs a batch; one that dies goes on in a new process behind the program that killed it. */
async function runBatch(batch: readonly Program[], library: LibraryName, outcomes: Map<Program, Outcome>): Promise<void> {
  let rest = batch;
  while (rest.length > 0) {
    const died = await runProcess(rest, library, outcomes);
    const killer = rest.find((program) => !outcomes.has(program));
    if (killer === undefined) return;
    outcomes.set(killer, { died });
    rest = rest.slice(rest.indexOf(killer) + 1);
  }
}

function runProcess(programs: readonly Program[], library: LibraryName, outcomes: Map<Program, Outcome>): Promise<string> {
  return new Promise((resolve) => {
    const process = fork(child, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let died = '';
    process.stderr?.on('data', (text: Buffer) => { died = (died + text.toString()).slice(-2000); });
    const kill = (): void => {
      died = `It has not ended after ${patience / 1000} s.`;
      process.kill('SIGKILL');
    };
    let clock = setTimeout(kill, patience);
    process.on('message', ({ main, observation }: Told) => {
      const program = programs.find((candidate) => candidate.main === main);
      if (program !== undefined) outcomes.set(program, observation);
      clearTimeout(clock);
      clock = setTimeout(kill, patience);
    });
    process.on('close', (code) => {
      clearTimeout(clock);
      resolve(died === '' ? `The process ended with ${String(code)}.` : died);
    });
    process.send({ library, mains: programs.map(({ main }) => main), files: programs.flatMap(({ files }) => files) } satisfies Job);
  });
}
