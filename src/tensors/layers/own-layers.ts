/** Layers that are instances of classes of the program: their weights, and when they are made. */
import { gives, type LayerShape, type Outcome, unknownOutcome } from '../../calculus/shapes/layers/layer-shape.ts';
import { OwnLayer } from '../../domain/models.ts';
import type { Arguments, ClosureValue, HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { isUndefined, literal, never, plainHost } from '../../domain/values.ts';
import { argumentsByType } from '../../interpreter/instances.ts';
import { tried } from '../../interpreter/machine/attempt.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { findMember } from '../../interpreter/values/class-members.ts';
import { array } from '../../interpreter/values/lists.ts';
import { defineMember } from '../../interpreter/values/properties.ts';
import { configureAgain, readConfiguration } from './configurations.ts';
import { readShape, storedShape } from './stored-shapes.ts';

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
  if (!isLayer(heap) || library === undefined) return;
  noteConfiguration(m, heap, config);
  if (config.kind === 'literal') return;
  const trainable = config.kind === 'object' ? m.getMember(config, literal(library.trainable), heap.site) : plainHost;
  if (!isUndefined(trainable)) defineMember(m, heap, library.trainable, trainable);
}

function noteConfiguration(m: Machine, heap: HeapObject, config: Value): void {
  const own = m.history.models.own.get(heap);
  if (own === undefined) return;
  const configured = readConfiguration(m, config);
  if (own.isConfigured) configureAgain(own, configured);
  else own.configured = configured;
  own.isConfigured = true;
}

/** Makes the weights, as the library does before a layer runs for the first time: beside every tape, by the shapes of its inputs. */
export function build(m: Machine, layer: ObjectValue, inputs: readonly (LayerShape | undefined)[]): void {
  const { heap } = layer;
  const own = m.history.models.own.get(heap);
  const name = heap.base?.library.layers?.build;
  if (own === undefined || name === undefined || heap.class === undefined) return;
  if (isBuilt(m, layer, own)) return;
  m.memory.write(own.built, literal(true));
  const method = findMember(heap.class, name, 'method');
  if (method !== undefined) m.taped(undefined, () => m.invoke(method, layer, withShapes(m, method, inputs), method.code.nameSite, name));
}

/** The method of a layer that is asked before it runs says which shape it gives; without one it is the shape of its input. */
export function ownOutcome(m: Machine, layer: ObjectValue, inputs: readonly LayerShape[]): Outcome {
  const { base, class: home } = layer.heap;
  const name = base?.library.layers?.outputShape;
  if (!isLayer(layer.heap) || name === undefined || home === undefined) return unknownOutcome;
  const method = findMember(home, name, 'method');
  if (method === undefined) return inputs.length === 1 && isPlain(layer.heap) ? gives(inputs[0]) : unknownOutcome;
  const shape = tried(m, () => {
    const given = m.invoke(method, layer, withShapes(m, method, inputs), method.code.nameSite, name);
    return given.kind === 'object' && given.heap.isArray ? readShape(m, given) : undefined;
  });
  return shape?.some((length) => length !== undefined) === true ? gives(shape) : unknownOutcome;
}

/** It extends the library's class for layers itself, which is the one that has weights of any kind. */
function isPlain({ base }: HeapObject): boolean {
  return base !== undefined && base.library.classes[base.name]?.base === undefined;
}

/** The shape of the only input, or an array of shapes. */
function withShapes(m: Machine, { code: { parameters, nameSite } }: ClosureValue, inputs: readonly (LayerShape | undefined)[]): Arguments {
  const byType = argumentsByType(m, parameters);
  if (inputs.length === 0 || inputs.includes(undefined)) return byType;
  const shapes = inputs.map((shape, index) => m.allocator.along(index, () => storedShape(m, shape, nameSite)));
  const [only] = shapes;
  return { ...byType, values: [only !== undefined && shapes.length === 1 ? only : array(m, { items: shapes, others: never }, nameSite), ...byType.values.slice(1)] };
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
