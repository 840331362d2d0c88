/** Layers that are instances of classes of the program: their weights, and when they are made. */
import { findMember } from '../../interpreter/classes.ts';
import { OwnLayer } from '../../domain/block.ts';
import { invoke } from '../../interpreter/functions.ts';
import type { Machine } from '../../interpreter/machine.ts';
import { defineMember, getMember } from '../../interpreter/members.ts';
import { argumentsByType } from '../../interpreter/realm.ts';
import { type HeapObject, type ObjectValue, type Value, isUndefined, literal, plainHost } from '../../domain/value.ts';

function isLayer({ base }: HeapObject): boolean {
  return base !== undefined && base.library.classes[base.name]?.instance === 'parametrised';
}

/** A new instance of a class that extends the library's layers. */
export function beginLayer(m: Machine, { heap }: ObjectValue): void {
  const library = heap.base?.library;
  if (!isLayer(heap) || library === undefined) return;
  const own = m.models.own.get(heap) ?? new OwnLayer();
  m.models.own.set(heap, own);
  for (const cell of [own.flag, own.built]) cell.summary = heap.summary;
  m.write(own.flag, literal(true));
  m.write(own.built, literal(false));
  defineMember(m, heap, library.trainable, literal(true), undefined);
}

/** What the constructor of the library's class takes from its configuration. */
export function configureLayer(m: Machine, { heap }: ObjectValue, config: Value): void {
  const library = heap.base?.library;
  if (!isLayer(heap) || library === undefined || (config.kind === 'literal')) return;
  const trainable = config.kind === 'object' ? getMember(m, config, literal(library.trainable), heap.site) : plainHost;
  if (!isUndefined(trainable)) defineMember(m, heap, library.trainable, trainable, undefined);
}

/** Makes the weights, as the library does before a layer runs for the first time: beside every tape. */
export function build(m: Machine, layer: ObjectValue): void {
  const { heap } = layer;
  const own = m.models.own.get(heap);
  const name = heap.base?.library.layers?.build;
  if (own === undefined || name === undefined || heap.class === undefined) return;
  if (isBuilt(m, layer, own)) return;
  m.write(own.built, literal(true));
  const method = findMember(heap.class, name, 'method', false);
  if (method !== undefined) m.offTape(() => invoke(m, method, layer, argumentsByType(m, method.code.parameters), method.code.nameSite, name));
}

/** Its base class has been told, or its property says so. */
function isBuilt(m: Machine, { heap }: ObjectValue, own: OwnLayer): boolean {
  const property = heap.properties.get(heap.base?.library.layers?.built ?? '');
  return [own.built, ...property === undefined ? [] : [property]].map((cell) => m.read(cell)).some((value) => value?.kind === 'literal' && value.value === true);
}

/** `super.build(…)`. */
export function markBuilt(m: Machine, layer: Value | undefined): void {
  const own = layer?.kind === 'object' ? m.models.own.get(layer.heap) : undefined;
  if (own !== undefined) m.write(own.built, literal(true));
  if (layer?.kind === 'instance' && layer.block !== undefined) m.write(layer.block.built, literal(true));
}
