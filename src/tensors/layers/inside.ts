/** What a layer inside of a model refuses when it runs, that the model itself lets through. */
import type { LayerShape, Outcome } from '../../calculus/shapes/layers/layer-shape.ts';
import type { Given, Misfit } from '../../domain/fits.ts';
import type { Node } from '../../domain/graph.ts';
import type { InstanceValue, Structure, Value } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Library } from '../../libraries/library.ts';
import { makerOf, makerOfNode, refusedBy } from './chains.ts';
import { onlyShape, outcomeInOrder, outcomeOfPart, partsInOrder, shapeOfNode } from './shapes.ts';
import { leavesOf } from './weights.ts';

export function refusedInside(m: Machine, model: InstanceValue, inputs: readonly (LayerShape | undefined)[]): Misfit | undefined {
  const structure = model.block?.structure;
  // What layers of the program's own make of their inputs they say when they run.
  if (leavesOf(m, model).some(({ kind }) => kind === 'object')) return undefined;
  if (structure?.kind === 'graph') return refusedBetween(m, model.library, structure, inputs);
  return structure?.kind === 'sequence' && inputs.length === 1 ? refusedInRow(m, model.library, partsInOrder(m, structure) ?? [], inputs[0]) : undefined;
}

function refusedInRow(m: Machine, library: Library, parts: readonly Value[], input: LayerShape | undefined): Misfit | undefined {
  let shape = input;
  for (const [index, part] of parts.entries()) {
    if (shape === undefined) return undefined;
    const before = parts[index - 1];
    const { outcome, misfit } = outcomeInside(m, library, part, [{ shape, from: before && makerOf(before) }]);
    // What it refuses of the layers before it, whatever the data, is told where it is put behind them.
    if (misfit !== undefined) return outcomeInOrder(m, parts.slice(0, index + 1)).kind === 'refuses' ? undefined : misfit;
    shape = onlyShape(outcome);
  }
  return undefined;
}

function refusedBetween(m: Machine, library: Library, { inputs, outputs }: Extract<Structure, { kind: 'graph' }>, given: readonly (LayerShape | undefined)[]): Misfit | undefined {
  const shapes = new Map<Node, LayerShape | undefined>(inputs.map((node, index) => [node, given[index]]));
  let first: Misfit | undefined;
  const shapeOf = (node: Node): LayerShape | undefined => {
    if (!shapes.has(node)) shapes.set(node, shapeBehind(node));
    return shapes.get(node);
  };
  const shapeBehind = (node: Node): LayerShape | undefined => {
    const symbolic = m.history.models.symbolic.get(node);
    // Of what is made again and again there are several.
    if (symbolic?.part === undefined || node.repeated) return undefined;
    const before = symbolic.inputs.map((each) => ({ shape: shapeOf(each), from: makerOfNode(m, each) }));
    const { outcome, misfit } = outcomeInside(m, library, symbolic.part, before);
    if (misfit !== undefined && outcomeOfPart(m, symbolic.part, symbolic.inputs.map((each) => shapeOfNode(m, each))).kind !== 'refuses') first ??= misfit;
    return outcome.kind === 'gives' ? outcome.shapes[symbolic.output ?? 0] : undefined;
  };
  for (const output of outputs) shapeOf(output);
  return first;
}

/** A layer, or a model with layers of its own. */
function outcomeInside(m: Machine, library: Library, part: Value, inputs: readonly Given[]): { readonly outcome: Outcome; readonly misfit: Misfit | undefined } {
  const shapes = inputs.map(({ shape }) => shape);
  const outcome = outcomeOfPart(m, part, shapes);
  const isLayer = part.kind !== 'instance' || part.block === undefined || part.block.structure.kind === 'layer';
  return { outcome, misfit: isLayer ? refusedBy(library, part, outcome, inputs, 'run') : refusedInside(m, part, shapes) };
}
