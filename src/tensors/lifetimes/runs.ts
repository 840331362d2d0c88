/** Which run of code that others call is at hand. */
import type { Round } from '../../domain/lifetimes.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';

/** Undefined in what a module does itself, loops included. */
export function runAtHand({ history: { lifetimes } }: Machine): Round | undefined {
  let run: Round | undefined;
  for (let { round } = lifetimes; round !== undefined; round = round.outer) if (round.of !== undefined && round.of.kind !== 'loop') run = round;
  return run;
}

/** In how many rounds, one within the other, the code at hand stands. */
export function roundsAround({ history: { lifetimes } }: Machine): number {
  let count = 0;
  for (let { round } = lifetimes; round !== undefined; round = round.outer) count++;
  return count;
}
