
/** A tensor that cannot be assigned. */
import { type Facts, noFacts } from '../calculus/numbers/facts.ts';
import type { Node, Trainability } from '../domain/graph.ts';
import type { TensorValue, Value } from '../domain/value.ts';
import type { Library } from '../libraries/library.ts';

export function tensorOf(library: Library, node: Node, facts: Facts = noFacts): TensorValue {
  return { kind: 'tensor', library, class: 'Tensor', node, facts };
}

/** What an argument that switches training, left out where training is on, says of a variable. */
export function trainabilityOf(argument: Value): Trainability {
  if (argument.kind !== 'literal') return 'unsure';
  return argument.value === false ? 'no' : 'yes';
}
