/** Shapes as arrays of the program: of symbolic tensors, and those that methods of layers get and give. */
import type { LayerShape } from '../../calculus/shapes/layers/layer-shape.ts';
import type { ObjectValue } from '../../domain/value.ts';
import { literal, never, plainHost } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { array, isExact } from '../../interpreter/values/lists.ts';
import type { Site } from '../../program/ir.ts';

/** An array that holds a shape, made at a site. */
export function storedShape(m: Machine, shape: LayerShape | undefined, site: Site): ObjectValue {
  const items = shape?.map((length) => (length === undefined ? plainHost : literal(length)));
  return m.allocator.along('shape', () => array(m, items === undefined ? { items: [], others: plainHost } : { items, others: never }, site));
}

export function readShape(m: Machine, { heap }: ObjectValue): LayerShape | undefined {
  const list = m.memory.list(heap);
  return isExact(list) ? list.items.map((item) => (item.kind === 'literal' && (typeof item.value === 'number' || item.value === null) ? item.value : undefined)) : undefined;
}
