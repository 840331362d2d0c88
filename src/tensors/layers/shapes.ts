/** Shapes through layers and models, as far as they are known: what each gives, and what a model takes. */
import { closed } from '../../calculus/numbers/dimensions.ts';
import { type Beginning, beginningOf, inputShape } from '../../calculus/shapes/layers/beginning.ts';
import { refusesOther } from '../../calculus/shapes/layers/built.ts';
import { outcomeOf } from '../../calculus/shapes/layers/index.ts';
import { type Axis, type LayerShape, type Outcome, unknownOutcome } from '../../calculus/shapes/layers/layer-shape.ts';
import type { Node } from '../../domain/graph.ts';
import type { Block, InstanceValue, ObjectValue, Structure, TensorValue, Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { isExact } from '../../interpreter/values/lists.ts';
import { readConfiguration, settingsOf } from './configurations.ts';
import { isOutdated } from './outdated.ts';
import { ownOutcome } from './own-layers.ts';
import { buildFor, builtFor, readShape } from './stored-shapes.ts';

// — in the store —

/** Of a symbolic tensor, or of what may be any of several. */
export function symbolicShape(m: Machine, value: Value): LayerShape | undefined {
  const nodes = members(value).flatMap((member): readonly (Node | undefined)[] => (member.kind === 'tensor' ? member.node.alternatives().filter(({ transparent }) => !transparent) : [undefined]));
  return commonShape(nodes.map((node) => {
    const symbolic = node && m.history.models.symbolic.get(node);
    return symbolic && readShape(m, symbolic.shape);
  }));
}

function commonShape([first, ...rest]: readonly (LayerShape | undefined)[]): LayerShape | undefined {
  if (first === undefined || rest.some((shape) => shape?.length !== first.length)) return undefined;
  return first.map((length, axis) => (rest.every((shape) => shape?.[axis] === length) ? length : undefined));
}

/** The shape of `tf.input(config)`. */
export function shapeOfInput(m: Machine, config: Value): LayerShape | undefined {
  const configured = readConfiguration(m, config);
  return configured && inputShape(settingsOf(configured));
}

/** Of a tensor that is there. */
export function shapeOfTensor({ facts: { dimensions } }: TensorValue): LayerShape | undefined {
  return dimensions.open ? undefined : dimensions.lengths.map((length) => (typeof length === 'number' ? length : undefined));
}

export function shapeOfValue(value: Value): LayerShape | undefined {
  return value.kind === 'tensor' ? shapeOfTensor(value) : undefined;
}

/** The dimensions of a tensor that a model gives: what is open before it runs is not known. */
export function dimensionsOf(shape: LayerShape): ReturnType<typeof closed> {
  return closed(shape.map((length) => length ?? undefined));
}

// — through layers —

/** What a layer or model makes of its inputs, as far as is known before it runs: layers of the program's own say it themselves. */
export function outcomeOfPart(m: Machine, part: Value, inputs: readonly (LayerShape | undefined)[]): Outcome {
  if (!inputs.every((shape) => shape !== undefined)) return unknownOutcome;
  if (part.kind === 'object') return ownOutcome(m, part, inputs);
  if (part.kind !== 'instance' || part.block === undefined) return unknownOutcome;
  const { structure } = part.block;
  if (structure.kind === 'layer') return outcomeOfBuilt(m, part, part.block, structure, inputs);
  const [wanted, outputs] = [inputsOf(m, part), outputsOf(m, part)];
  if (wanted === undefined || outputs === undefined || wanted.length !== inputs.length || !wanted.every((shape, index) => agree(shape, inputs[index]))) return unknownOutcome;
  const shapes = outputs.map((shape) => shape && fed(shape, wanted, inputs));
  return { kind: 'gives', shapes, several: structure.kind === 'graph' && !structure.single };
}

/** What a layer that has its weights makes of its inputs, which must be like those that they were made for. */
function outcomeOfBuilt(m: Machine, layer: InstanceValue, block: Block, structure: Extract<Structure, { kind: 'layer' }>, inputs: readonly LayerShape[]): Outcome {
  const outcome = outcomeOfLayer(m, layer, block, structure, inputs);
  const [built, [shape, ...more]] = [builtFor(m, block), inputs];
  const form = layer.library.layers?.shapes[structure.name];
  if (outcome.kind !== 'gives' || built === undefined || shape === undefined || more.length > 0 || form === undefined || block.configured === undefined) return outcome;
  return refusesOther(form, settingsOf(block.configured), built, shape) ?? outcome;
}

function outcomeOfLayer(m: Machine, { library }: InstanceValue, { configured }: Block, { name }: Extract<Structure, { kind: 'layer' }>, inputs: readonly LayerShape[]): Outcome {
  const shapes = library.layers?.shapes;
  const form = shapes !== undefined && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (form === undefined || configured === undefined) return unknownOutcome;
  const settings = settingsOf(configured);
  return outcomeOf({ form, settings, inner: (shape) => outcomeOfPart(m, configured.inner, [shape]) }, inputs);
}

/** Whether a model that is made for one shape takes another, as far as that is known. */
function agree(wanted: LayerShape | undefined, given: LayerShape | undefined): boolean {
  return wanted !== undefined && wanted.length === given?.length && wanted.every((length, axis) => length == null || given[axis] == null || length === given[axis]);
}

/** What a model gives once it has got its inputs: the batch is theirs, and other open lengths are not known. */
function fed(output: LayerShape, wanted: readonly (LayerShape | undefined)[], inputs: readonly LayerShape[]): LayerShape {
  const isSame = inputs.every((shape, index) => shape.every((length, axis) => length === wanted[index]?.[axis]));
  if (isSame) return output;
  const [[batch] = []] = inputs;
  return output.map((length, axis) => (length !== null ? length : axis === 0 ? batch : undefined));
}

// — what models take and give —

/** The shapes that a model takes, one for each input; undefined where they are not known. */
export function inputsOf(m: Machine, part: Value): readonly (LayerShape | undefined)[] | undefined {
  const structure = changelessStructure(m, part);
  if (structure?.kind === 'graph') return shapesOfNodes(m, structure.inputs);
  const [first] = structure?.kind === 'sequence' ? partsInOrder(m, structure) ?? [] : [];
  const beginning = first === undefined ? undefined : beginningOfPart(m, first);
  return beginning?.kind === 'shape' ? [beginning.shape] : undefined;
}

/** As `inputsOf`, of what it gives. */
export function outputsOf(m: Machine, part: Value): readonly (LayerShape | undefined)[] | undefined {
  const structure = changelessStructure(m, part);
  if (structure?.kind === 'graph') return shapesOfNodes(m, structure.outputs);
  const parts = structure?.kind === 'sequence' ? partsInOrder(m, structure) : undefined;
  if (parts === undefined || parts.length === 0) return undefined;
  const output = outcomeInOrder(m, parts);
  return output.kind === 'gives' && !output.several ? output.shapes : undefined;
}

/** Where nothing of what is known of a model can have changed unseen. */
function changelessStructure(m: Machine, part: Value): Structure | undefined {
  if (part.kind !== 'instance' || part.block === undefined || isOutdated(m, part.block)) return undefined;
  return part.node !== undefined && part.block.structure.kind === 'sequence' && m.history.escaped.has(part.node) ? undefined : part.block.structure;
}

export function partsInOrder(m: Machine, { parts }: Extract<Structure, { kind: 'sequence' }>): readonly Value[] | undefined {
  const list = m.memory.list(parts.heap);
  return isExact(list) && !parts.heap.allocation.summary ? list.items : undefined;
}

/** What is not known to be one symbolic tensor may be an array of them. */
function shapesOfNodes(m: Machine, nodes: readonly Node[]): readonly (LayerShape | undefined)[] | undefined {
  const isOne = (node: Node): boolean => { const symbolic = m.history.models.symbolic.get(node); return symbolic !== undefined && symbolic.open !== true; };
  return nodes.every((node) => node.alternatives().every((each) => each.transparent || isOne(each))) ? nodes.map((node) => shapeOfNode(m, node)) : undefined;
}

export function shapeOfNode(m: Machine, node: Node): LayerShape | undefined {
  return commonShape(node.alternatives().filter(({ transparent }) => !transparent).map((each) => {
    const symbolic = m.history.models.symbolic.get(each);
    return symbolic && readShape(m, symbolic.shape);
  }));
}

/** What a layer in a row gets from those before it. */
export function shapesBefore(m: Machine, { block }: InstanceValue, part: ObjectValue): readonly (LayerShape | undefined)[] {
  const parts = block?.structure.kind === 'sequence' ? partsInOrder(m, block.structure) ?? [] : [];
  const at = parts.findIndex((each) => each.kind === 'object' && each.heap === part.heap);
  return at > 0 ? [onlyShape(outcomeInOrder(m, parts.slice(0, at)))] : [];
}

/** Layers in a row get their weights, as far as it is known of each what is before it. */
export function buildRow(m: Machine, structure: Extract<Structure, { kind: 'sequence' }>): void {
  let before: Outcome | undefined;
  for (const part of partsInOrder(m, structure) ?? []) {
    const outcome = before ?? beginningOutcome(m, part);
    buildFor(m, part, onlyShape(outcome));
    before = behind(m, outcome, part);
  }
}

/** The shape with which a row begins, as if something before it gave it. */
function beginningOutcome(m: Machine, first: Value): Outcome {
  const beginning = beginningOfPart(m, first);
  return beginning.kind === 'shape' ? { kind: 'gives', shapes: [beginning.shape], several: false } : unknownOutcome;
}

/** What layers in a row give, from the beginning that the first of them says. */
export function outcomeInOrder(m: Machine, [first, ...rest]: readonly Value[]): Outcome {
  return first === undefined ? unknownOutcome : [first, ...rest].reduce((outcome, part) => behind(m, outcome, part), beginningOutcome(m, first));
}

function behind(m: Machine, outcome: Outcome, part: Value): Outcome {
  const [shape, ...more] = outcome.kind === 'gives' ? outcome.shapes : [];
  return outcome.kind === 'gives' && shape !== undefined && more.length === 0 ? outcomeOfPart(m, part, [shape]) : outcome.kind === 'refuses' ? outcome : unknownOutcome;
}

/** The shape of a model that begins with a layer, or with another model. */
export function beginningOfPart(m: Machine, part: Value): Beginning {
  const unknown: Beginning = { kind: 'unknown' };
  if (part.kind === 'object') {
    const own = m.history.models.own.get(part.heap);
    return own?.configured === undefined ? unknown : beginningOf(settingsOf(own.configured), undefined);
  }
  if (part.kind !== 'instance' || part.block === undefined) return unknown;
  const { structure, configured } = part.block;
  if (structure.kind !== 'layer') {
    const [shape, ...more] = inputsOf(m, part) ?? [];
    return shape === undefined || more.length > 0 ? unknown : { kind: 'shape', shape };
  }
  const form = part.library.layers?.shapes[structure.name]?.form;
  if (configured === undefined || form === undefined) return unknown;
  return beginningOf(settingsOf(configured), form === 'dense' ? 'inputDim' : form === 'embedding' ? 'inputLength' : undefined);
}

/** The shape that a layer gives, where it gives one. */
export function onlyShape(outcome: Outcome): LayerShape | undefined {
  return outcome.kind === 'gives' && !outcome.several ? outcome.shapes[0] : undefined;
}

/** Whether an axis that something was left of has nothing left. */
export function isUsedUp(before: LayerShape, after: LayerShape): boolean {
  const isEmpty = (length: Axis): boolean => length != null && length <= 0;
  return after.some(isEmpty) && !before.some(isEmpty);
}

