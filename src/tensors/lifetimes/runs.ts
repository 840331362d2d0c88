/** Which run of code that others call is at hand. */
import type { Round } from '../../domain/lifetimes.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';

/** Undefined in what a module does itself. */
export function runAtHand({ history: { lifetimes } }: Machine): Round | undefined {
  let { round } = lifetimes;
  while (round?.outer !== undefined) round = round.outer;
  return round;
}
