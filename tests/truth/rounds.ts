/** Programs that say how they are driven, and what is counted when they are. */
import { fork } from 'node:child_process';
import path from 'node:path';

/** A program with what is done in each round. */
export interface Driven {
  readonly main: string;
  readonly drive: string;
}

export interface Counted {
  readonly main: string;
  /** Tensors in memory after each round. */
  readonly counts: readonly number[];
}

const child = path.join(import.meta.dirname, 'child', 'rounds.ts');

/** Runs all in one process, one after the other. */
export function countRounds(programs: readonly Driven[]): Promise<ReadonlyMap<string, readonly number[]>> {
  return new Promise((resolve, reject) => {
    const counted = new Map<string, readonly number[]>();
    const counting = fork(child, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    counting.on('message', ({ main, counts }: Counted) => { counted.set(main, counts); });
    counting.on('error', reject);
    counting.on('close', () => { resolve(counted); });
    counting.send(programs);
  });
}

/** By how many tensors each of the last rounds grows, where all grow alike. */
export function growthOf(counts: readonly number[]): number | undefined {
  const last = counts.slice(-5);
  const steps = new Set(last.slice(1).map((count, index) => count - last[index]!));
  const [only] = steps;
  return steps.size === 1 ? only : undefined;
}
