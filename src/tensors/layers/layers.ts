/** What makes layers and models, puts them together and applies them. */
import { type Argument, numbersOf } from '../../calculus/numbers/argument.ts';
import { anyDimensions, closed, type Dimensions } from '../../calculus/numbers/dimensions.ts';
import { noFacts } from '../../calculus/numbers/facts.ts';
import type { LayerShape } from '../../calculus/shapes/layers/layer-shape.ts';
import { Allocation } from '../../domain/cell.ts';
import type { Node } from '../../domain/graph.ts';
import { argument, argumentSite } from '../../domain/invocation.ts';
import { type Arguments, Block, type InstanceValue, type Invocation, type ListState, type ObjectValue, type Structure, type Value } from '../../domain/value.ts';
import { isNullish, isUndefined, literal, members, never, plainHost, undefinedValue } from '../../domain/values.ts';
import { iterate } from '../../interpreter/builtins/iteration.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { findMember } from '../../interpreter/values/class-members.ts';
import { array, isExact } from '../../interpreter/values/lists.ts';
import { handedOn } from '../../interpreter/values/naming.ts';
import { record } from '../../interpreter/values/properties.ts';
import { operandNodes, reachableNodes } from '../../interpreter/values/reach.ts';
import { refineAt } from '../../interpreter/values/types.ts';
import { unknownFrom } from '../../interpreter/values/unknown.ts';
import type { Library } from '../../libraries/library.ts';
import type { Meaning, PartsForm } from '../../libraries/meaning.ts';
import type { Site } from '../../program/ir.ts';
import { begin as beginLife } from '../lifetimes/states.ts';
import type { Subject } from '../subject.ts';
import { knownArgument } from '../ranges.ts';
import { noteShape, shapeFacts, tensorOf, trainabilityOf } from '../tensor.ts';
import { applyLayer, tellRow } from './chains.ts';
import { configureAgain, readConfiguration } from './configurations.ts';
import { beginEmptyList } from './empty-list.ts';
import { shapeGiven, tellApplied, tellFed } from './feeding.ts';
import { judged, outputsAt, runModel } from './forward.ts';
import { layersOf } from './layer-settings.ts';
import { noteAdded, noteShortened } from './outdated.ts';
import { build, markBuilt } from './own-layers.ts';
import { buildRow, dimensionsOf, shapeOfInput, shapeOfValue, shapesBefore, symbolicShape } from './shapes.ts';
import { buildFor, storedShape } from './stored-shapes.ts';
import { tellTried } from './training-calls.ts';
import { hasWeight, isLinear, leavesOf, partsOf, possiblePartsOf, weightsIn } from './weights.ts';

// — making —

export function makeParametrised(m: Machine, { library, name }: Subject, meaning: Extract<Meaning, { is: 'parametrised' }>, call: Invocation): Value {
  const config = argument(call.arguments, 0);
  const row = meaning.parts === undefined && meaning.pretrained !== true ? library.layers?.table[name] : undefined;
  const structure: Structure = meaning.parts !== undefined ? structureOf(m, meaning.parts, config, call) : meaning.pretrained === true ? { kind: 'unknown' } : { kind: 'layer', name, row };
  const block = madeBlock(m, structure, config, call.site);
  begin(m, library, block);
  const weightless = row !== undefined && !row.weights.some((weight) => hasWeight(m, weight, config));
  const node = weightless ? undefined : sourceFor(m, library, meaning, config, call);
  const instance: InstanceValue = { kind: 'instance', library, class: meaning.class, node, block };
  if (node !== undefined && structure.kind === 'layer') m.history.models.built.set(node, block.built);
  if (node !== undefined && meaning.parts !== undefined) adopt(m, library, instance, node, partsOf(m, structure) ?? [config]);
  if (structure.kind === 'sequence' && m.memory.list(structure.parts.heap).items.length > 0) tellRow(m, instance, { library, label: call.label, site: call.site }, 0);
  if (node !== undefined && config.kind === 'object' && mayBeFrozen(setting(m, library, config))) for (const each of [node, ...node.parts]) if (each.belonging !== undefined) each.belonging.unwanted = true;
  // Who puts layers together by symbolic values may hold them elsewhere.
  if (node !== undefined && (structure.kind === 'sequence' || meaning.pretrained === true)) beginLife(m, library, node, call, 'model');
  return meaning.promise === true ? { kind: 'promise', value: instance } : instance;
}

