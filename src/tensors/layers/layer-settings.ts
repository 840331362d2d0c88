/** What the settings of layers say of the model they are put into: its layers in a row, and the form of what it gives. */
import type { Library } from '../../libraries/library.ts';
import type { Form } from '../../libraries/usage.ts';
import type { Block } from '../../domain/block.ts';
import { Node } from '../../domain/graph.ts';
import type { Machine } from '../../interpreter/machine.ts';
import { getMember } from '../../interpreter/members.ts';
import { type InstanceValue, type ListState, type Value, literal, never } from '../../domain/value.ts';

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

/** The layers of a model in their order, the last of them at least; `undefined` for one of which nothing is known. */
export function layersOf(m: Machine, { library, node, block }: InstanceValue): readonly (LayerSettings | undefined)[] {
  switch (block?.structure.kind) {
    case 'layer': return [settingsOf(m, library, block.structure.name, node, block)];
    case 'sequence': return inOrder(m, m.list(block.structure.parts.heap));
    case 'graph': return chained(m, block.structure.outputs);
    default: return [];
  }
}

function inOrder(m: Machine, { items, others }: ListState): readonly (LayerSettings | undefined)[] {
  return others.kind === 'never' ? items.flatMap((item) => within(m, item)) : [];
}

/** A layer, or those of a model that is one. */
function within(m: Machine, part: Value | undefined): readonly (LayerSettings | undefined)[] {
  const inner = part?.kind === 'instance' ? layersOf(m, part) : [];
  return inner.length === 0 ? [undefined] : inner;
}

/** From the output of a functional model back, while each layer has one input. */
function chained(m: Machine, [output, ...more]: readonly Node[]): readonly (LayerSettings | undefined)[] {
  if (output === undefined || more.length > 0) return [];
  const layers: (LayerSettings | undefined)[] = [];
  for (let at = m.models.symbolic.get(output); at?.part !== undefined;) {
    layers.unshift(...within(m, at.part));
    const [input, ...others] = at.inputs;
    if (input === undefined || others.length > 0) return [undefined, ...layers];
    at = m.models.symbolic.get(input);
  }
  return layers;
}

function settingsOf(m: Machine, { usage: { layers: usage } }: Library, kind: string, weights: Node | undefined, { config, site }: Block): LayerSettings {
  const node = weights ?? new Node('operation', kind, site, undefined, undefined);
  const setting = (name: string | undefined): Value => (config.kind === 'object' && name !== undefined ? getMember(m, config, literal(name), site) : never);
  const { activation, kernel, bias, weights: given } = usage.settings;
  const units = setting(Object.hasOwn(usage.withUnits, kind) ? usage.withUnits[kind] : undefined);
  const constantKernel = isConstant(setting(kernel)) && isAbsent(setting(given));
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
