/** Layers and models: objects that own weights and apply them. */
import { noFacts } from '../calculus/numbers/facts.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Site } from '../program/ir.ts';
import type { Node } from './graph.ts';
import { invoke } from './functions.ts';
import { type Invocation, argument, argumentSite } from './invocation.ts';
import { findMember } from './classes.ts';
import { type Subject, tensorOf } from './library-calls.ts';
import type { Machine } from './machine.ts';
import { getMember } from './members.ts';
import { operandNodes } from './operations.ts';
import { refineAt } from './types.ts';
import { reachableNodes, unknownFrom } from './unknown.ts';
import { type InstanceValue, type Value, literal } from './value.ts';

export function makeParametrised(m: Machine, library: Library, meaning: Extract<Meaning, { is: 'parametrised' }>, call: Invocation): Value {
  const node = m.node('source', call.label, call.site);
  node.several = true;
  node.foreign = meaning.pretrained === true;
  m.hasVariables = true;
  const config = argument(call.arguments, 0);
  if (meaning.parts !== undefined && config.kind === 'object') {
    addParts(node, sourcesBehind(m, getMember(m, config, literal(meaning.parts), call.site)));
  }
  if (config.kind === 'object' && mayBeFrozen(getMember(m, config, literal('trainable'), call.site))) for (const frozen of [node, ...node.parts]) frozen.unwanted = true;
  const instance: InstanceValue = { kind: 'instance', library, class: meaning.class, node };
  return meaning.promise === true ? { kind: 'promise', value: instance } : instance;
}

/** `trainable: false` in a configuration, or a value that is not known. */
function mayBeFrozen(trainable: Value): boolean {
  return !(trainable.kind === 'literal' && (trainable.value === undefined || trainable.value === true));
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
  return [...found].filter((node) => node.kind === 'source' && node.label !== 'variable');
}

function addParts(model: Node, parts: readonly Node[]): void {
  for (const part of parts) if (part !== model && !model.parts.includes(part)) model.parts.push(part);
}

/** `model.add(layer)`. */
export function addPart(m: Machine, subject: Subject, part: Value): void {
  if (subject.node !== undefined) addParts(subject.node, sourcesBehind(m, part));
}

/** `model.predict(x)`, `layer.apply(x)`. A layer of the program's own runs its `call`. */
export function applyModel(m: Machine, subject: Subject, call: Invocation): Value {
  const { library, receiver, node: weights } = subject;
  const input = refineAt(m, argument(call.arguments, 0), argumentSite(call, 0));
  if (receiver?.kind === 'object') {
    const method = receiver.heap.class === undefined || call.label === 'call' ? undefined : findMember(receiver.heap.class, 'call', 'method', false);
    return method === undefined ? unknownFrom(m, [receiver, ...call.arguments.values], call.site) : invoke(m, method, receiver, call.arguments, call.site, 'call');
  }
  const node = m.node('operation', call.label, call.site);
  for (const from of operandNodes(m, input)) node.connect(from, 'flows', argumentSite(call, 0));
  if (weights !== undefined) {
    node.connect(weights, 'flows', call.site);
    m.layers.predictions.set(node, weights);
  }
  return tensorOf(library, node);
}

/** `layer.addWeight(name, shape, …)`: a weight that the layer owns. */
export function newWeight(m: Machine, subject: Subject, call: Invocation): Value {
  const node = m.node('source', call.label, call.site);
  const name = argument(call.arguments, 0);
  if (name.kind === 'literal' && typeof name.value === 'string') node.call(name.value, m.depth);
  const trainable = argument(call.arguments, 5);
  node.trainable = !(trainable.kind === 'literal' && trainable.value === false);
  return { kind: 'instance', library: subject.library, class: 'LayerVariable', node };
}

/** The weights, or parts, of a layer or model. */
export function weightsOf(m: Machine, subject: Subject, meaning: Extract<Meaning, { is: 'weights' }>, site: Site): Value {
  const { library, node, receiver } = subject;
  if (node === undefined) return unknownFrom(m, receiver === undefined ? [] : [receiver], site);
  const one: Value = library.classes[meaning.of]?.instance === 'variable'
    ? { kind: 'tensor', library, class: meaning.of, node, facts: noFacts }
    : { kind: 'instance', library, class: meaning.of, node };
  return meaning.form === 'one' ? one : m.realm.array(m, { items: [], others: one }, site);
}

