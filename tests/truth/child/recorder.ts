/** Records what differentiations do, whichever library does them. */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { Frame, Gradient, Warned, ObservedScope, ObservedSource, Observation, Thrown } from '../observation.ts';
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
  #reads: (readonly Frame[])[] = [];
  #losses: Warned['losses'][number][] = [];
  #taken: Warned['taken'][number][] = [];
  #paired: (readonly Frame[])[] = [];
  #layers: Warned['layers'][number][] = [];
  #mixed: (readonly Frame[])[] = [];
  #notFinite: Sourced[] = [];
  #notANumber: (readonly Frame[])[] = [];
  /** Variables of the program that runs. */
  #variables: object[] = [];
  /** Of each gradient that a scope gave, the scopes that gave one like it. */
  readonly #given = new WeakMap<object, string>();
  #applied = new Set<string>();

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
    this.#variables.push(variable);
    this.#made.set(variable, { made: this.#made.get(variable)?.made ?? this.here(), owner });
  }

  /** Runs a differentiation that the program has called. */
  scope<Result>(api: string, body: () => Result): Result {
    const open: Open = { sources: [] };
    const [frames, nested] = [this.here(), this.#open.length > 0];
    let threw: Thrown | undefined;
    this.#open.push(open);
    let given: readonly object[] = [];
    try {
      const result = body();
      given = gradientsIn(result);
      return result;
    } catch (error) {
      threw = thrown(error, this.#isProgram);
      throw error;
    } finally {
      this.#open.pop();
      const scope = { api, frames, nested, sources: open.sources, threw, applied: undefined };
      const key = JSON.stringify(scope);
      this.#scopes.set(key, scope);
      for (const gradient of given) this.#given.set(gradient, key);
    }
  }

  /** The innermost differentiation has got gradients, or none because it threw. */
  gradients(sources: readonly object[], fateOf?: (index: number) => Fate): void {
    const open = this.#open.at(-1);
    if (open !== undefined) open.sources = sources.map((source, index) => ({ ...(this.#made.get(source) ?? none), ...(fateOf?.(index) ?? untold) }));
  }

  /** The program, or something that it called, has looked at a value. */
  used(value: unknown): void {
    const key = typeof value === 'object' && value !== null ? this.#given.get(value) : undefined;
    if (key !== undefined) this.#applied.add(key);
  }

  read(): void {
    this.#reads.push(framesHere(this.#isProgram));
  }

  /** An optimizer has moved a variable with the moments of another one. */
  mixed(): void {
    this.#mixed.push(this.here());
  }

  /** The gradient of a source is NaN or infinite. */
  notFinite(source: object): void {
    this.#notFinite.push(this.#made.get(source) ?? none);
  }

  /** An element of a result is NaN. */
  notANumber(): void {
    this.#notANumber.push(framesHere(this.#isProgram));
  }

  lossGiven(probabilities: boolean): void {
    this.#losses.push({ frames: framesHere(this.#isProgram), probabilities });
  }

  /** A logarithm or a root of these numbers is taken. */
  taken(values: ArrayLike<number>): void {
    const ordered = Float32Array.from(values).sort();
    this.#taken.push({ frames: framesHere(this.#isProgram), low: ordered[0] ?? 0, high: ordered.at(-1) ?? 0 });
  }

  /** A column and a vector are brought to all pairs. */
  paired(): void {
    this.#paired.push(framesHere(this.#isProgram));
  }

  layerRun(name: string, training: boolean): void {
    this.#layers.push({ frames: framesHere(this.#isProgram), name, training });
  }

  uncaught(error: unknown): void {
    this.#uncaught.push(thrown(error, this.#isProgram));
  }

  lacks(what: string): void {
    this.#lacking ??= what;
  }

  /** What has happened since the last time. */
  take(areAlike?: (variable: object) => boolean): Observation {
    const scopes = [...this.#scopes].map(([key, scope]) => ({ ...scope, applied: areAlike && this.#applied.has(key) }));
    const weights = areAlike && this.#variables.map((variable) => ({ ...(this.#made.get(variable) ?? none), alike: areAlike(variable) }));
    const observation = { scopes, warned: weights && { reads: this.#reads, losses: this.#losses, taken: this.#taken, paired: this.#paired, layers: this.#layers, mixed: this.#mixed, notFinite: this.#notFinite, notANumber: this.#notANumber, weights }, uncaught: this.#uncaught, lacking: this.#lacking };
    [this.#reads, this.#losses, this.#taken, this.#paired, this.#layers, this.#mixed, this.#notFinite, this.#notANumber, this.#variables, this.#applied] = [[], [], [], [], [], [], [], [], [], new Set()];
    [this.#scopes, this.#uncaught, this.#lacking] = [new Map<string, ObservedScope>(), [], undefined];
    return observation;
  }
}

/** The gradients in what a function that differentiates gives: tensors, or an object with them. */
function gradientsIn(result: unknown): readonly object[] {
  if (typeof result !== 'object' || result === null) return [];
  if ('dataId' in result) return [result];
  if (Array.isArray(result)) return result.flatMap(gradientsIn);
  const { grads = {}, grad } = result as { readonly grads?: Readonly<Record<string, unknown>>; readonly grad?: unknown };
  return [...Object.values(grads), grad].flatMap(gradientsIn);
}

/** What the numbers of a gradient say; `undefined` is none. */
export function fateIn(values: ArrayLike<number> | undefined): Fate {
  return { gradient: values === undefined ? 'absent' : gradientOf(Array.from(values)), causes: [] };
}

function gradientOf(values: readonly number[]): Gradient {
  const others = values.filter((value) => value !== 0);
  if (others.length === 0) return 'zeros';
  return others.every(Number.isNaN) ? 'NaN' : 'non-zero';
}
