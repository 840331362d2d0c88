/** Uses of tensors: whether they have been disposed before. */
import type { Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { unknownFrom } from '../../interpreter/values/unknown.ts';
import type { Library } from '../../libraries/library.ts';
import type { Site } from '../../program/ir.ts';
import { isDisposed, statesFound } from './states.ts';

/** How a tensor is used: the function's name there, and what the library throws for a tensor that has been disposed. */
export interface Use {
  readonly library: Library;
  readonly label: string;
  readonly site: Site;
  readonly error: string;
}

/** Writes down a use of a tensor that may have been disposed. Where it has been for certain the library throws, and nothing comes behind. */
export function tellUse(m: Machine, value: Value, use: Use): void {
  if (value.kind !== 'tensor') return;
  const { disposals, disposed } = m.history.lifetimes;
  const { node } = value;
  const alternatives = node.alternatives().filter((each) => !each.transparent);
  const states = alternatives.map((each) => statesFound(m, each) ?? []);
  if (!alternatives.some((each) => disposed.has(each))) return;
  const isCertain = states.every((each) => each.length > 0 && each.every(isDisposed));
  const by = isCertain ? states.flat().flatMap((state) => (isDisposed(state) ? disposals[state] ?? [] : [])) : [];
  m.tell({ kind: 'use', node, chain: m.frame.chain, disposals: by, ...use });
  if (by.length > 0) m.throws(unknownFrom(m, [], use.site));
}
