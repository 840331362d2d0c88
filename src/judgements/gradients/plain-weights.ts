/** Plain tensors that were meant as weights, where a loss is made of plain tensors alone. */
import type { Node } from '../../domain/graph.ts';
import type { Trace } from './trace.ts';

/**
 * Tensors that the loss uses and that are begun as weights are, with a shape and no data; unless other ones like them are
 * hidden in a value from before the scope: that may be the forward pass.
 */
export function plainWeights(trace: Trace): readonly Node[] {
  // What is lost of unknown code may have been a variable.
  if (trace.used.some(({ kind, handed }) => kind === 'anything' || (kind === 'external' && !handed))) return [];
  const before = new Set(trace.crossings.flatMap(({ edge }) => trace.origins(edge.from)));
  const begun = [...trace.constants].filter((node) => !node.isOn(trace.tape) && isBegun(node, trace));
  const isHidden = [...before].some((node) => node.kind !== 'constant' ? node.inputs.length === 0 : isBegun(node, trace) && !begun.includes(node));
  return isHidden ? [] : begun.filter((node) => !before.has(node));
}

/** `zeros`, `randomNormal`: it is told a shape, and no numbers. */
function isBegun({ path }: Node, { tape: { library } }: Trace): boolean {
  const meaning = path !== undefined && Object.hasOwn(library.members, path) ? library.members[path] : undefined;
  return meaning?.is === 'leaf' && meaning.data === undefined && meaning.shape !== undefined;
}