function madeBlock(m: Machine, structure: Structure, config: Value, site: Site): Block {
  const configured = structure.kind === 'layer' ? readConfiguration(m, config) : undefined;
  const make = (): Block => {
    const block = new Block(structure, config, site, new Allocation(m.occasion.preparing));
    block.configured = configured;
    return block;
  };
  return m.allocator.allocate('block', site, make, (old) => {
    old.allocation.summary = !m.allocator.isLost(old.allocation);
    old.allocation.renew();
    configureAgain(old, configured);
  });
}

function sourceFor(m: Machine, library: Library, meaning: Extract<Meaning, { is: 'parametrised' }>, config: Value, call: Invocation): Node {
  const node = m.node({ kind: 'source', made: meaning.pretrained === true ? 'pretrained' : 'weights', trainable: 'yes' }, call.label, call.site);
  // A model has none but those of its layers.
  if (meaning.parts === undefined) m.history.models.weights.add(node);
  const name = nameIn(m, library, config);
  if (name !== undefined) node.call(name, handedOn);
  return node;
}

/** The name that a configuration gives. */
function nameIn(m: Machine, library: Library, config: Value): string | undefined {
  const name = config.kind === 'object' && library.layers !== undefined ? m.getMember(config, literal(library.layers.keys.name), config.heap.site) : undefined;
  return name?.kind === 'literal' && typeof name.value === 'string' ? name.value : undefined;
}

/** What holds of a layer or model that has just been made. */
function begin(m: Machine, library: Library, block: Block): void {
  const trainable = block.config.kind === 'object' ? setting(m, library, block.config) : block.config.kind === 'literal' ? block.config : plainHost;
  m.memory.write(block.trainable, isNullish(trainable) ? literal(true) : trainable);
  m.memory.write(block.flag, literal(true));
  m.memory.write(block.built, literal(block.structure.kind === 'graph'));
  for (const cell of [block.takes, block.compiled, block.training, block.each]) m.memory.write(cell, undefinedValue);
  m.memory.write(block.outdated, literal(false));
  beginEmptyList(m, block);
}

function setting(m: Machine, library: Library, config: ObjectValue): Value {
  return m.getMember(config, literal(library.trainable), config.heap.site);
}

function structureOf(m: Machine, form: PartsForm, config: Value, call: Invocation): Structure {
  const given = config.kind === 'object' ? config : undefined;
  if (form.kind === 'sequence') {
    const list = given === undefined ? config : m.getMember(given, literal(form.at), call.site);
    const parts = isUndefined(list) ? { items: [], others: never } : iterate(m, list, call.site);
    return { kind: 'sequence', parts: array(m, parts, call.site) };
  }
  if (given === undefined) return { kind: 'unknown' };
  const [inputs, outputs] = [form.inputs, form.outputs].map((key) => m.getMember(given, literal(key), call.site)) as [Value, Value];
  return { kind: 'graph', inputs: operandNodes(m, inputs), outputs: operandNodes(m, outputs), single: isSingle(m, outputs) };
}

/** Of an array of one output the library gives that one. */
function isSingle(m: Machine, outputs: Value): boolean {
  if (outputs.kind !== 'object' || !outputs.heap.isArray) return outputs.kind === 'tensor';
  const list = m.memory.list(outputs.heap);
  return isExact(list) && list.items.length === 1;
}

/** `trainable: false` in a configuration, or a value that is not known. */
function mayBeFrozen(trainable: Value): boolean {
  return !(trainable.kind === 'literal' && (trainable.value === undefined || trainable.value === true));
}

