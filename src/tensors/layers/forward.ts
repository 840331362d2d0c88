/** Runs layers and models: what comes out of what goes in. */
import { noFacts } from '../../calculus/numbers/facts.ts';
import type { Node, OperationRole } from '../../domain/graph.ts';
import { callWith } from '../../domain/invocation.ts';
import type { Block, InstanceValue, Invocation, ObjectValue, Structure, Value } from '../../domain/value.ts';
import { literal, nodeOf } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { findMember } from '../../interpreter/values/class-members.ts';
import { array, itemAt } from '../../interpreter/values/lists.ts';
import { operandNodes } from '../../interpreter/values/reach.ts';
import { unknownFrom } from '../../interpreter/values/unknown.ts';
import type { LayerCondition, LayerRow } from '../../libraries/layer.ts';
import type { Library } from '../../libraries/library.ts';
import { ownerOf } from '../../libraries/owner.ts';
import type { Site } from '../../program/ir.ts';
import { resultSite } from '../../program/result-site.ts';
import { isAbove } from '../exceptional-derivatives.ts';
import { effects } from '../operations.ts';
import { shapeFacts, tensorOf } from '../tensor.ts';
import { shapeGiven } from './feeding.ts';
import { isOutdated } from './outdated.ts';
import { build } from './own-layers.ts';
import { dimensionsOf, shapeOfValue } from './shapes.ts';
import { tellPromised } from './training-calls.ts';
import { partsBetween, partsOf, possiblePartsOf, tracksItself, weightsIn } from './weights.ts';

/** One run of a model. */
export interface Pass {
  readonly library: Library;
  /** The call that runs it. */
  readonly site: Site;
  readonly label: string;
  /** The options that `call` is given. */
  readonly options: Value;
  /** Collects the sources that layers of the program's own use within. */
  readonly within: Set<Node>;
}

/** A model or layer as the program calls it. Where it lets everything through it is one operation. */
export function runModel(m: Machine, model: InstanceValue, inputs: readonly Value[], pass: Pass): Value {
  if (!isUniform(m, model)) return m.calling(pass.site, () => runPart(m, model, inputs, pass));
  return flowsThrough(m, model, inputs, pass, pass.site, pass.label);
}

/** A layer or model within a model. */
function runPart(m: Machine, part: Value, inputs: readonly Value[], pass: Pass): Value {
  m.step();
  if (part.kind === 'union') return m.eitherValue(...part.members.map((member) => () => runPart(m, member, inputs, pass)));
  if (part.kind === 'object') return runOwn(m, part, inputs, pass);
  const block = part.kind === 'instance' ? part.block : undefined;
  if (part.kind !== 'instance' || block === undefined) return flowsThrough(m, part, inputs, pass, pass.site, pass.label);
  switch (block.structure.kind) {
    case 'layer': return runLayer(m, part, block, block.structure, inputs, pass);
    case 'sequence': return runSequence(m, part, block.structure, inputs, pass);
    case 'graph': return runGraph(m, part, block.structure, inputs, pass);
    case 'some part': case 'unknown': return flowsThrough(m, part, inputs, pass, block.site, pass.label);
  }
}

function runLayer(m: Machine, layer: InstanceValue, block: Block, { name, row }: Extract<Structure, { kind: 'layer' }>, inputs: readonly Value[], pass: Pass): Value {
  m.memory.write(block.built, literal(true));
  return flowsThrough(m, layer, inputs, pass, block.site, name, row === undefined ? undefined : { name, row: row.exceptions === undefined ? row : exceptional(m, row, block.config) });
}

function runSequence(m: Machine, model: InstanceValue, structure: Extract<Structure, { kind: 'sequence' }>, inputs: readonly Value[], pass: Pass): Value {
  if (model.block !== undefined && isOutdated(m, model.block)) return unknownFrom(m, [model, ...inputs], pass.site);
  const parts = partsOf(m, structure);
  if (parts === undefined) return flowsThrough(m, model, inputs, pass, pass.site, pass.label);
  const [first, ...rest] = parts;
  if (first === undefined) return inputs[0] ?? unknownFrom(m, [model], pass.site);
  const initial = m.allocator.along(0, () => runPart(m, first, inputs, pass));
  return rest.reduce<Value>((value, part, index) => m.allocator.along(index + 1, () => runPart(m, part, [value], pass)), initial);
}

