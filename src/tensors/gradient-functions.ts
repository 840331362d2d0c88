/** The functions that `grad` and its kin give, where they are taken for the gradients that they compute. */
import type { NativeValue, Value } from '../domain/value.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Misuse } from '../interpreter/machine/semantics.ts';
import type { Site } from '../program/ir.ts';

export interface GradientFunction extends NativeValue {
  readonly differentiates: NonNullable<NativeValue['differentiates']>;
}

export function isGradientFunction(value: Value): value is GradientFunction {
  return value.kind === 'native' && value.differentiates !== undefined;
}

/** What people look for among gradients, and a function does not have. */
const parts: ReadonlySet<string> = new Set(['value', 'grad', 'grads']);

/** What a use throws, and who does. */
interface Thrown {
  readonly by: string;
  readonly error: string;
}

/** A function has no such method, and cannot be iterated over. */
const typeError: Thrown = { by: 'JavaScript', error: 'a TypeError' };

export function misusedFunction(m: Machine, native: NativeValue, how: Misuse): void {
  if (!isGradientFunction(native)) return;
  const { site: made } = native.differentiates;
  switch (how.as) {
    case 'receiver': tellTakenForGradients(m, native, how.site, typeError); return;
    case 'iterable': tellTakenForGradients(m, native, made, typeError); return;
    case 'record': if (parts.has(how.key)) tellTakenForGradients(m, native, made, undefined);
  }
}

/** `thrown` is undefined where nothing is. */
export function tellTakenForGradients(m: Machine, { differentiates: { library, label } }: GradientFunction, site: Site, thrown: Thrown | undefined): void {
  m.tell({ kind: 'mistake', cause: 'misuse', variant: 'gradientFunction', site, chain: m.frame.chain, scope: label, library: thrown?.by ?? library.title, error: thrown?.error });
}