/** The parts of a model become parts of its weights; the layers among them are built. */
function adopt(m: Machine, library: Library, model: InstanceValue, node: Node, parts: readonly Value[]): void {
  if (model.block !== undefined) m.history.models.byWeights.set(node, model);
  for (const part of parts) if (part.kind === 'object') build(m, part, shapesBefore(m, model, part));
  addParts(node, parts.flatMap((part) => sourcesBehind(m, part)));
  if (model.block?.structure.kind === 'sequence') notePlaces(m, library, node, m.memory.list(model.block.structure.parts.heap));
  const block = model.block;
  if (block === undefined || !isBuilt(m, library, block.structure)) return;
  for (const part of parts) if (part.kind === 'instance' && part.block !== undefined) m.memory.write(part.block.built, part.block.structure.kind === 'sequence' ? plainHost : literal(true));
  if (block.structure.kind === 'sequence') buildRow(m, block.structure);
}

/** Where the layers of a model stand, as far as their order is known. */
function notePlaces(m: Machine, library: Library, model: Node, { items, others }: ListState): void {
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'union' && isExact({ items, others })) nameByPlace(m, library, model, item, index);
    for (const part of members(item)) noteWhereItStands(m, part, items.slice(0, index).filter(({ kind }) => kind !== 'union'));
  }
  for (const part of members(others)) noteWhereItStands(m, part, items.filter(({ kind }) => kind !== 'union'));
}

/** A layer without a name is written by its place in the model. */
function nameByPlace(m: Machine, library: Library, model: Node, part: Value, index: number): void {
  if (library.layers === undefined) return;
  for (const { node } of weightsIn(m, part).list) if (node.belonging !== undefined) node.belonging.place ??= { model, path: `${library.layers.parts}[${String(index)}]` };
}

/** Whether a model has its weights from the start: its first layer says which shape it gets. */
function isBuilt(m: Machine, library: Library, structure: Structure): boolean {
  if (structure.kind !== 'sequence') return structure.kind === 'graph';
  const [first] = partsOf(m, structure) ?? [];
  if (first?.kind !== 'instance' || first.block === undefined) return false;
  const { config } = first.block;
  if (first.block.structure.kind !== 'layer') return isBuilt(m, library, first.block.structure);
  return config.kind === 'object' && (library.layers?.keys.shapes ?? []).some((key) => !isNullish(m.getMember(config, literal(key), config.heap.site)));
}

/** The weights that a list of layers, or the symbolic outputs of a functional model, stand on. */
function sourcesBehind(m: Machine, value: Value): readonly Node[] {
  const found = new Set<Node>();
  const visit = (node: Node): void => {
    if (found.has(node)) return;
    found.add(node);
    for (const edge of node.inputs) visit(edge.from);
  };
  for (const node of reachableNodes(m, value)) visit(node);
  // A variable in a field is no weight of its layer.
  return [...found].filter((node) => node.role.kind === 'source' && node.role.made !== 'variable');
}

function addParts(model: Node, parts: readonly Node[]): void {
  for (const part of parts.flatMap((each) => [each, ...each.parts])) if (part !== model) model.belonging?.add(part);
}

/** `model.add(layer)`. */
export function addPart(m: Machine, { library, receiver, node }: Subject, call: Invocation): void {
  const part = argument(call.arguments, 0);
  if (receiver?.kind !== 'instance' || node === undefined) return;
  const structure = receiver.block?.structure;
  if (structure?.kind === 'sequence') {
    if (receiver.block !== undefined) m.memory.write(receiver.block.each, undefinedValue);
    noteAdded(m, receiver);
    const { items, others } = m.memory.list(structure.parts.heap);
    const isKnown = others.kind === 'never' && m.allocator.isOwn(structure.parts.heap.allocation);
    m.memory.writeList(structure.parts.heap, isKnown ? { items: [...items, part], others } : { items, others: m.memory.joiner.values(others, part) });
  }
  adopt(m, library, receiver, node, structure?.kind === 'sequence' ? possiblePartsOf(m, structure) : [part]);
  if (structure?.kind === 'sequence') tellRow(m, receiver, { library, label: call.label, site: call.site }, m.memory.list(structure.parts.heap).items.length - 1);
}

/** `model.pop()`. */
export function removePart(m: Machine, { receiver }: Subject): void {
  const structure = receiver?.kind === 'instance' ? receiver.block?.structure : undefined;
  if (structure?.kind !== 'sequence' || receiver?.kind !== 'instance') return;
  noteShortened(m, receiver);
  const { items, others } = m.memory.list(structure.parts.heap);
  m.memory.writeList(structure.parts.heap, others.kind === 'never' && m.allocator.isOwn(structure.parts.heap.allocation) ? { items: items.slice(0, -1), others } : { items: [], others: m.memory.joiner.all([...items, others]) });
}

