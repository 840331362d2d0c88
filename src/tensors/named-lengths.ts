/** Axes of which nobody says how long they are: each has a length of its own. */
import type { Dimensions } from '../calculus/numbers/dimensions.ts';
import { type Symbolic, newLength } from '../calculus/numbers/length.ts';
import type { Node } from '../domain/graph.ts';
import type { TensorValue } from '../domain/value.ts';
import type { Machine } from '../interpreter/machine/machine.ts';

const lengths = new WeakMap<Node, Map<number, Symbolic>>();

/**
 * The shape of a tensor, in which every axis has a length if it is known how many there are. A node that is made in code
 * that runs once is one tensor, and each run of a function makes nodes of its own: its lengths are always the same.
 */
export function namedDimensions(m: Machine, { node, facts: { dimensions } }: TensorValue): Dimensions {
  if (dimensions.open || !dimensions.lengths.includes(undefined) || node.several || node.repeated || node.transparent) return dimensions;
  const known = lengths.get(node);
  if (known === undefined && m.allocator.isRepeating) return dimensions;
  const own = known ?? new Map<number, Symbolic>();
  lengths.set(node, own);
  return { open: false, lengths: dimensions.lengths.map((length, axis) => length ?? named(own, node, axis)) };
}

function named(own: Map<number, Symbolic>, node: Node, axis: number): Symbolic {
  const length = own.get(axis) ?? newLength(`${node.name ?? node.label}.shape[${String(axis)}]`);
  own.set(axis, length);
  return length;
}
