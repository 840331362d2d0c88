
/** A tensor that cannot be assigned. */
import { type Dimensions, joinDimensions } from '../calculus/numbers/dimensions.ts';
import { type Facts, noFacts, rangeFacts } from '../calculus/numbers/facts.ts';
import { anyNumber } from '../calculus/numbers/interval.ts';
import type { Node, Trainability } from '../domain/graph.ts';
import type { ListState, TensorValue, Value } from '../domain/value.ts';
import { never } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Library } from '../libraries/library.ts';

export function tensorOf(m: Machine, library: Library, node: Node, facts: Facts = noFacts): TensorValue {
  noteShape(m, node, facts.dimensions);
  return { kind: 'tensor', library, class: 'Tensor', node, facts };
}

/** For those who show or count what is known: of a node that stands for several tensors, what they have in common. */
export function noteShape({ history: { shapes } }: Machine, node: Node, dimensions: Dimensions): void {
  const before = node.several ? shapes.get(node) : undefined;
  shapes.set(node, before === undefined ? dimensions : joinDimensions(before, dimensions));
}

/** Of a tensor nothing is known but its shape. */
export function shapeFacts(dimensions: Dimensions): Facts {
  return rangeFacts(anyNumber, dimensions, undefined);
}

/**
 * What stands in a tensor under numbers. One node may stand for several tensors, of which each is the node again. What a
 * library hands to a function of the program as one tensor is one, without items. Of all else that is not known.
 */
export function itemsOf(tensor: TensorValue): ListState | undefined {
  const { role } = tensor.node;
  if (role.kind === 'operation' && role.several === true) return { items: [], others: tensor };
  return role.kind === 'source' && role.made === 'argument' ? { items: [], others: never } : undefined;
}

/** What an argument that switches training, left out where training is on, says of a variable. */
export function trainabilityOf(argument: Value): Trainability {
  if (argument.kind !== 'literal') return 'unsure';
  return argument.value === false ? 'no' : 'yes';
}