// — applying —

/** `model.predict(x)`, `layer.apply(x)`. A layer of the program's own runs its `call`. */
export function applyModel(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'apply' }>, call: Invocation): Value {
  const { library, receiver, node: weights } = subject;
  const input = refineAt(m, argument(call.arguments, 0), argumentSite(call, 0));
  // What comes out of symbolic inputs holds what it comes from, and so does each model that is made of it.
  if (meaning.feeds === undefined && receiver !== undefined && !isWhollyTensors(m, input)) m.semantics.withheld([receiver, input]);
  if (receiver?.kind === 'object') return applyOwn(m, subject, receiver, meaning, input, call);
  if (receiver?.kind === 'instance' && receiver.block !== undefined) {
    if (isSymbolic(m, input)) return applySymbolically(m, library, receiver, input, call);
    if (meaning.feeds !== undefined) tellFed(m, receiver, meaning.feeds, call);
    else tellApplied(m, receiver, inputsOf(m, input), call);
    if (meaning.feeds === 'with labels') tellTried(m, receiver, call);
    for (const part of [receiver, ...leavesOf(m, receiver)]) markBuilt(m, part);
    const given = untold(m, () => runModel(m, receiver, inputsOf(m, input), { library, site: call.site, label: call.label, options: optionsOf(m, call), within: new Set() }));
    if (given.kind === 'tensor' && given.node.kind === 'operation') m.history.predictions.set(given.node, layersOf(m, receiver));
    return meaning.feeds === 'with labels' ? judged(m, library, given, call) : shaped(m, given, shapeGiven(m, receiver, inputsOf(m, input), meaning.feeds));
  }
  const node = m.node({ kind: 'operation', ...outputsAt(m, library, call.site) }, call.label, call.site);
  for (const from of operandNodes(m, input)) node.connect(from, 'flows', argumentSite(call, 0));
  if (weights !== undefined) node.connect(weights, 'flows', call.site);
  return tensorOf(m, library, node);
}

function shaped(m: Machine, value: Value, shape: LayerShape | undefined): Value {
  return value.kind === 'tensor' && shape !== undefined ? tensorOf(m, value.library, value.node, shapeFacts(dimensionsOf(shape))) : value;
}

function applyOwn(m: Machine, { library, name }: Subject, layer: ObjectValue, { inherited }: Extract<Meaning, { is: 'apply' }>, input: Value, call: Invocation): Value {
  const own = library.layers?.call;
  // What the class has itself was found before what it inherits.
  if (name === own && inherited === 'input') return input;
  if (isSymbolic(m, input)) {
    build(m, layer, inputsOf(m, input).map((each) => symbolicShape(m, each)));
    return applySymbolically(m, library, layer, input, call);
  }
  const method = layer.heap.class === undefined || own === undefined || name === own ? undefined : findMember(layer.heap.class, own, 'method');
  if (method === undefined) return unknownFrom(m, [layer, ...call.arguments.values], call.site);
  build(m, layer, inputsOf(m, input).map(shapeOfValue));
  const args: Arguments = { ...call.arguments, values: [argument(call.arguments, 0), optionsOf(m, call)], sites: [argumentSite(call, 0), argumentSite(call, 1)] };
  return m.invoke(method, layer, args, call.site, 'call');
}

/** A model or layer that is run beside every tape is run for its values alone: nothing is differentiated. */
function untold(m: Machine, body: () => Value): Value {
  return m.tapes === undefined ? m.occasion.silently(body) : body();
}

function isWhollyTensors(m: Machine, input: Value): boolean {
  return inputsOf(m, input).every((each) => each.kind === 'tensor' && !isSymbolic(m, each));
}

/** The inputs of a model: one, or an array of them. */
function inputsOf(m: Machine, input: Value): readonly Value[] {
  if (input.kind !== 'object' || !input.heap.isArray) return [input];
  const { items, others } = m.memory.list(input.heap);
  return others.kind === 'never' ? items : [input];
}

