
/** A tensor that cannot be assigned. */
import { type Facts, noFacts } from '../calculus/numbers/facts.ts';
import type { Node, Trainability } from '../domain/graph.ts';
import type { ListState, TensorValue, Value } from '../domain/value.ts';
import { never } from '../domain/values.ts';
import type { Library } from '../libraries/library.ts';

export function tensorOf(library: Library, node: Node, facts: Facts = noFacts): TensorValue {
  return { kind: 'tensor', library, class: 'Tensor', node, facts };
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
