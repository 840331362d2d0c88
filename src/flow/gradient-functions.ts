/** The functions that `grad` and its kin give, where they are taken for the gradients that they compute. */
import type { Site } from '../program/ir.ts';
import type { Machine } from './machine.ts';
import type { NativeValue, Value } from './value.ts';

export interface GradientFunction extends NativeValue {
  readonly differentiates: NonNullable<NativeValue['differentiates']>;
}

export function isGradientFunction(value: Value): value is GradientFunction {
  return value.kind === 'native' && value.differentiates !== undefined;
}

/** What people look for among gradients, and a function does not have. */
const parts: ReadonlySet<string> = new Set(['value', 'grad', 'grads']);

export function isPartOfGradients(name: string): boolean {
  return parts.has(name);
}

/** `error` is what the use throws; undefined where nothing is thrown. */
export function tellTakenForGradients(m: Machine, { differentiates: { library, label } }: GradientFunction, site: Site, error: string | undefined): void {
  if (m.muted > 0) return;
  m.observer.mistake({ cause: 'misuse', variant: 'gradientFunction', site, chain: m.frame.chain, scope: label, library: error === 'a TypeError' ? 'JavaScript' : library.title, error }, m);
}