/** The options given beside the input; the library gives an empty object where there are none. */
function optionsOf(m: Machine, call: Invocation): Value {
  const options = argument(call.arguments, 1);
  return isUndefined(options) ? record(m, argumentSite(call, 0)) : options;
}

// — symbolic tensors —

/** `tf.input(…)`. */
export function symbolicInput(m: Machine, library: Library, call: Invocation): Value {
  const node = m.node({ kind: 'constant' }, call.label, call.site);
  const shape = storedShape(m, shapeOfInput(m, argument(call.arguments, 0)), call.site);
  m.history.models.symbolic.set(node, { part: undefined, inputs: [], output: undefined, shape });
  return symbolicTensor(m, library, node);
}

function isSymbolic(m: Machine, input: Value): boolean {
  const nodes = operandNodes(m, input).flatMap((node) => (node.transparent ? node.inputs.map(({ from }) => from) : [node]));
  return nodes.length > 0 && nodes.every((node) => m.history.models.symbolic.has(node));
}

/** Nothing is computed yet: the result says what will be. */
function applySymbolically(m: Machine, library: Library, part: InstanceValue | ObjectValue, input: Value, call: Invocation): Value {
  noteWhereItStands(m, part, [input]);
  if (part.kind === 'instance' && part.block !== undefined) m.memory.write(part.block.built, literal(true));
  const inputs = inputsOf(m, input);
  const outcome = applyLayer(m, part, inputs, { library, label: call.label, site: call.site });
  buildFor(m, part, inputs[0] && inputs.length === 1 ? symbolicShape(m, inputs[0]) : undefined);
  const shapes = outcome.kind === 'gives' ? outcome.shapes : [];
  const count = outputsOf(part) ?? (outcome.kind === 'gives' && outcome.several ? shapes.length : undefined);
  if (count === undefined) return symbolicOutput(m, library, part, input, { at: undefined, shape: shapes[0] }, call);
  const outputs = Array.from({ length: count }, (_, index) => m.allocator.along(index, () => symbolicOutput(m, library, part, input, { at: index, shape: shapes[index] }, call)));
  return array(m, { items: outputs, others: never }, call.site);
}

/** How many tensors a model gives in an array; undefined where it gives one, or where that is not known. */
function outputsOf(part: InstanceValue | ObjectValue): number | undefined {
  const structure = part.kind === 'instance' ? part.block?.structure : undefined;
  return structure?.kind === 'graph' && !structure.single ? structure.outputs.length : undefined;
}

function symbolicOutput(m: Machine, library: Library, part: InstanceValue | ObjectValue, input: Value, output: { readonly at: number | undefined; readonly shape: LayerShape | undefined }, call: Invocation): Value {
  const node = m.node({ kind: 'operation' }, call.label, call.site);
  const inputs = operandNodes(m, input);
  for (const from of inputs) node.connect(from, 'flows', argumentSite(call, 0));
  for (const from of sourcesBehind(m, part)) node.connect(from, 'flows', call.site);
  m.history.models.symbolic.set(node, { part, inputs, output: output.at, shape: storedShape(m, output.shape, call.site) });
  return symbolicTensor(m, library, node);
}

/** It has no elements yet, and an axis of it that is open will have any length. */
function symbolicTensor(m: Machine, library: Library, node: Node): Value {
  const tensor = tensorOf(m, library, node);
  const shape = symbolicShape(m, tensor);
  if (shape !== undefined) noteShape(m, node, dimensionsOf(shape));
  return tensor;
}

/** Of a class of layers: whether something trainable stands before it in a model of this program. */
function noteWhereItStands(m: Machine, part: Value, before: readonly Value[]): void {
  if (part.kind !== 'object' || part.heap.class === undefined) return;
  const { code } = part.heap.class;
  const isBehindWeights = before.some((value) => value.kind === 'unknown' || sourcesBehind(m, value).some(({ unwanted }) => !unwanted));
  m.history.models.placed.set(code, isBehindWeights || m.history.models.placed.get(code) === true);
}

// — weights —

