/** Which weights a layer or model has, and whether they train. */
import type { Cell } from '../../domain/cell.ts';
import type { Node, Trainability } from '../../domain/graph.ts';
import type { Block, InstanceValue, ObjectValue, Structure, Value } from '../../domain/value.ts';
import { isNullish, literal, members } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { findMember } from '../../interpreter/values/class-members.ts';
import type { LayerWeight } from '../../libraries/layer.ts';
import type { Library } from '../../libraries/library.ts';

export interface Weight {
  readonly node: Node;
  /** Whether a model that is compiled now trains it. */
  readonly collected: Trainability;
  /** Whether the variable itself is trainable now. */
  readonly flag: Trainability;
  /** A part of the loss depends on it in a way of its own. */
  readonly penalised: boolean;
  /** How many variables it stands for; undefined where that is not known. */
  readonly count: number | undefined;
  /** Whether the model has it in every run. */
  readonly held: 'certainly' | 'perhaps';
}

export interface Weights {
  /** There are no others. */
  readonly complete: boolean;
  readonly list: readonly Weight[];
}

const unknownWeights: Weights = { complete: false, list: [] };

export function weightsIn(m: Machine, part: Value): Weights {
  if (part.kind === 'union') return anyOf(part.members.map((member) => weightsIn(m, member)));
  if (part.kind === 'instance' && part.block !== undefined) return ofBlock(m, part, part.block);
  return part.kind === 'object' ? ofOwnLayer(m, part) : unknownWeights;
}

function ofBlock(m: Machine, { node, library }: InstanceValue, block: Block): Weights {
  const within = certaintyOf(m, block.trainable);
  if (block.structure.kind === 'layer') {
    if (node === undefined) return { complete: true, list: [] };
    const copies = library.layers?.wrappers[block.structure.name];
    if (copies !== undefined) return ofWrapper(m, block, node, copies);
    return { complete: block.structure.row !== undefined, list: [{ node, collected: within, flag: certaintyOf(m, block.flag), penalised: isPenalised(m, library, block.config), count: countOf(m, block), held: 'certainly' }] };
  }
  const all = block.structure.kind === 'unknown' && node !== undefined ? ofLoaded(node) : weightsOfParts(m, block.structure);
  if (all === undefined) return unknownWeights;
  const each = certaintyOf(m, block.each);
  const list = all.list.map((weight) => ({ ...weight, collected: both(within, each === 'no' ? 'no' : weight.collected) }));
  return { complete: all.complete, list };
}

/** Of a model from elsewhere: whether some of its layers are frozen, whoever has made it has said. */
function ofLoaded(node: Node): Weights {
  return { complete: true, list: [{ node, collected: 'unsure', flag: 'unsure', penalised: false, count: undefined, held: 'certainly' }] };
}

/** A layer that runs another has weights like that one's. */
function ofWrapper(m: Machine, { configured, trainable, flag }: Block, node: Node, copies: number): Weights {
  const inner = configured === undefined ? unknownWeights : weightsIn(m, configured.inner);
  if (inner.complete && inner.list.length === 0) return inner;
  const all = (states: readonly Trainability[]): Trainability => {
    const [first = 'unsure'] = states;
    return states.every((state) => state === first) ? first : 'unsure';
  };
  const counts = inner.list.map(({ count }) => count);
  const count = counts.every((each) => each !== undefined) ? counts.reduce((sum, each) => sum + each, 0) * copies : undefined;
  return { complete: inner.complete, list: [{
    node,
    collected: both(certaintyOf(m, trainable), all(inner.list.map(({ collected }) => collected))),
    flag: both(certaintyOf(m, flag), all(inner.list.map((weight) => weight.flag))),
    penalised: inner.list.some(({ penalised }) => penalised),
    count, held: 'certainly',
  }] };
}

/** Those of all layers of a model, in their order where it is known. */
function weightsOfParts(m: Machine, structure: Structure): Weights | undefined {
  if (structure.kind === 'graph') {
    const between = partsBetween(m, structure.outputs);
    return between && together([...between.certain.map((part) => weightsIn(m, part)), ...between.perhaps.map((part) => perhaps(weightsIn(m, part)))]);
  }
  if (structure.kind !== 'sequence') return undefined;
  const { items, others } = m.memory.list(structure.parts.heap);
  return together([...items.map((part) => weightsIn(m, part)), ...others.kind === 'never' ? [] : [perhaps(weightsIn(m, others))]]);
}

/** Of a part that is there or not. */
function perhaps(weights: Weights): Weights {
  return anyOf([{ complete: true, list: [] }, weights]);
}

/** Of several parts, each of which is there. One that stands twice among them is one. */
function together(parts: readonly Weights[]): Weights {
  const weights = new Map<Node, Weight>();
  for (const weight of parts.flatMap(({ list }) => list)) if (weights.get(weight.node)?.held !== 'certainly') weights.set(weight.node, weight);
  return { complete: parts.every(({ complete }) => complete), list: [...weights.values()] };
}

/** Of one of several parts. */
function anyOf(parts: readonly Weights[]): Weights {
  const isInAll = (node: Node): boolean => parts.every(({ list }) => list.some((weight) => weight.node === node && weight.held === 'certainly'));
  const { complete, list } = together(parts);
  return { complete, list: list.map((weight) => ({ ...weight, held: isInAll(weight.node) ? 'certainly' : 'perhaps' })) };
}

function countOf(m: Machine, { structure, config }: Block): number | undefined {
  const row = structure.kind === 'layer' ? structure.row : undefined;
  return row === undefined || row.statistics === true ? undefined : row.weights.filter((weight) => hasWeight(m, weight, config)).length;
}

