
/** Steps for a whole file, and the part of them that one entry may take: about two seconds at worst. */
import { BudgetExceeded, type Machine } from '../interpreter/machine/machine.ts';

const steps = { base: 120_000, perLine: 60 };
const entryShare = 0.5;

/** The steps that a file may take. Code past the bound stays unknown. */
export class Budget {
  #left: number;
  readonly #share: number;
  /** Nothing was left out so far. */
  #suffices = true;

  constructor(readonly machine: Machine, lines: number) {
    this.#left = steps.base + steps.perLine * lines;
    this.#share = this.#left * entryShare;
  }

  get suffices(): boolean {
    return this.#suffices;
  }

  /** Runs one entry. */
  spend(body: () => void): void {
    const m = this.machine;
    const granted = Math.min(this.#left, this.#share);
    m.budget = granted;
    m.reachable = true;
    try {
      m.guarded(body);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.#suffices = false;
    }
    this.#left -= granted - m.budget;
    m.reachable = true;
  }
}
