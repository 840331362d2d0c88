/** Code that runs, or goes on, at some time after the place at which it was met. */
import type { Cell } from '../../domain/cell.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Event } from '../../domain/history.ts';
import type { Content, Delta, Store } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';
import type { Workshop } from './allocator.ts';

/** What tells one job from another: two calls in one activation, given the same, are one and the same piece of code. */
export interface Start {
  readonly activation: Environment;
  readonly given: readonly Value[];
}

/** A piece of code that a job may run. */
export interface Part {
  /** What it has when it is run again. */
  readonly holds: { readonly environment: Environment; readonly values: readonly Value[] };
  /** Runs it from what is there. */
  readonly run: () => void;
  /** What its runs that tell nothing have in common. */
  readonly workshop: Workshop;
  /** What it has read, with all that was there in any of its runs. */
  readonly found: Map<Cell, Content>;
  /** How much had been made when its last run ended. */
  ended: number;
}

export interface Job {
  /** Undefined where nothing tells. */
  readonly start: Start | undefined;
  /** Whether its first step comes behind what is at hand, as what stands behind an `await` does in any case. */
  readonly begins: 'later' | 'perhaps now';
  /** How often code had waited when it was met; undefined of code that was met at several places. */
  readonly waits: number | undefined;
  /** One of these runs, and it is not known which. */
  readonly parts: readonly Part[];
  /** What it told in its last run. */
  told: ReadonlySet<Event>;
  /** When that was. */
  moment: number;
}

interface Compared {
  readonly content: Content;
  readonly moment: number;
}

const none: Delta = new Map();

/** Of more of them the last one stands for all that come. */
const limit = 64;

export class Jobs {
  #jobs: readonly Job[] = [];
  /** What those have that are never run again. */
  readonly #resting: Part['holds'][] = [];
  /** Those that have read a place. */
  readonly #readers = new Map<Cell, Set<Job>>();
  /** When a place was last read by one that is new, or was run again. */
  readonly #readAt = new Map<Cell, number>();
  /** What places held when all that have read them were last asked whether it is new to them, and when that was. By who asks. */
  readonly #compared = new Map<symbol, Map<Cell, Compared>>();
  #interim: Delta | undefined;
  #store: Store | undefined;
  #behind: 'all of it' | 'what waits' | 'perhaps nothing' = 'perhaps nothing';
  #moment = 0;

  get all(): readonly Job[] {
    return this.#jobs;
  }

  /** The one that is to stand for one more; undefined as long as there are few. */
  get last(): Job | undefined {
    return this.#jobs.length < limit ? undefined : this.#jobs.at(-1);
  }

  /** One of them is run again. */
  get isRunning(): boolean {
    return this.#interim !== undefined;
  }

  /** What others have written since the job at hand was met: it may find that wherever it waits. */
  get interim(): Delta {
    return this.#interim ?? none;
  }

  /** How many runs there have been. */
  get moment(): number {
    return this.#moment;
  }

