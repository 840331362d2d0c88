/** Models that the library trains itself: `compile` says how, `fit` and its kin run it on a tape. */
import { type Facts, noFacts } from '../../calculus/numbers/facts.ts';
import type { LayerShape } from '../../calculus/shapes/layers/layer-shape.ts';
import type { Node } from '../../domain/graph.ts';
import type { AskedSource, TrainingForm } from '../../domain/history.ts';
import { argument, argumentSite, callWith, noArguments } from '../../domain/invocation.ts';
import type { Block, InstanceValue, Invocation, Value } from '../../domain/value.ts';
import { literal, never, undefinedValue } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { functionsIn } from '../../interpreter/unknown-calls.ts';
import { array } from '../../interpreter/values/lists.ts';
import { record } from '../../interpreter/values/properties.ts';
import { contents, operandNodes, reachableNodes } from '../../interpreter/values/reach.ts';
import type { Library } from '../../libraries/library.ts';
import type { Meaning } from '../../libraries/meaning.ts';
import type { Site } from '../../program/ir.ts';
import { takeStep, loseTrack } from '../optimizers.ts';
import { runScope } from '../scopes.ts';
import { type Compiled, compiledAt, optimizersAt } from './compiled.ts';
import { tellNames, tellTraining } from './training-calls.ts';
import type { Subject } from '../subject.ts';
import { shapeFacts, tensorOf } from '../tensor.ts';
import { type Pass, runModel } from './forward.ts';
import { lossesIn, runLosses } from './layer-scopes.ts';
import { tellPrepared } from './layer-settings.ts';
import { noteCompiled } from './outdated.ts';
import { dimensionsOf, inputsOf, outputsOf } from './shapes.ts';
import { possiblePartsOf, tracksItself, type Weights, weightsIn } from './weights.ts';

/** `model.compile({ loss })`: each loss of the program's own is run as training will run it, and the weights to train are collected. */
export function compileModel(m: Machine, { library, receiver }: Subject, call: Invocation): void {
  const config = argument(call.arguments, 0);
  const loss = config.kind === 'object' ? m.getMember(config, literal('loss'), call.site) : undefined;
  tellPrepared(m, 'compiled', library, receiver, loss === undefined ? [] : lossesIn(m, loss).filter(({ kind }) => kind !== 'never'), call.site);
  tellNames(m, library, config, call);
  if (loss !== undefined) runLosses(m, library, loss, receiver?.kind === 'instance' ? receiver : undefined, call);
  const optimizer = config.kind === 'object' ? m.getMember(config, literal('optimizer'), call.site) : undefinedValue;
  if (receiver?.kind !== 'instance' || receiver.block === undefined) {
    for (const node of reachableNodes(m, optimizer)) m.history.escaped.add(node);
    return;
  }
  const left = array(m, { items: leftOut(library, weightsIn(m, receiver)), others: never }, call.site);
  const compiled = record(m, call.site, loss === undefined ? { left, optimizer } : { loss, left, optimizer });
  m.memory.write(receiver.block.compiled, compiled);
  noteCompiled(m, receiver.block);
}

/** The weights that are not collected, or perhaps not. */
function leftOut(library: Library, { list }: Weights): readonly Value[] {
  return list.filter(({ collected }) => collected !== 'yes').map(({ node, collected }) => ({ kind: 'instance', library, class: collected, node }));
}

/** `model.fit(x, y)`, `model.trainOnBatch(x, y)`. */
export function trainModel(m: Machine, { library, receiver, node }: Subject, on: Extract<Meaning, { is: 'train' }>['on'], call: Invocation): void {
  const block = receiver?.kind === 'instance' ? receiver.block : undefined;
  const compiled = block && compiledAt(m, block);
  if (receiver?.kind === 'instance') tellTraining(m, receiver, on, call);
  if (receiver?.kind !== 'instance' || block === undefined || compiled === undefined || weightsIn(m, receiver).list.length === 0) {
    if (node !== undefined) tellTrained(m, node);
    if (block !== undefined) loseTrack(m, optimizersAt(m, block));
    return;
  }
  const within = new Set<Node>();
  const form = formOf(m, receiver, compiled, within);
  for (const other of perhapsTrained(m, receiver, form)) tellTrained(m, other);
  const { scope } = runScope(m, library, {
    form, callback: { kind: 'native', name: call.label, call: () => lossOf(m, receiver, block, compiled, dataShapes(m, receiver, on), { library, site: call.site, label: call.label, options: optionsOf(m, library, call), within }, call) },
    callbackSite: call.site, args: noArguments, label: call.label, site: call.site, asked: form.asked.map((source): AskedSource => ({ value: { kind: 'instance', library, class: 'Variable', node: source }, node: source, site: call.site })), everything: false,
  });
  const { optimizer } = compiled;
  if (optimizer.kind === 'instance' && optimizer.optimizer !== undefined) takeStep(m, optimizer.optimizer, { scope, moves: 'the list', label: call.label, site: call.site, chain: m.frame.chain });
  else loseTrack(m, optimizer);
}

/** By means of the library's own. */
function tellTrained(m: Machine, weights: Node): void {
  m.history.add({ kind: 'update', weights, how: 'trained' });
}

