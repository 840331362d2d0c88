/** Shapes as arrays of the program: of symbolic tensors, those that methods of layers get and give, and those that layers are built for. */
import type { LayerShape } from '../../calculus/shapes/layers/layer-shape.ts';
import type { Block, ObjectValue, Value } from '../../domain/value.ts';
import { isUndefined, literal, never, plainHost } from '../../domain/values.ts';
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

// — what a layer is built for —

/** A layer gets its weights when it is first given something, for the shape of that. */
export function buildFor(m: Machine, part: Value, shape: LayerShape | undefined): void {
  if (part.kind !== 'instance' || part.block?.structure.kind !== 'layer') return;
  const { takes, site } = part.block;
  const before = m.memory.read(takes);
  if (before?.kind === 'object') return;
  // Where it has been built on some ways only it may be for either.
  m.memory.write(takes, storedShape(m, before !== undefined && isUndefined(before) ? shape : undefined, site));
}

/** The shape that a layer is built for; undefined where it is not built, or where it is not known. */
export function builtFor(m: Machine, { takes, allocation }: Block): LayerShape | undefined {
  const stored = allocation.summary ? undefined : m.memory.read(takes);
  return stored?.kind === 'object' ? readShape(m, stored) : undefined;
}
