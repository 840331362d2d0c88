/** Runs the parts of a file within the steps that it may take. */
import { Allowance, StepsExceeded } from '../interpreter/machine/allowance.ts';
import type { Machine } from '../interpreter/machine/machine.ts';

/** What leads to a scope: the file opens some itself, or it only imports a file that does. */
export type Lead = 'opens' | 'imports';

/**
 * A file that trains a model is run to its end, through all that a page does before somebody presses its button: that is
 * what it was written for, and a project has few of them. Many import one. An application that does takes as many steps as
 * it is given, and nothing happens; something of a library happens at some dozen places in a helper.
 */
const before: Readonly<Record<Lead, { readonly base: number; readonly perLine: number; readonly most: number }>> = {
  opens: { base: 60_000, perLine: 100, most: 160_000 },
  imports: { base: 1_000, perLine: 10, most: 60_000 },
};
const perPlace = { here: 1_000, elsewhere: 150 };
const share = 0.5;
const most = 400_000;

/** What the analysis of a file of so many lines may take. */
export function allowanceFor(file: string, lines: number, lead: Lead): Allowance {
  const { base, perLine, most: atMost } = before[lead];
  return new Allowance(file, { base: Math.min(base + perLine * lines, atMost), perPlace, most, share });
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
