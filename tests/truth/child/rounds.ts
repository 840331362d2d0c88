/** The child process that counts: runs programs on TF.js, drives each for some rounds, and tells how many tensors there are after each. */
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';

import type { Counted, Driven } from '../rounds.ts';
import { driver } from './driver.ts';

const rounds = 8;

process.once('message', (programs: readonly Driven[]) => { void countAll(programs); });

async function countAll(programs: readonly Driven[]): Promise<void> {
  await tf.setBackend('cpu');
  for (const program of programs) process.send?.({ main: program.main, counts: await count(program) } satisfies Counted);
  process.disconnect();
}

async function count({ main, drive }: Driven): Promise<readonly number[]> {
  const timers: unknown[] = [];
  const hold = (callback: unknown): number => timers.push(callback);
  Object.assign(globalThis, { setInterval: hold, clearInterval: () => undefined, requestAnimationFrame: hold });
  const program = (await import(pathToFileURL(main).href)) as unknown;
  const body = await driver(drive);
  const counts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await body(program, timers);
    counts.push(tf.memory().numTensors);
  }
  return counts;
}
