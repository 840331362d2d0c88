/** What a tensor says of its shape and type, as values. */
import { shapeOf } from '../calculus/numbers/dimensions.ts';
import { sizeOf } from '../calculus/shape.ts';
import type { TensorValue, Value } from '../domain/value.ts';
import { literal, never, plainHost } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { array } from '../interpreter/values/lists.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Site } from '../program/ir.ts';

type What = NonNullable<Extract<Meaning, { is: 'metadata' }>['of']>;

/** Undefined where it is not known. An axis whose length is not known is a number. */
export function metadataOf(m: Machine, { facts: { dimensions, type } }: TensorValue, what: What, site: Site): Value | undefined {
  if (what === 'type') return type === undefined ? undefined : literal(type);
  if (dimensions.open) return undefined;
  const { lengths } = dimensions;
  switch (what) {
    case 'shape': return array(m, { items: lengths.map((length) => (length === undefined ? plainHost : literal(length))), others: never }, site);
    case 'rank': return literal(lengths.length);
    case 'size': {
      const shape = shapeOf(dimensions);
      return shape && literal(sizeOf(shape));
    }
  }
}
