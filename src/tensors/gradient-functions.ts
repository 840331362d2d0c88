/** The functions that `grad` and its kin give, where they are taken for the gradients that they compute. */
import type { Site } from '../program/ir.ts';
import type { Machine } from '../interpreter/machine.ts';
import type { NativeValue, Value } from '../domain/value.ts';

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

/** What a use throws, and who does. */
interface Thrown {
  readonly by: string;
  readonly error: string;
}

/** A function has no such method, and cannot be iterated over. */
export const typeError: Thrown = { by: 'JavaScript', error: 'a TypeError' };

/** `thrown` is undefined where nothing is. */
export function tellTakenForGradients(m: Machine, { differentiates: { library, label } }: GradientFunction, site: Site, thrown: Thrown | undefined): void {
  if (m.muted > 0) return;
  m.observer.mistake({ cause: 'misuse', variant: 'gradientFunction', site, chain: m.frame.chain, scope: label, library: thrown?.by ?? library.title, error: thrown?.error }, m);
}
