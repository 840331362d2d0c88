/** What becomes of gradients: whether anything in the program looks at them. */
import type { Gradient } from '../domain/history.ts';
import type { Value } from '../domain/value.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { reachableNodes } from '../interpreter/values/reach.ts';
import type { FunctionCode } from '../program/ir.ts';

/** Remembers a gradient, to follow what is done with it: also one of a run that only collects effects. */
export function computed(m: Machine, gradient: Omit<Gradient, 'kind' | 'silent'>): void {
  m.history.hasGradients = true;
  m.history.add({ ...gradient, kind: 'gradient', silent: m.occasion.isSilent });
}

/** The values go where they may be looked at. */
export function use(m: Machine, values: readonly Value[]): void {
  if (!m.history.hasGradients) return;
  for (const value of values) for (const node of reachableNodes(m, value)) node.used = true;
}

/** A function of the program gives the value back. */
export function returnGradients(m: Machine, code: FunctionCode, value: Value): void {
  const { givers, hasGradients } = m.history;
  if (!hasGradients) return;
  for (const node of reachableNodes(m, value)) givers.set(node, [...givers.get(node) ?? [], code]);
}
