/** What the settings of layers say of the model they are put into: its layers in a row, and the form of what it gives. */
import { Node } from '../../domain/graph.ts';
import type { Preparation } from '../../domain/history.ts';
import type { LayerSettings } from '../../domain/models.ts';
import type { Block, InstanceValue, Invocation, ListState, Value } from '../../domain/value.ts';
import { argument } from '../../domain/invocation.ts';
import { literal, members, never } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { operandNodes } from '../../interpreter/values/reach.ts';
import type { Library } from '../../libraries/library.ts';
import type { Site } from '../../program/ir.ts';

/** The layers of a model in their order, the last of them at least; `undefined` for one of which nothing is known. */
export function layersOf(m: Machine, { library, node, block }: InstanceValue): readonly (LayerSettings | undefined)[] {
  switch (block?.structure.kind) {
    case 'layer': return [settingsOf(m, library, block.structure.name, node, block)];
    case 'sequence': return inOrder(m, m.memory.list(block.structure.parts.heap));
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
  for (let at = m.history.models.symbolic.get(output); at?.part !== undefined;) {
    layers.unshift(...within(m, at.part));
    const [input, ...others] = at.inputs;
    if (input === undefined || others.length > 0) return [undefined, ...layers];
    at = m.history.models.symbolic.get(input);
    if (at === undefined) return [undefined, ...layers];
  }
  return layers;
}

function settingsOf(m: Machine, { usage: { layers: usage } }: Library, kind: string, weights: Node | undefined, { config, site }: Block): LayerSettings {
  const node = weights ?? new Node({ kind: 'operation' }, kind, site, undefined, undefined);
  const setting = (name: string | undefined): Value => (config.kind === 'object' && name !== undefined ? m.getMember(config, literal(name), site) : never);
  const { activation, kernel, bias, weights: given } = usage.settings;
  const units = setting(Object.hasOwn(usage.withUnits, kind) ? usage.withUnits[kind] : undefined);
  const constantKernel = isConstant(setting(kernel)) && isAbsent(setting(given));
  const begins = setting(bias);
  return {
    node, kind, activation: activationOf(usage.activating, kind, setting(activation)), constantKernel,
    constant: constantKernel && (isAbsent(begins) || isConstant(begins)),
    units: units.kind === 'literal' && typeof units.value === 'number' ? units.value : undefined,
    awake: awakeOf(),
    regularised: !usage.withoutRegularizers.has(kind) && usage.regularizers.some((key) => members(setting(key)).every(isThere)),
  };

  function awakeOf(): LayerSettings['awake'] {
    const row = Object.hasOwn(usage.awake, kind) ? usage.awake[kind] : undefined;
    const above = row?.above === undefined ? undefined : setting(row.above);
    return above === undefined || (above.kind === 'literal' && Number(above.value) > 0) ? row?.does : undefined;
  }

  function isConstant(value: Value): boolean {
    if (value.kind === 'instance') return value.class === usage.constantInitialisers.class;
    return value.kind === 'literal' && typeof value.value === 'string' && usage.constantInitialisers.names.has(value.value);
  }
}

/** It is neither nothing nor something unknown: a name, or what a function of the library gives. */
function isThere(value: Value): boolean {
  if (value.kind === 'literal') return typeof value.value === 'string';
  return value.kind === 'instance' || (value.kind === 'unknown' && value.type?.kind === 'instance');
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

/** A model is made ready to be trained, with these losses. */
export function tellPrepared(m: Machine, kind: Preparation['kind'], library: Library, model: Value | undefined, losses: readonly Value[], site: Site): void {
  if (model?.kind === 'instance' && !m.occasion.isSilent) m.tell({ kind, library, layers: layersOf(m, model), losses, site, chain: m.frame.chain });
}

/** A model, or a layer, has been run: what it gave, and whether the call says that it trains. */
export function tellRun(m: Machine, library: Library, model: Value | undefined, given: Value, { label, site, arguments: args }: Invocation): void {
  const { tapes } = m;
  if (model?.kind !== 'instance' || tapes === undefined || m.occasion.isSilent) return;
  const options = argument(args, 1);
  const isSaid = args.others !== undefined || (options.kind === 'object' ? !isAbsent(m.getMember(options, literal(library.layers?.training ?? ''), site)) : !isAbsent(options));
  m.tell({ kind: 'application', library, layers: layersOf(m, model), training: isSaid ? 'said' : 'not said', outputs: operandNodes(m, given), tapes, label, site, chain: m.frame.chain });
}
