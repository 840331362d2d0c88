/** Records what differentiations do, whichever library does them. */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { Frame, ObservedScope, ObservedSource, Observation, Thrown } from '../observation.ts';
import { framesHere, isDirectCaller, thrown } from './frames.ts';

interface Open {
  sources: readonly ObservedSource[];
}

type Sourced = Pick<ObservedSource, 'made' | 'owner'>;

type Fate = Pick<ObservedSource, 'gradient' | 'causes'>;

const untold: Fate = { gradient: undefined, causes: [] };
const none: Sourced = { made: [], owner: [] };

export class Recorder {
  readonly #isProgram: (file: string) => boolean;
  #scopes = new Map<string, ObservedScope>();
  #uncaught: Thrown[] = [];
  #lacking: string | undefined;
  readonly #open: Open[] = [];
  readonly #calls = new AsyncLocalStorage<readonly Frame[]>();
  readonly #made = new WeakMap<object, Sourced>();

  constructor(isProgram: (file: string) => boolean) {
    this.#isProgram = isProgram;
  }

  /** Where the program is now: where it called what runs on its own since, if it did. */
  here(): readonly Frame[] {
    return this.#calls.getStore() ?? framesHere(this.#isProgram);
  }

  /** Runs what goes on after the program's call of it has returned. */
  call<Result>(body: () => Result): Result {
    return this.#calls.run(this.here(), body);
  }

  /** Whether the function that asks was called by the program, not by the library. */
  isCalledByProgram(): boolean {
    return isDirectCaller(this.#isProgram);
  }

  /** A variable has been made; `owner` is where the layer was made whose weight it is. */
  made(variable: object, owner: readonly Frame[] = []): void {
    this.#made.set(variable, { made: this.#made.get(variable)?.made ?? this.here(), owner });
  }

  /** Runs a differentiation that the program has called. */
  scope<Result>(api: string, body: () => Result): Result {
    const open: Open = { sources: [] };
    const [frames, nested] = [this.here(), this.#open.length > 0];
    let threw: Thrown | undefined;
    this.#open.push(open);
    try {
      return body();
    } catch (error) {
      threw = thrown(error, this.#isProgram);
      throw error;
    } finally {
      this.#open.pop();
      const scope = { api, frames, nested, sources: open.sources, threw };
      this.#scopes.set(JSON.stringify(scope), scope);
    }
  }

  /** The innermost differentiation has got gradients, or none because it threw. */
  gradients(sources: readonly object[], fateOf?: (index: number) => Fate): void {
    const open = this.#open.at(-1);
    if (open !== undefined) open.sources = sources.map((source, index) => ({ ...(this.#made.get(source) ?? none), ...(fateOf?.(index) ?? untold) }));
  }

  uncaught(error: unknown): void {
    this.#uncaught.push(thrown(error, this.#isProgram));
  }

  lacks(what: string): void {
    this.#lacking ??= what;
  }

  /** What has happened since the last time. */
  take(): Observation {
    const observation = { scopes: [...this.#scopes.values()], uncaught: this.#uncaught, lacking: this.#lacking };
    [this.#scopes, this.#uncaught, this.#lacking] = [new Map<string, ObservedScope>(), [], undefined];
    return observation;
  }
}

/** What the numbers of a gradient say; `undefined` is none. */
export function fateIn(values: ArrayLike<number> | undefined): Fate {
  const gradient = values === undefined ? 'absent' : Array.prototype.every.call(values, (value) => value === 0) ? 'zeros' : 'non-zero';
  return { gradient, causes: [] };
}
