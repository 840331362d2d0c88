/** Code that runs, or goes on, at some time after the place at which it was met. */
import type { Cell } from '../../domain/cell.ts';
import type { Event } from '../../domain/history.ts';
import type { Content, Delta } from '../../domain/store.ts';

export interface Job {
  /** Runs it from what is there. */
  readonly run: () => void;
  /** What it has read, with all that was there in any of its runs. */
  readonly found: Map<Cell, Content>;
  /** What it told in its last run. */
  told: ReadonlySet<Event>;
  /** When that was. */
  moment: number;
}

/** More of them are not run again: what they write is known from their first run. */
const limit = 64;

export class Jobs {
  #jobs: readonly Job[] = [];
  #interim: Delta | undefined;
  #moment = 0;

  get all(): readonly Job[] {
    return this.#jobs;
  }

  /** One of them is run again. */
  get isRunning(): boolean {
    return this.#interim !== undefined;
  }

  /** What others have written since the job at hand was met: it may find that wherever it waits. */
  get interim(): Delta {
    return this.#interim ?? new Map();
  }

  /** How many runs there have been. */
  get moment(): number {
    return this.#moment;
  }

  /** Takes up one that has been run for the first time. */
  add(job: Omit<Job, 'moment'>): void {
    if (this.#jobs.length < limit) this.#jobs = [...this.#jobs, { ...job, moment: ++this.#moment }];
  }

  /** It has been run again. */
  ran(job: Job): void {
    job.moment = ++this.#moment;
  }

  /** What they told stands from now on. */
  close(): void {
    this.#jobs = this.#jobs.filter(({ told }) => told.size === 0);
  }

  during(interim: Delta, body: () => void): void {
    this.#interim = interim;
    try {
      body();
    } finally {
      this.#interim = undefined;
    }
  }
}
