import type { GradientTape } from './gradient-tape.ts';
import type { Tensor } from './tensor.ts';

/**
 * One differentiation that `grad`, `minimize` or another functional form has done. Its gradients may be disposed once
 * the observer has returned; the tape can explain as long as it is held.
 */
export interface Differentiation {
  readonly api: string;
  readonly tape: GradientTape;
  readonly target: Tensor;
  /** What the gradient was asked for: arguments, or variables, trainable or not. */
  readonly sources: readonly Tensor[];
  /** In the order of the sources; null where there is none. */
  readonly gradients: readonly (Tensor | null)[];
}

export type Observer = (differentiation: Differentiation) => void;

export interface ObservationOptions {
  /** Whether explanations name the line of each operation. Costs a stack trace an operation. */
  readonly locations?: boolean;
}

const observers = new Map<Observer, ObservationOptions>();

/**
 * Tells `observer` of every differentiation that a functional form does from now on, before errors are thrown. The
 * tape it gets can `explain` each source.
 * @returns ends the observation
 */
export function observeGradients(observer: Observer, options: ObservationOptions = {}): () => void {
  observers.set(observer, options);
  return () => observers.delete(observer);
}

/** Whether an observer asked for the lines of operations. */
export const locationsWanted = (): boolean => [...observers.values()].some(({ locations }) => locations === true);

export function announce(differentiation: Differentiation): void {
  for (const observer of [...observers.keys()]) observer(differentiation);
}
