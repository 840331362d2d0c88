/** What becomes of gradients: whether anything in the program looks at them. */
import type { FunctionCode } from '../program/ir.ts';
import type { Machine } from '../interpreter/machine.ts';
import type { ComputedGradient } from '../judgements/training/suspicions.ts';
import { reachableNodes } from '../interpreter/unknown.ts';
import type { Value } from '../domain/value.ts';

/** Remembers a gradient, to follow what is done with it. */
export function computed(m: Machine, gradient: ComputedGradient): void {
  m.hasGradients = true;
  m.observer.gradient(gradient);
}

/** The values go where they may be looked at. */
export function use(m: Machine, values: readonly Value[]): void {
  if (!m.hasGradients) return;
  for (const value of values) for (const node of reachableNodes(m, value)) node.used = true;
}

/** A function of the program gives the value back: who else calls it gets one like it. */
export function giveBack(m: Machine, code: FunctionCode, value: Value): void {
  if (!m.hasGradients) return;
  for (const node of reachableNodes(m, value)) m.givers.set(node, [...m.givers.get(node) ?? [], code]);
}
