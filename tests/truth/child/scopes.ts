/** The functions that differentiate, under the names that TF.js and the core share, each recorded. */
import type { Recorder } from './recorder.ts';

type Callable = (this: unknown, ...args: unknown[]) => unknown;

const immediate = ['variableGrads'] as const;
const later = ['grad', 'grads', 'valueAndGrad', 'valueAndGrads'] as const;

/** Exports of a library that differentiate, by name. */
export type Differentiators = Readonly<Record<(typeof immediate)[number] | (typeof later)[number], Callable>>;

export function recorded(library: Differentiators, recorder: Recorder): Differentiators {
  return Object.fromEntries([
    ...immediate.map((name) => [name, wrapped(name, library[name], recorder)] as const),
    ...later.map((name) => {
      const original = library[name];
      return [name, (...args: unknown[]) => wrapped(name, original(...args) as Callable, recorder)] as const;
    }),
  ]) as Differentiators;
}

/** `minimize` calls `computeGradients`; what it does then is no differentiation. */
export function recordOptimizer(prototype: { computeGradients: unknown }, recorder: Recorder): void {
  prototype.computeGradients = wrapped('computeGradients', prototype.computeGradients as Callable, recorder);
}

function wrapped(name: string, original: Callable, recorder: Recorder): Callable {
  return function (...args) {
    return recorder.scope(name, () => original.apply(this, args));
  };
}
