/** Runs the parts of a file within the steps that it may take. */
import { Allowance, StepsExceeded } from '../interpreter/machine/allowance.ts';
import type { Machine } from '../interpreter/machine/machine.ts';

/**
 * Training scripts and their helpers take some thousand steps, and something of a library happens at some dozen places
 * in them. An application that only imports one of them takes as many as it is given, and nothing happens.
 */
const steps = { base: 1_000, perLine: 10, perPlace: { here: 1_000, elsewhere: 150 }, share: 0.5 };
/** However long the file is. */
const most = { beforeAnything: 60_000, whole: 400_000 };

/** What the analysis of a file of so many lines may take. */
export function allowanceFor(file: string, lines: number): Allowance {
  const { base, perLine, perPlace, share } = steps;
  return new Allowance(file, { base: Math.min(base + perLine * lines, most.beforeAnything), perPlace, most: most.whole, share });
}

export class Budget {
  /** Nothing was left out so far. */
  #suffices = true;

  constructor(readonly machine: Machine) {}

  get suffices(): boolean {
    return this.#suffices;
  }

  /** Runs one entry. Code past the bound stays unknown. */
  spend(body: () => void): void {
    const m = this.machine;
    m.allowance.enter();
    m.reachable = true;
    try {
      m.guarded(body);
    } catch (error) {
      if (!(error instanceof StepsExceeded) && !isOutOfStack(error)) throw error;
      this.#suffices = false;
    }
    m.reachable = true;
  }
}

/** How much of the stack a call of the program takes depends on what stands around it: calls within calls that are few enough may be too many still. */
function isOutOfStack(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}
