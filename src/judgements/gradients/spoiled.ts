/**
 * Gradients that are multiplied with zero on the way back: zeros, as long as what comes there is finite. Behind an
 * operation that may have no finite derivative it is NaN instead.
 */
import type { Cause } from '../../calculus/cause.ts';
import { products } from '../../calculus/numbers/flat.ts';
import type { Node } from '../../domain/graph.ts';
import type { Operation } from '../../domain/history.ts';
import type { Loss, Verdict } from './losses.ts';
import type { Break, Trace } from './trace.ts';

/** What is lost for certain, without that of which nobody knows whether zeros come back. */
export function withoutSpoiled(verdict: Verdict, operations: ReadonlyMap<Node, Operation>): Verdict {
  const isTold = (loss: Loss): boolean => loss.kind !== 'severed' || !isMultiplied(loss.at) || !mayBeInfinite(loss.at.after, verdict.trace, operations);
  return { ...verdict, losses: verdict.losses.filter(isTold), conditional: verdict.conditional.filter(isTold) };
}

/** Measured: what is decided by the numbers of an operand is a factor, where the library does not leave elements out. */
function isMultiplied({ cause, after: { path } }: Break): boolean {
  if (path === undefined) return false;
  return cause === 'zero-derivative' ? products.has(path) : factors.has(cause);
}

const factors: ReadonlySet<Cause> = new Set<Cause>(['dead-activation', 'constant-where']);

function mayBeInfinite(from: Node, trace: Trace, operations: ReadonlyMap<Node, Operation>): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    for (const { edge, to } of trace.usersOf(node)) {
      if (edge.effect !== 'flows') continue;
      const operation = operations.get(to);
      if (operation !== undefined && isPerhapsSingular(operation)) return true;
      seen.add(to);
    }
  }
  return false;
}

/** An operand may be where the operation has no finite derivative. */
function isPerhapsSingular({ library: { usage }, path, operands }: Operation): boolean {
  const singularity = Object.hasOwn(usage.singular, path) ? usage.singular[path] : undefined;
  if (singularity === undefined || operands === undefined) return false;
  const operand = operands[singularity.at];
  if (operand?.kind === 'literal') return singularity.between.some(([low, high]) => Number(operand.value) >= low && Number(operand.value) <= high);
  // Numbers that are computed elsewhere are taken to be such as one divides by.
  if (operand?.kind !== 'tensor') return false;
  const { low, high } = operand.facts.range;
  return singularity.between.some(([from, to]) => low <= to && high >= from);
}
