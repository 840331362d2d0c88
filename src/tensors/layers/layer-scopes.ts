/** Functions that a library runs on its own tape while it trains a model: custom losses, and the `call` of custom layers. */
import { Node } from '../../domain/graph.ts';
import type { FunctionForm } from '../../domain/history.ts';
import { argumentSite, callWith } from '../../domain/invocation.ts';
import type { ClosureValue, HeapObject, InstanceValue, Invocation, ObjectValue, TensorValue, Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { functionsIn } from '../../interpreter/unknown-calls.ts';
import { findMember } from '../../interpreter/values/class-members.ts';
import { array } from '../../interpreter/values/lists.ts';
import { contents } from '../../interpreter/values/reach.ts';
import { fromType } from '../../interpreter/values/types.ts';
import type { Library } from '../../libraries/library.ts';
import type { FunctionCode, Site } from '../../program/ir.ts';
import { runScope } from '../scopes.ts';
import { tensorOf } from '../tensor.ts';
import { layersOf } from './layer-settings.ts';
import { build } from './own-layers.ts';
import { tracksItself, weightsIn } from './weights.ts';

/** Each loss of the program's own that `compile` is given is run as training will run it. */
export function runLosses(m: Machine, library: Library, loss: Value, model: InstanceValue | undefined, call: Invocation): void {
  const only = isOnly(m, loss, model) ? 'yes' : 'unsure';
  for (const closure of functionsIn(lossesIn(m, loss))) runLoss(m, library, closure, { model, only }, call);
}

/** Whether nothing else is added to what the function gives: it is the loss of every output, and no weight is penalised. */
function isOnly(m: Machine, loss: Value, model: InstanceValue | undefined): boolean {
  if (loss.kind !== 'closure' || model === undefined) return false;
  const { complete, list } = weightsIn(m, model);
  return complete && list.every(({ penalised }) => !penalised);
}

interface Trained {
  readonly model: InstanceValue | undefined;
  readonly only: 'yes' | 'unsure';
}

/** One loss, or one for each output. */
export function lossesIn(m: Machine, loss: Value): readonly Value[] {
  return members(loss).flatMap((member) => (member.kind === 'object' ? contents(m, member.heap) : [member]));
}

function runLoss(m: Machine, library: Library, closure: ClosureValue, { model, only }: Trained, call: Invocation): void {
  const site = argumentSite(call, 0);
  const labels = m.node({ kind: 'constant' }, 'yTrue', closure.code.site);
  const prediction = sourceOf(m, closure.code, 1, 'yPred');
  if (model !== undefined) m.history.predictions.set(prediction, layersOf(m, model));
  runScope(m, library, {
    form: { kind: 'function', role: 'loss', only }, callback: closure, callbackSite: closure.code.site, args: callWith([tensorOf(m, library, labels), tensorOf(m, library, prediction)], site),
    label: call.label, site, asked: [{ value: tensorOf(m, library, prediction), node: prediction, site: closure.code.site }], everything: false,
  });
}

/** The differentiated parameter of a function, under the name that the function gives it. */
function sourceOf(m: Machine, code: FunctionCode, position: number, name: string): Node {
  const pattern = code.parameters[position]?.pattern;
  const node = new Node({ kind: 'source', made: 'argument', trainable: 'yes' }, name, pattern?.site ?? code.nameSite, m.frame.chain, undefined);
  node.call(pattern?.kind === 'binding' ? pattern.binding.name : name, 0);
  return node;
}

/** What runs a layer of the program's own. */
export function callOf({ base, class: home }: HeapObject): ClosureValue | undefined {
  const name = base?.library.layers?.call;
  return home === undefined || name === undefined || base?.library.classes[base.name]?.instance !== 'parametrised' ? undefined : findMember(home, name, 'method');
}

/**
 * Runs a layer of the program's own as a model will that it is part of: for all that it does to a gradient, or for what
 * becomes of its weights. Gives false where the object is no such layer.
 */
export function runLayer(m: Machine, layer: ObjectValue, code: FunctionCode, about: 'all' | 'weights'): boolean {
  const { base } = layer.heap;
  const closure = callOf(layer.heap);
  if (base === undefined || closure?.code !== code) return false;
  const { library } = base;
  build(m, layer, []);
  const input = sourceOf(m, code, 0, 'inputs');
  const [parameter] = code.parameters;
  const tensor = tensorOf(m, library, input);
  const value = parameter === undefined ? tensor : inputValue(m, tensor, parameter.pattern.site);
  runScope(m, library, {
    form: formOf(m, layer, code, about), callback: { ...closure, receiver: layer }, callbackSite: code.nameSite, args: callWith([value], code.nameSite),
    label: 'call', site: code.nameSite, asked: [{ value: tensor, node: input, site: code.nameSite }], everything: false,
  });
  return true;
}

function formOf(m: Machine, layer: ObjectValue, { owner }: FunctionCode, about: 'all' | 'weights'): FunctionForm {
  const weights = m.history.models.own.get(layer.heap)?.weights ?? [];
  const isExtended = owner === undefined || m.program.isExtended(owner);
  return { kind: 'function', role: 'layer', weights: isExtended ? [] : [...weights], tracksItself: tracksItself(layer), cuts: about === 'all' && owner !== undefined && m.history.models.placed.get(owner) === true };
}

/** A layer gets a tensor, or an array of them: what its type says. Without a type it may be either, as the library has it. */
function inputValue(m: Machine, tensor: TensorValue, site: Site): Value {
  const value = fromType(m, m.program.typeOf(site), { node: tensor.node, site, name: 'inputs' });
  const isTold = [value, ...value.kind === 'object' ? contents(m, value.heap) : []].every(({ kind }) => kind !== 'unknown');
  return !isTold ? m.memory.joiner.values(tensor, array(m, { items: [tensor], others: tensor }, site)) : m.memory.joiner.all(members(value).map((member) => notEmpty(m, member, site)));
}

/** A layer is never given an array without inputs. */
function notEmpty(m: Machine, value: Value, site: Site): Value {
  if (value.kind !== 'object' || !value.heap.isArray) return value;
  const { items, others } = m.memory.list(value.heap);
  return items.length === 0 ? array(m, { items: [others], others }, site) : value;
}
