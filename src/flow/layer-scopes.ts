/** Functions that a library runs on its own tape while it trains a model: custom losses, and the `call` of custom layers. */
import type { Library } from '../libraries/library.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import { findMember } from './classes.ts';
import { Node } from './graph.ts';
import { functionsIn } from './functions.ts';
import { type Invocation, argument, argumentSite, callWith } from './invocation.ts';
import { tensorOf } from './library-calls.ts';
import type { Machine } from './machine.ts';
import { getMember } from './members.ts';
import { contents } from './operations.ts';
import { record } from './scopes.ts';
import { fromType } from './types.ts';
import { type ClosureValue, type ObjectValue, type TensorValue, type Value, literal, members } from './value.ts';

/** `model.compile({ loss })`: each loss of the program's own is run as training will run it. */
export function compileModel(m: Machine, library: Library, model: Node | undefined, call: Invocation): void {
  const config = argument(call.arguments, 0);
  if (config.kind !== 'object') return;
  const loss = getMember(m, config, literal('loss'), call.site);
  for (const closure of functionsIn(lossesIn(m, loss))) runLoss(m, library, closure, model, call);
}

/** One loss, or one for each output. */
function lossesIn(m: Machine, loss: Value): readonly Value[] {
  return members(loss).flatMap((member) => (member.kind === 'object' ? contents(m, member.heap) : [member]));
}

function runLoss(m: Machine, library: Library, closure: ClosureValue, model: Node | undefined, call: Invocation): void {
  const site = argumentSite(call, 0);
  const labels = m.node('constant', 'yTrue', closure.code.site);
  const prediction = sourceOf(m, closure.code, 1, 'yPred');
  if (model !== undefined) m.layers.predictions.set(prediction, model);
  record(m, library, { kind: 'function', role: 'loss' }, {
    callback: closure, callbackSite: closure.code.site, args: callWith([tensorOf(library, labels), tensorOf(library, prediction)], site),
    label: call.label, site, asked: [{ value: tensorOf(library, prediction), node: prediction, site: closure.code.site }], everything: false,
  });
}

/** The differentiated parameter of a function, under the name that the function gives it. */
function sourceOf(m: Machine, code: FunctionCode, position: number, name: string): Node {
  const pattern = code.parameters[position]?.pattern;
  const node = new Node('source', name, pattern?.site ?? code.nameSite, m.frame.chain, undefined);
  node.call(pattern?.kind === 'binding' ? pattern.binding.name : name, 0);
  node.foreign = true;
  return node;
}

/** Runs the `call` of a custom layer as a model will that it is part of; gives false where the object is no such layer. */
export function runLayer(m: Machine, layer: ObjectValue, code: FunctionCode): boolean {
  const { base, class: home } = layer.heap;
  const closure = home === undefined ? undefined : findMember(home, 'call', 'method', false);
  if (base === undefined || closure?.code !== code || base.library.classes[base.name]?.instance !== 'parametrised') return false;
  const { library } = base;
  const input = sourceOf(m, code, 0, 'inputs');
  const [parameter] = code.parameters;
  const tensor = tensorOf(library, input);
  const value = parameter === undefined ? tensor : inputValue(m, tensor, parameter.pattern.site);
  record(m, library, { kind: 'function', role: 'layer' }, {
    callback: { ...closure, receiver: layer }, callbackSite: code.nameSite, args: callWith([value], code.nameSite),
    label: 'call', site: code.nameSite, asked: [{ value: tensor, node: input, site: code.nameSite }], everything: false,
  });
  return true;
}

/** A layer gets a tensor, or an array of them where its type says so. */
function inputValue(m: Machine, tensor: TensorValue, site: Site): Value {
  const value = fromType(m, m.program.typeOf(site), { node: tensor.node, site, name: 'inputs' });
  return value.kind === 'unknown' ? tensor : value;
}