/** `layer.addWeight(name, shape, …)`: a weight that the layer owns. */
export function newWeight(m: Machine, { library, receiver }: Subject, meaning: Extract<Meaning, { is: 'add-weight' }>, call: Invocation): Value {
  const trainable = trainabilityOf(argument(call.arguments, meaning.trainable));
  const node = m.node({ kind: 'source', made: 'weight', trainable }, call.label, call.site);
  const name = argument(call.arguments, 0);
  if (name.kind === 'literal' && typeof name.value === 'string') node.call(name.value, m.depth);
  if (!isNullish(argument(call.arguments, meaning.penalty))) m.history.models.penalised.add(node);
  if (trainable === 'yes') m.history.models.weights.add(node);
  const own = receiver?.kind === 'object' ? m.history.models.own.get(receiver.heap) : undefined;
  if (own !== undefined && !own.weights.includes(node)) own.weights.push(node);
  const facts = shapeFacts(dimensionsGiven(knownArgument(m, argument(call.arguments, meaning.shape))));
  noteShape(m, node, facts.dimensions);
  return { kind: 'instance', library, class: 'LayerVariable', node, facts };
}

function dimensionsGiven(shape: Argument): Dimensions {
  const lengths = shape.kind === 'list' ? numbersOf(shape) : undefined;
  return lengths === undefined ? anyDimensions : closed(lengths);
}

/** The weights, or parts, of a layer or model. */
export function weightsOf(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'weights' }>, args: Arguments, site: Site): Value {
  const { library, node, receiver } = subject;
  const isPart = library.classes[meaning.of]?.instance === 'parametrised';
  if (isPart && receiver?.kind === 'instance' && receiver.block !== undefined) return partOf(m, receiver, receiver.block, meaning, args, site);
  if (node === undefined) return weightless(receiver) ? array(m, { items: [], others: never }, site) : unknownFrom(m, receiver === undefined ? [] : [receiver], site);
  const one: Value = library.classes[meaning.of]?.instance === 'variable'
    ? { kind: 'tensor', library, class: meaning.of, node, facts: (receiver?.kind === 'instance' ? receiver.facts : undefined) ?? noFacts }
    : { kind: 'instance', library, class: meaning.of, node };
  if (meaning.form === 'one') return one;
  const variables = receiver === undefined ? undefined : variablesOf(m, receiver);
  return array(m, variables === undefined ? { items: [], others: one } : { items: variables.map((each) => ({ ...one, node: each })), others: never }, site);
}

/** The layers of a model, or the one that is asked for by its name. */
function partOf(m: Machine, model: InstanceValue, block: Block, { form, of }: Extract<Meaning, { is: 'weights' }>, args: Arguments, site: Site): Value {
  const { library, node } = model;
  const some: InstanceValue = { kind: 'instance', library, class: of, node, block: m.allocator.allocate('block', site, () => new Block({ kind: 'some part', model }, plainHost, site, new Allocation())) };
  if (form === 'list') return layerList(m, model, block.structure.kind === 'sequence' ? m.memory.list(block.structure.parts.heap) : { items: [], others: some }, site);
  const name = argument(args, 0);
  const named = name.kind === 'literal' ? (partsOf(m, block.structure) ?? []).filter((part) => part.kind === 'instance' && part.block !== undefined && nameIn(m, library, part.block.config) === name.value) : [];
  return named.length === 1 && named[0] !== undefined ? named[0] : some;
}

function layerList(m: Machine, model: InstanceValue, parts: ListState, site: Site): Value {
  const layers = array(m, parts, site);
  m.history.models.listed.set(layers.heap, { model, list: m.memory.list(layers.heap) });
  return layers;
}

/** The variables of a model in the library's order: what trains comes first. */
function variablesOf(m: Machine, model: Value): readonly Node[] | undefined {
  const { complete, list } = weightsIn(m, model);
  if (!complete || !isLinear(m, model) || list.some(({ count, collected, held }) => count === undefined || collected !== 'yes' || held !== 'certainly')) return undefined;
  return list.flatMap(({ node, count = 0 }) => Array.from({ length: count }, () => node));
}

function weightless(receiver: Value | undefined): boolean {
  return receiver?.kind === 'instance' && receiver.block?.structure.kind === 'layer';
}