function runGraph(m: Machine, model: InstanceValue, { inputs: symbols, outputs, single }: Extract<Structure, { kind: 'graph' }>, inputs: readonly Value[], pass: Pass): Value {
  const values = new Map<Node, Value>(symbols.flatMap((node, index) => {
    const input = m.history.models.symbolic.get(node)?.open === true ? anyOf(m, inputs, pass) : inputs[index];
    return input === undefined ? [] : [[node, input] as const];
  }));
  const valueOf = (node: Node): Value => {
    const known = values.get(node);
    if (known !== undefined) return known;
    const symbolic = m.history.models.symbolic.get(node);
    const value = symbolic?.part === undefined ? runBehind(m, model, node, values, pass) : m.allocator.along(node.moment, () => outputOf(m, runPart(m, symbolic.part ?? model, symbolic.inputs.map(valueOf), pass), symbolic.output));
    values.set(node, value);
    return value;
  };
  const results = outputs.map(valueOf);
  return single && results[0] !== undefined ? results[0] : array(m, { items: results, others: { kind: 'never' } }, pass.site);
}

/** What stands for all inputs of a model together. */
function anyOf(m: Machine, inputs: readonly Value[], pass: Pass): Value | undefined {
  if (inputs.length < 2) return inputs[0];
  const node = m.node({ kind: 'operation' }, pass.label, pass.site);
  for (const from of inputs.flatMap((input) => operandNodes(m, input))) node.connect(from, 'flows', pass.site);
  return tensorOf(m, pass.library, node);
}

/** What stands before a tensor that is one of several is one operation, where each of it lets everything through. */
function runBehind(m: Machine, model: InstanceValue, node: Node, values: ReadonlyMap<Node, Value>, pass: Pass): Value {
  const between = node.transparent ? partsBetween(m, [node]) : undefined;
  const inputs = between?.inputs.map((input) => values.get(input));
  if (between === undefined || inputs === undefined || !inputs.every((input) => input !== undefined) || !between.perhaps.every((part) => isUniform(m, part))) return unknownFrom(m, [model], pass.site);
  const behind = m.node({ kind: 'operation' }, pass.label, node.site);
  for (const from of inputs.flatMap((input) => operandNodes(m, input))) behind.connect(from, 'flows', pass.site);
  for (const from of between.perhaps.flatMap((part) => weightNodes(m, part))) behind.connect(from, 'flows', pass.site);
  return tensorOf(m, pass.library, behind);
}

/** What a part gives, or one of several that it gives. */
function outputOf(m: Machine, given: Value, at: number | undefined): Value {
  return at === undefined || given.kind !== 'object' ? given : itemAt(m, m.memory.list(given.heap), at);
}

/** A layer of the program's own: in a model it gets its inputs as an array. */
function runOwn(m: Machine, layer: ObjectValue, inputs: readonly Value[], pass: Pass): Value {
  build(m, layer, inputs.map(shapeOfValue));
  const name = pass.library.layers?.call;
  const method = layer.heap.class === undefined || name === undefined ? undefined : findMember(layer.heap.class, name, 'method');
  if (method === undefined) return layer.heap.open === undefined && layer.heap.base !== undefined ? inputs[0] ?? unknownFrom(m, [layer], pass.site) : unknownFrom(m, [layer, ...inputs], pass.site);
  const list = array(m, { items: inputs, others: { kind: 'never' } }, pass.site);
  const output = m.invoke(method, layer, callWith([list, pass.options], pass.site), pass.site, name ?? '');
  if (output.kind === 'promise') tellPromised(m, pass.library, resultSite(method.code) ?? method.code.site, name ?? '');
  if (!tracksItself(layer)) collectSources(operandNodes(m, output), new Set(operandNodes(m, list)), pass.within);
  return output;
}

