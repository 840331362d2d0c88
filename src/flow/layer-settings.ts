/** What the settings of layers say of the model they are put into: its layers in a row, and the form of what it gives. */
import type { Library } from '../libraries/library.ts';
import type { PartsForm } from '../libraries/meaning.ts';
import type { Form } from '../libraries/usage.ts';
import type { Node } from './graph.ts';
import { type Invocation, argument } from './invocation.ts';
import type { Machine } from './machine.ts';
import { getMember } from './members.ts';
import { type HeapObject, type ListState, type Value, literal, members, never } from './value.ts';

/** A layer as it is configured; what is not known for certain is `other`, or undefined. */
export interface LayerSettings {
  readonly node: Node;
  /** The function that makes it. */
  readonly kind: string;
  readonly activation: Form | 'linear' | 'other';
  /** Kernel and bias begin with one number everywhere. */
  readonly constant: boolean;
  /** The kernel alone is looked at by what comes before. */
  readonly constantKernel: boolean;
  readonly units: number | undefined;
}

/** Of a file: its layers, and the models that are made of them. */
export class LayerBook {
  readonly settings = new Map<Node, LayerSettings>();
  /** Layers in the order in which a model applies them, as far as that is known. */
  readonly stacks = new Map<Node, HeapObject>();
  /** The symbolic outputs of functional models. */
  readonly outputs = new Map<Node, Node>();
  /** Values that stand for the output of a model. */
  readonly predictions = new Map<Node, Node>();
}

/** `layers.dense({ … })`, `sequential({ layers })`, `model({ outputs })`: to be told of each that is made. */
export function describeLayer(m: Machine, library: Library, name: string, parts: PartsForm | undefined, made: Value, call: Invocation): void {
  if (made.kind !== 'instance' || made.node === undefined) return;
  const config = argument(call.arguments, 0);
  if (Object.hasOwn(library.families, 'layers') && made.class === 'Layer') {
    m.layers.settings.set(made.node, settingsOf(m, library, name, made.node, config, call));
    return;
  }
  const given: Value = parts === undefined || config.kind !== 'object' ? never : getMember(m, config, literal(parts.kind === 'graph' ? parts.outputs : parts.at), call.site);
  if (given.kind === 'tensor') m.layers.outputs.set(made.node, given.node);
  const isEmpty = given.kind === 'never' || (given.kind === 'literal' && given.value === undefined);
  if (given.kind !== 'object' && !isEmpty) return;
  const stack = m.heap('array', call.site);
  m.writeList(stack, given.kind === 'object' ? m.realm.iterate(m, given, call.site) : { items: [], others: never });
  m.layers.stacks.set(made.node, stack);
}

/** `model.add(layer)`; without a layer, `model.pop()`. */
export function stackLayer(m: Machine, model: Node | undefined, layer: Value | undefined): void {
  const stack = model && m.layers.stacks.get(model);
  if (stack === undefined) return;
  const { items, others } = m.list(stack);
  m.writeList(stack, { items: layer === undefined ? items.slice(0, -1) : [...items, layer], others });
}

function settingsOf(m: Machine, { usage: { layers: usage } }: Library, kind: string, node: Node, config: Value, call: Invocation): LayerSettings {
  const setting = (name: string | undefined): Value => (config.kind === 'object' && name !== undefined ? getMember(m, config, literal(name), call.site) : never);
  const { activation, kernel, bias, weights } = usage.settings;
  const units = setting(Object.hasOwn(usage.withUnits, kind) ? usage.withUnits[kind] : undefined);
  const constantKernel = isConstant(setting(kernel)) && isAbsent(setting(weights));
  const begins = setting(bias);
  return {
    node, kind, activation: activationOf(usage.activating, kind, setting(activation)), constantKernel,
    constant: constantKernel && (isAbsent(begins) || isConstant(begins)),
    units: units.kind === 'literal' && typeof units.value === 'number' ? units.value : undefined,
  };

  function isConstant(value: Value): boolean {
    if (value.kind === 'instance') return value.class === usage.constantInitialisers.class;
    return value.kind === 'literal' && typeof value.value === 'string' && usage.constantInitialisers.names.has(value.value);
  }
}

function isAbsent(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined;
}

function activationOf(activating: Library['usage']['layers']['activating'], kind: string, configured: Value): LayerSettings['activation'] {
  const own = Object.hasOwn(activating, kind) ? activating[kind] : undefined;
  if (own === undefined) return 'other';
  if (own !== 'configured') return own;
  if (configured.kind !== 'literal') return 'other';
  if (configured.value === 'softmax' || configured.value === 'sigmoid') return configured.value;
  return configured.value === undefined || configured.value === null || configured.value === 'linear' ? 'linear' : 'other';
}

/** The layers of a model in their order, the last of them at least; `undefined` for one of which nothing is known. */
export function layersOf(m: Machine, model: Node): readonly (LayerSettings | undefined)[] {
  const own = m.layers.settings.get(model);
  if (own !== undefined) return [own];
  const stack = m.layers.stacks.get(model);
  if (stack !== undefined) return inOrder(m, m.list(stack));
  const output = m.layers.outputs.get(model);
  return output === undefined ? [] : chained(m, output);
}

function inOrder(m: Machine, { items, others }: ListState): readonly (LayerSettings | undefined)[] {
  if (others.kind !== 'never') return [];
  return items.flatMap((item) => {
    const [only, ...more] = members(item);
    return only?.kind !== 'instance' || only.node === undefined || more.length > 0 ? [undefined] : within(m, only.node);
  });
}

/** A layer, or those of a model that is one. */
function within(m: Machine, layer: Node): readonly (LayerSettings | undefined)[] {
  const inner = layersOf(m, layer);
  return inner.length === 0 ? [undefined] : inner;
}

/** From the output of a functional model back, while each layer has one input. */
function chained(m: Machine, output: Node): readonly (LayerSettings | undefined)[] {
  const layers: (LayerSettings | undefined)[] = [];
  for (let at = output; at.kind === 'operation';) {
    const weights: Node[] = at.inputs.map(({ from }) => from).filter((node) => node.kind === 'source');
    const inputs: Node[] = at.inputs.map(({ from }) => from).filter((node) => node.kind !== 'source');
    const [layer] = weights;
    if (weights.length !== 1 || layer === undefined) return [undefined, ...layers];
    layers.unshift(...within(m, layer));
    const [input, ...more] = inputs;
    if (input === undefined || more.length > 0) return [undefined, ...layers];
    at = input;
  }
  return layers;
}