  /** Takes up one that has been run for the first time. */
  add(job: Omit<Job, 'moment'>): void {
    const added = { ...job, moment: ++this.#moment };
    this.#jobs = [...this.#jobs, added];
    for (const cell of readBy(job)) this.#addReader(cell, added);
  }

  /** Takes up one that has read nothing that may change: it is not run again, and has what it has. */
  rest({ parts }: Pick<Job, 'parts'>): void {
    for (const { holds } of parts) this.#resting.push(holds);
  }

  /** What code has that runs at some later time. */
  get held(): readonly Part['holds'][] {
    return [...this.#resting, ...this.#jobs.flatMap(({ parts }) => parts.map(({ holds }) => holds))];
  }

  /** It has been run again, until so much had been made, and has found something at some places. */
  ran(job: Job, ended: number, contents: Iterable<readonly [Cell, Content]>): void {
    job.moment = ++this.#moment;
    for (const part of job.parts) part.ended = ended;
    for (const [cell, content] of contents) {
      for (const { found } of job.parts) found.set(cell, content);
      this.#addReader(cell, job);
    }
  }

  #addReader(cell: Cell, job: Job): void {
    const readers = this.#readers.get(cell);
    if (readers === undefined) this.#readers.set(cell, new Set([job]));
    else readers.add(job);
    this.#readAt.set(cell, this.#moment);
  }

  /** Of some places what they hold, where that has not been compared yet with what was found there. `work`: who asks. */
  uncompared(work: symbol, cells: Iterable<Cell>, store: Store): ReadonlyMap<Cell, Content> {
    const compared = this.#compared.get(work);
    const left = new Map<Cell, Content>();
    for (const cell of cells) {
      const content = store.read(cell);
      const known = compared?.get(cell);
      if (content !== undefined && !(known?.content === content && known.moment >= this.#lastRead(cell))) left.set(cell, content);
    }
    return left;
  }

  #lastRead(cell: Cell): number {
    const own = this.#readAt.get(cell) ?? 0;
    return cell.holder === undefined ? own : Math.max(own, this.#readAt.get(cell.holder) ?? 0);
  }

  /** It has been compared. */
  compared(work: symbol, contents: ReadonlyMap<Cell, Content>): void {
    let compared = this.#compared.get(work);
    if (compared === undefined) this.#compared.set(work, compared = new Map<Cell, Compared>());
    for (const [cell, content] of contents) compared.set(cell, { content, moment: this.#moment });
  }

  /** Of some places those that each job has read, or that belong to an object of which it has read something. */
  concerned(cells: Iterable<Cell>): ReadonlyMap<Job, ReadonlySet<Cell>> {
    const concerned = new Map<Job, Set<Cell>>();
    const add = (cell: Cell, readers: ReadonlySet<Job> | undefined): void => {
      if (readers === undefined) return;
      for (const job of readers) {
        const known = concerned.get(job);
        if (known === undefined) concerned.set(job, new Set([cell]));
        else known.add(cell);
      }
    };
    for (const cell of cells) {
      add(cell, this.#readers.get(cell));
      if (cell.holder !== undefined) add(cell, this.#readers.get(cell.holder));
    }
    return concerned;
  }

  /** Lets go of one that another one stands for. */
  drop(job: Job): void {
    this.#keep((each) => each !== job);
  }

  /** What they told stands from now on. */
  close(): void {
    this.#keep(({ told }) => told.size === 0);
  }

  #keep(isKept: (job: Job) => boolean): void {
    for (const job of this.#jobs) {
      if (!isKept(job)) for (const cell of readBy(job)) this.#readers.get(cell)?.delete(job);
    }
    this.#jobs = this.#jobs.filter(isKept);
  }

  /** Runs one of them again, from what is there: after all of it for certain, if nothing has waited since it was met. `interim`: what it may find in place of that, if it ran before. */
  during<T>({ begins, waits }: Job, { interim, store, since }: { readonly interim: Delta; readonly store: Store; readonly since: number }, body: () => T): T {
    this.#interim = interim;
    this.#store = store;
    this.#behind = waits !== since ? 'perhaps nothing' : begins === 'later' ? 'all of it' : 'what waits';
    try {
      return body();
    } finally {
      this.#interim = undefined;
    }
  }

  /**
   * What the code at hand, behind an `await` or not, certainly finds at a place that is said to hold this; undefined where
   * it may run before that was written.
   */
  certainly(cell: Cell, content: Content, late: boolean): Content | undefined {
    if (!this.isRunning) return content;
    const before = this.#store?.read(cell);
    const isBehind = this.#behind === 'all of it' || (this.#behind === 'what waits' && late);
    if (isBehind) return this.#interim?.get(cell) === content ? before : content;
    return content === before ? undefined : content;
  }
}

/** The places that any of its parts has read. */
export function readBy({ parts }: Pick<Job, 'parts'>): Iterable<Cell> {
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only.found.keys() : new Set(parts.flatMap(({ found }) => [...found.keys()]));
}