/** The sources behind what a layer gives, as far back as what it was given. */
function collectSources(outputs: readonly Node[], inputs: ReadonlySet<Node>, found: Set<Node>): void {
  const behind = new Set(outputs);
  for (const node of behind) {
    if (inputs.has(node)) continue;
    if (node.kind === 'source') found.add(node);
    else for (const edge of node.inputs) if (edge.effect === 'flows') behind.add(edge.from);
  }
}

/** An operation on the inputs and the weights of a part. */
function flowsThrough(m: Machine, part: Value, inputs: readonly Value[], pass: Pass, site: Site, label: string, of?: { readonly name: string; readonly row: Pick<LayerRow, 'input' | 'own'> }): Value {
  const node = m.node({ kind: 'operation', ...of === undefined ? {} : { path: `layers.${of.name}` }, ...isOpen(m, part) ? outputsAt(m, pass.library, pass.site) : {} }, label, site);
  for (const input of inputs) for (const from of operandNodes(m, input)) node.connect(from, effects[of?.row.input ?? 'flows'], site);
  for (const from of weightNodes(m, part)) node.connect(from, effects[of?.row.own ?? 'flows'], site);
  const shape = part.kind === 'instance' ? shapeGiven(m, part, inputs, undefined) : undefined;
  return tensorOf(m, pass.library, node, shape === undefined ? noFacts : shapeFacts(dimensionsOf(shape)));
}

/** How many tensors a model gives of which nothing is known: one, where the program says so of the call. */
export function outputsAt(m: Machine, library: Library, site: Site): Pick<OperationRole, 'several'> {
  const type = m.program.typeOf(site);
  const isOne = type.kind === 'instance' && library.classes[type.name]?.instance === 'tensor' && ownerOf([library], type) !== undefined;
  return isOne ? {} : { several: true };
}

/** A loss and metrics, of what a model gives. */
export function judged(m: Machine, library: Library, given: Value, { label, site }: Invocation): Value {
  const node = m.node({ kind: 'operation', ...outputsAt(m, library, site) }, label, site);
  for (const from of operandNodes(m, given)) node.connect(from, 'flows', site);
  return tensorOf(m, library, node);
}

/** Whether it is a model of which nothing is known, or not what it gives, so that it may give several tensors. */
function isOpen(m: Machine, part: Value): boolean {
  if (part.kind !== 'instance' || part.block === undefined || part.block.structure.kind === 'unknown') return true;
  const { structure } = part.block;
  return structure.kind === 'graph' && partsBetween(m, structure.outputs) === undefined;
}

/** The sources in a part, and what is not known of it. */
function weightNodes(m: Machine, part: Value): readonly Node[] {
  const { complete, list } = weightsIn(m, part);
  const own = nodeOf(part);
  const nodes = list.map(({ node }) => node);
  return complete || own === undefined ? nodes : [own, ...own.parts, ...nodes];
}

/** Whether every gradient gets through, whatever stands where, and no code of the program takes part. */
function isUniform(m: Machine, part: Value): boolean {
  if (part.kind === 'object') return false;
  if (part.kind === 'union') return part.members.every((member) => isUniform(m, member));
  if (part.kind !== 'instance' || part.block === undefined) return true;
  const { structure, config } = part.block;
  if (structure.kind === 'layer') {
    const row = structure.row?.exceptions === undefined ? structure.row : exceptional(m, structure.row, config);
    return row === undefined || (row.input === 'flows' && row.own === 'flows');
  }
  if (isOutdated(m, part.block)) return false;
  // Each of several outputs has weights of its own.
  if (structure.kind === 'graph' && !structure.single && !isOpen(m, part)) return false;
  return possiblePartsOf(m, structure).every((each) => isUniform(m, each));
}

/** What comes back where the configuration is such that less does. */
function exceptional(m: Machine, row: LayerRow, config: Value): Pick<LayerRow, 'input' | 'own'> {
  return row.exceptions?.find(({ when, and }) => holds(m, when, config) && (and === undefined || holds(m, and, config))) ?? row;
}

function holds(m: Machine, when: LayerCondition, config: Value): boolean {
  if (config.kind !== 'object') return false;
  const value = m.getMember(config, literal(when.field), config.heap.site);
  return when.kind === 'equals' ? value.kind === 'literal' && value.value === when.value : isAbove(m, value, when.limit);
}
