/** Layers that are instances of classes of the program: their weights, and when they are made. */
import { OwnLayer } from '../../domain/models.ts';
import type { HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { isUndefined, literal, plainHost } from '../../domain/values.ts';
import { argumentsByType } from '../../interpreter/instances.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { findMember } from '../../interpreter/values/class-members.ts';
import { defineMember } from '../../interpreter/values/properties.ts';

function isLayer({ base }: HeapObject): boolean {
  return base !== undefined && base.library.classes[base.name]?.instance === 'parametrised';
}

/** A new instance of a class that extends the library's layers. */
export function beginLayer(m: Machine, { heap }: ObjectValue): void {
  const library = heap.base?.library;
  if (!isLayer(heap) || library === undefined) return;
  const own = m.history.models.own.get(heap) ?? new OwnLayer(heap.allocation);
  m.history.models.own.set(heap, own);
  m.memory.write(own.flag, literal(true));
  m.memory.write(own.built, literal(false));
  defineMember(m, heap, library.trainable, literal(true));
}

/** What the constructor of the library's class takes from its configuration. */
export function configureLayer(m: Machine, { heap }: ObjectValue, config: Value): void {
  const library = heap.base?.library;
  if (!isLayer(heap) || library === undefined || (config.kind === 'literal')) return;
  const trainable = config.kind === 'object' ? m.getMember(config, literal(library.trainable), heap.site) : plainHost;
  if (!isUndefined(trainable)) defineMember(m, heap, library.trainable, trainable);
}

/** Makes the weights, as the library does before a layer runs for the first time: beside every tape. */
export function build(m: Machine, layer: ObjectValue): void {
  const { heap } = layer;
  const own = m.history.models.own.get(heap);
  const name = heap.base?.library.layers?.build;
  if (own === undefined || name === undefined || heap.class === undefined) return;
  if (isBuilt(m, layer, own)) return;
  m.memory.write(own.built, literal(true));
  const method = findMember(heap.class, name, 'method');
  if (method !== undefined) m.taped(undefined, () => m.invoke(method, layer, argumentsByType(m, method.code.parameters), method.code.nameSite, name));
}

/** Its base class has been told, or its property says so. */
function isBuilt(m: Machine, { heap }: ObjectValue, own: OwnLayer): boolean {
  const property = heap.properties.get(heap.base?.library.layers?.built ?? '');
  return [own.built, ...property === undefined ? [] : [property]].map((cell) => m.memory.read(cell)).some((value) => value?.kind === 'literal' && value.value === true);
}

/** `super.build(…)`. */
export function markBuilt(m: Machine, layer: Value | undefined): void {
  const own = layer?.kind === 'object' ? m.history.models.own.get(layer.heap) : undefined;
  if (own !== undefined) m.memory.write(own.built, literal(true));
  if (layer?.kind === 'instance' && layer.block !== undefined) m.memory.write(layer.block.built, literal(true));
}
