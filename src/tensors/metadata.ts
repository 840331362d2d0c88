/** What a tensor says of its shape and type, as values. */
import { sizeOfDimensions } from '../calculus/numbers/dimensions.ts';
import { isNamed } from '../calculus/numbers/types.ts';
import type { TensorValue, Value } from '../domain/value.ts';
import { amount, literal, never } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { array } from '../interpreter/values/lists.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Site } from '../program/ir.ts';
import { namedDimensions } from './named-lengths.ts';

type What = NonNullable<Extract<Meaning, { is: 'metadata' }>['of']>;

/** Undefined where it is not known. An axis whose length is not known is a number. */
export function metadataOf(m: Machine, tensor: TensorValue, what: What, site: Site): Value | undefined {
  const { type } = tensor.facts;
  if (what === 'type') return isNamed(type) ? literal(type) : undefined;
  const dimensions = namedDimensions(m, tensor);
  if (dimensions.open) return undefined;
  const { lengths } = dimensions;
  switch (what) {
    case 'shape': return array(m, { items: lengths.map(amount), others: never }, site);
    case 'rank': return literal(lengths.length);
    case 'size': return amount(sizeOfDimensions(dimensions));
  }
}
