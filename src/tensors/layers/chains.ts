/** Layers that are put behind others: whether each takes what it gets is told as it happens. */
import { type LayerShape, type Outcome, joined, unknownOutcome } from '../../calculus/shapes/layers/layer-shape.ts';
import type { Fit, Given, Maker, Misfit } from '../../domain/fits.ts';
import type { Node } from '../../domain/graph.ts';
import type { InstanceValue, ObjectValue, Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { refusalText } from '../../libraries/layer.ts';
import type { Library } from '../../libraries/library.ts';
import type { Site } from '../../program/ir.ts';
import { circumstancesOf } from '../shaped.ts';
import { isOutdated } from './outdated.ts';
import { beginningOfPart, isUsedUp, onlyShape, outcomeInOrder, outcomeOfPart, partsInOrder, symbolicShape } from './shapes.ts';

/** The call in which something gets a shape. */
export interface Taking {
  readonly library: Library;
  readonly label: string;
  readonly site: Site;
}

export function tellFit(m: Machine, { library, label, site }: Taking, misfit: Misfit | undefined, changeable: readonly Node[] = []): void {
  const fit: Fit = { kind: 'fit', library, label, site, chain: m.frame.chain, repeated: m.allocator.isRepeating, circumstances: circumstancesOf(m), changeable: m.occasion.preparing ? [] : changeable, misfit };
  m.tell(fit);
}

/** What a layer is called, and where it was made. */
export function makerOf(part: Value): Maker | undefined {
  if (part.kind !== 'instance' || part.block === undefined) return undefined;
  const { block: { structure, configured, site }, node, library } = part;
  const name = configured?.settings.get('name');
  const given = name?.kind === 'constant' && typeof name.value === 'string' ? name.value : undefined;
  if (structure.kind !== 'layer') return { label: given ?? node?.name ?? 'model', site };
  return { label: given ?? structure.name, site, form: library.layers?.shapes[structure.name]?.form };
}

export function refusedBy(library: Library, layer: Value, outcome: Outcome, inputs: readonly Given[], when: 'built' | 'run'): Misfit | undefined {
  const maker = makerOf(layer);
  if (outcome.kind !== 'refuses' || maker === undefined || library.layers === undefined) return undefined;
  return { kind: 'refused', layer: maker, inputs, refusal: outcome.refusal, error: refusalText(library.layers.refusals, outcome.refusal), when };
}

// — one after the other —

/** The layers of a sequence that has just got the last of them, or all of them at once. */
export function tellRow(m: Machine, model: InstanceValue, taking: Taking, from: number): void {
  const structure = model.block?.structure;
  const parts = structure?.kind === 'sequence' && model.block !== undefined && !isOutdated(m, model.block) ? partsInOrder(m, structure) : undefined;
  const isOpen = model.node !== undefined && m.history.escaped.has(model.node);
  const misfits = parts === undefined || isOpen ? [] : parts.map((part, index) => (index < from ? undefined : misfitInRow(m, taking.library, parts.slice(0, index), part)));
  tellFit(m, taking, misfits.find((misfit) => misfit !== undefined), model.node === undefined ? [] : [model.node]);
}

function misfitInRow(m: Machine, library: Library, before: readonly Value[], part: Value): Misfit | undefined {
  const last = before.at(-1);
  if (last === undefined) return misfitOfFirst(m, library, part);
  const shape = onlyShape(outcomeInOrder(m, before));
  return misfitBehind(m, library, part, { shape, from: makerOf(before.findLast((layer) => !keepsShape(layer)) ?? last) }, 'in a row');
}

function misfitOfFirst(m: Machine, library: Library, part: Value): Misfit | undefined {
  const beginning = beginningOfPart(m, part);
  const maker = makerOf(part);
  if (maker === undefined || library.layers === undefined) return undefined;
  if (beginning.kind === 'none') return { kind: 'no beginning', layer: maker, error: library.layers.errors.beginning };
  return beginning.kind === 'shape' ? misfitBehind(m, library, part, { shape: beginning.shape, from: undefined }, 'in a row') : undefined;
}

/** A layer behind one output. */
function misfitBehind(m: Machine, library: Library, part: Value, input: Given, how: 'in a row' | 'applied'): Misfit | undefined {
  if (input.shape === undefined) return undefined;
  const outcome = outcomeOfPart(m, part, [input.shape]);
  return refusedBy(library, part, outcome, [input], 'built') ?? nothingLeft(library, part, input, input.shape, outcome, how);
}

function nothingLeft(library: Library, part: Value, input: Given, before: LayerShape, outcome: Outcome, how: 'in a row' | 'applied'): Misfit | undefined {
  const shape = onlyShape(outcome);
  const [maker, layers] = [makerOf(part), library.layers];
  if (shape === undefined || maker === undefined || layers === undefined || !isUsedUp(before, shape)) return undefined;
  const isThrown = how === 'in a row' && shape.some((length) => length != null && length < 0);
  const { form } = maker;
  // Of what is cut away beyond the end the library makes something else.
  if (!isThrown && form !== 'convolution' && form !== 'depthwise convolution' && form !== 'separable convolution' && form !== 'pooling') return undefined;
  return { kind: 'nothing left', layer: maker, input, shape, error: isThrown ? layers.errors.negative.replace('{shape}', joined(before)) : undefined };
}

// — between symbolic tensors —

/** A layer is applied to symbolic tensors: what comes of it. */
export function applyLayer(m: Machine, part: InstanceValue | ObjectValue, inputs: readonly Value[], taking: Taking): Outcome {
  const given = inputs.map((input): Given => ({ shape: symbolicShape(m, input), from: makerOfSymbol(m, input) }));
  const outcome = inputs.length === 0 ? unknownOutcome : outcomeOfPart(m, part, given.map(({ shape }) => shape));
  const [first, ...more] = given;
  const { library } = taking;
  const misfit = refusedBy(library, part, outcome, given, 'built') ?? (first === undefined || more.length > 0 ? undefined : misfitBehind(m, library, part, first, 'applied'));
  tellFit(m, taking, misfit);
  return outcome;
}

/** The layer that has given a symbolic tensor its shape, or the input that it is. */
function makerOfSymbol(m: Machine, value: Value): Maker | undefined {
  return value.kind === 'tensor' ? makerOfNode(m, value.node) : undefined;
}

/** As `makerOf`, of what has given a symbolic tensor. */
export function makerOfNode(m: Machine, node: Node): Maker | undefined {
  if (node.transparent) return undefined;
  const symbolic = m.history.models.symbolic.get(node);
  const [input, ...more] = symbolic?.inputs ?? [];
  const isKept = symbolic?.part !== undefined && keepsShape(symbolic.part) && input !== undefined && input !== node && more.length === 0 && !node.repeated;
  return (isKept ? makerOfNode(m, input) : undefined) ?? (symbolic?.part && makerOf(symbolic.part)) ?? { label: node.name ?? node.label, site: node.site };
}

/** A layer that gives what it gets in the same shape. */
function keepsShape(part: Value): boolean {
  const form = makerOf(part)?.form;
  return form === 'kept' || form === 'weighed' || form === 'normalisation';
}