/** What is trained, by what `compile` collected and by what is trainable now. */
function formOf(m: Machine, model: InstanceValue, { left: then }: Compiled, within: ReadonlySet<Node>): TrainingForm {
  const { complete, list } = weightsIn(m, model);
  const asked = list.filter(({ node, flag, held }) => held === 'certainly' && !then.has(node) && flag === 'yes').map(({ node }) => node);
  const frozen = list.filter(({ node, flag }) => then.get(node) === 'no' || flag === 'no').map(({ node }) => node);
  // Switched on when it was collected no more.
  const late = list.filter(({ node, collected, flag, held }) => held === 'certainly' && then.get(node) === 'no' && collected === 'yes' && flag === 'yes').map(({ node }) => node);
  const perhaps = list.map(({ node }) => node).filter((node) => !asked.includes(node) && !frozen.includes(node));
  return { kind: 'training', asked, late, frozen: complete && frozen.length === list.length ? frozen : [], complete: complete && perhaps.length === 0, perhaps: complete ? perhaps : undefined, within };
}

/** Weights of which it is not known whether the model has them, or trains them. */
function perhapsTrained(m: Machine, model: InstanceValue, form: TrainingForm): readonly Node[] {
  const parts = possibleLeavesOf(m, model);
  const unsure = weightsIn(m, model).list.map(({ node }) => node).filter((node) => !form.asked.includes(node) && !form.frozen.includes(node) && !form.late.includes(node));
  const beyond = parts.filter((part) => part.kind === 'object' ? tracksItself(part) : part.kind !== 'instance' || part.block === undefined);
  return [...form.complete ? [] : unsure, ...beyond.flatMap((part) => reachableNodes(m, part))];
}

function possibleLeavesOf(m: Machine, part: Value): readonly Value[] {
  const parts = part.kind === 'instance' && part.block !== undefined ? possiblePartsOf(m, part.block.structure) : [];
  return parts.length === 0 ? [part] : parts.flatMap((each) => possibleLeavesOf(m, each));
}

function optionsOf(m: Machine, library: Library, call: Invocation): Value {
  return record(m, call.site, library.layers === undefined ? {} : { [library.layers.training]: literal(true) });
}

/** What a model is trained on, as far as it refuses everything else. */
interface DataShapes {
  readonly inputs: readonly (LayerShape | undefined)[];
  readonly labels: readonly (LayerShape | undefined)[];
}

/** The items of a data set it does not look at. */
function dataShapes(m: Machine, model: InstanceValue, on: Extract<Meaning, { is: 'train' }>['on']): DataShapes {
  return on === 'dataset' ? { inputs: [], labels: [] } : { inputs: inputsOf(m, model) ?? [], labels: outputsOf(m, model) ?? [] };
}

function lossOf(m: Machine, model: InstanceValue, { structure }: Block, { loss }: Compiled, shapes: DataShapes, pass: Pass, call: Invocation): Value {
  const count = structure.kind === 'graph' ? structure.inputs.length : 1;
  const inputs = Array.from({ length: count }, (_, index) => m.allocator.along(index, () => tensorOf(m, pass.library, m.node({ kind: 'constant' }, 'x', argumentSite(call, 0)), factsOf(shapes.inputs[index]))));
  const output = runModel(m, model, inputs, pass);
  const penalised = weightsIn(m, model).list.filter((weight) => weight.penalised).map(({ node }) => node);
  return total(m, pass.library, lossesOf(m, pass.library, loss, output, shapes.labels, call), penalised, call.site);
}

function factsOf(shape: LayerShape | undefined): Facts {
  return shape === undefined ? noFacts : shapeFacts(dimensionsOf(shape));
}

/** The loss of each output. */
function lossesOf(m: Machine, library: Library, loss: Value, output: Value, shapes: DataShapes['labels'], call: Invocation): readonly Value[] {
  const outputs = output.kind === 'object' ? contents(m, output.heap).filter(({ kind }) => kind !== 'never') : [output];
  const given = loss.kind === 'object' && loss.heap.isArray ? m.memory.list(loss.heap).items : [];
  return outputs.map((prediction, index) => lossOfOutput(m, library, given[index] ?? (loss.kind === 'closure' ? loss : undefined), prediction, factsOf(shapes[index]), call));
}

function lossOfOutput(m: Machine, library: Library, loss: Value | undefined, prediction: Value, facts: Facts, call: Invocation): Value {
  const closures = loss === undefined ? [] : functionsIn([loss]);
  const [closure] = closures;
  if (closure === undefined || loss?.kind !== 'closure') return prediction;
  const labels = tensorOf(m, library, m.node({ kind: 'constant' }, 'yTrue', argumentSite(call, 1)), facts);
  return m.invoke(closure, literal(undefined), callWith([labels, prediction], call.site), call.site, 'loss');
}

/** Losses and penalties together. */
function total(m: Machine, library: Library, losses: readonly Value[], penalised: readonly Node[], site: Site): Value {
  const [only] = losses;
  if (only?.kind === 'tensor' && losses.length === 1 && penalised.length === 0) return only;
  const node = m.node({ kind: 'operation' }, 'loss', site);
  for (const from of [...losses.flatMap((loss) => operandNodes(m, loss)), ...penalised]) node.connect(from, 'flows', site);
  return tensorOf(m, library, node);
}