/** Whether a layer with this configuration has the weight. */
export function hasWeight(m: Machine, { option }: LayerWeight, config: Value): boolean {
  if (option === undefined || config.kind !== 'object') return true;
  const value = m.getMember(config, literal(option), config.heap.site);
  return !(value.kind === 'literal' && value.value === false);
}

/** The layers of a model, those that stand first before the others; undefined where they are not all known. */
export function partsOf(m: Machine, structure: Structure): readonly Value[] | undefined {
  if (structure.kind === 'sequence') {
    const { items, others } = m.memory.list(structure.parts.heap);
    return others.kind === 'never' ? items : undefined;
  }
  const between = structure.kind === 'graph' ? partsBetween(m, structure.outputs) : undefined;
  return between?.perhaps.length === 0 ? between.certain : undefined;
}

/** All that may be among the layers of a model. */
export function possiblePartsOf(m: Machine, structure: Structure): readonly Value[] {
  const between = structure.kind === 'graph' ? partsBetween(m, structure.outputs) : undefined;
  if (between !== undefined) return [...between.certain, ...between.perhaps];
  if (structure.kind !== 'sequence') return [];
  const { items, others } = m.memory.list(structure.parts.heap);
  return [...items, others].flatMap(members).filter(({ kind }) => kind !== 'never');
}

/** The layers of a model, and of the models within it. */
export function leavesOf(m: Machine, part: Value): readonly Value[] {
  const parts = part.kind === 'instance' && part.block !== undefined ? partsOf(m, part.block.structure) : undefined;
  return parts === undefined ? [part] : parts.flatMap((each) => leavesOf(m, each));
}

/** Whether the parts of a model stand in one row, so that their order is known. */
export function isLinear(m: Machine, model: Value): boolean {
  if (model.kind !== 'instance' || model.block === undefined) return true;
  const { structure } = model.block;
  if (structure.kind === 'graph' && (structure.outputs.length !== 1 || [...m.history.models.symbolic.values()].some(({ inputs }) => inputs.length > 1))) return false;
  const parts = partsOf(m, structure);
  return parts === undefined ? structure.kind !== 'sequence' : parts.every((part) => part.kind !== 'union' && isLinear(m, part));
}

/** What stands between the inputs of a model and some symbolic tensors. */
export interface Between {
  /** In every run. */
  readonly certain: readonly Value[];
  /** Behind a tensor that is one of several: each of them may be the one, or be made of others in a loop. */
  readonly perhaps: readonly Value[];
  readonly inputs: readonly Node[];
}

/** Undefined where something stands there that is no layer of which is known where it comes from. */
export function partsBetween(m: Machine, outputs: readonly Node[]): Between | undefined {
  const certain = partsBehind(m, new Set(outputs));
  if (certain === undefined) return undefined;
  const others = partsBehind(m, new Set(certain.joins.flatMap(({ inputs }) => inputs.map(({ from }) => from))), 'joins too');
  return others && { certain: certain.parts, perhaps: others.parts.filter((part) => !certain.parts.includes(part)), inputs: [...new Set([...certain.inputs, ...others.inputs])] };
}

interface Behind {
  readonly parts: readonly Value[];
  readonly inputs: readonly Node[];
  /** Where it is one of several tensors: what is behind them is left out, unless it is asked for. */
  readonly joins: readonly Node[];
}

function partsBehind(m: Machine, behind: Set<Node>, through?: 'joins too'): Behind | undefined {
  const [parts, inputs, joins]: [Value[], Node[], Node[]] = [[], [], []];
  for (const node of behind) {
    const symbolic = m.history.models.symbolic.get(node);
    if (symbolic === undefined && !node.transparent) return undefined;
    if (symbolic === undefined) joins.push(node);
    else if (symbolic.part === undefined) inputs.push(node);
    else parts.unshift(symbolic.part);
    const before = symbolic?.inputs ?? (through === undefined ? [] : node.inputs.map(({ from }) => from));
    for (const input of before) behind.add(input);
  }
  return { parts, inputs, joins };
}

function ofOwnLayer(m: Machine, layer: ObjectValue): Weights {
  const { heap } = layer;
  const own = m.history.models.own.get(heap);
  const library = heap.base?.library;
  if (own === undefined || library === undefined) return unknownWeights;
  const property = heap.properties.get(library.trainable);
  const within = property === undefined ? 'unsure' : certaintyOf(m, property);
  const list = own.weights.map((node) => ({ node, collected: both(within, node.trainability()), flag: certaintyOf(m, own.flag), penalised: m.history.models.penalised.has(node), count: 1, held: 'certainly' as const }));
  return { complete: !tracksItself(layer), list };
}

/** Whether the class says by means of its own which weights it has. */
export function tracksItself({ heap }: ObjectValue): boolean {
  const { class: home, base } = heap;
  const tracking = base?.library.layers?.tracking ?? [];
  if (home === undefined || heap.open !== undefined) return true;
  return tracking.some((name) => findMember(home, name, 'get') !== undefined || heap.accessors.has(name) || heap.properties.has(name));
}

function isPenalised(m: Machine, library: Library, config: Value): boolean {
  if (config.kind !== 'object') return config.kind !== 'literal';
  return (library.layers?.keys.penalties ?? []).some((key) => !isNullish(m.getMember(config, literal(key), config.heap.site)));
}

function certaintyOf(m: Machine, cell: Cell): Trainability {
  const value = m.memory.read(cell);
  if (value?.kind !== 'literal') return 'unsure';
  return value.value === true ? 'yes' : value.value === false ? 'no' : 'unsure';
}

function both(a: Trainability, b: Trainability): Trainability {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'unsure';
}
