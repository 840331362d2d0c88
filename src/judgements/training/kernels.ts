/**
 * Layers in a row whose kernels begin with one number everywhere: the units of the first see the same inputs with the
 * same weights and count the same for the next, so their gradients are the same, and they stay alike.
 */
import type { Library } from '../../libraries/library.ts';
import type { Node } from '../../domain/graph.ts';
import { type LayerSettings, layersOf } from '../../tensors/layers/layer-settings.ts';
import type { Machine } from '../../interpreter/machine.ts';
import type { Value } from '../../domain/value.ts';

/** Of a model that is about to be trained. */
export function checkKernels(m: Machine, library: Library, model: Value | undefined): void {
  if (model?.kind !== 'instance' || m.muted > 0) return;
  const { withUnits, alike } = library.usage.layers;
  const layers = layersOf(m, model);
  let row: LayerSettings[] = [];
  for (const layer of [...layers, undefined]) {
    if (layer !== undefined && alike.has(layer.kind)) continue;
    const goesOn = layer?.constantKernel === true && Object.hasOwn(withUnits, layer.kind);
    if (goesOn) row.push(layer);
    // The units of the last layer of a row may differ: what comes behind it tells them apart.
    if (goesOn && layer.constant && (layer.units ?? 0) > 1) continue;
    const [first] = row;
    if (first !== undefined && row.length > 1) tell(m, first.node, row);
    row = [];
  }
}

function tell(m: Machine, first: Node, row: readonly LayerSettings[]): void {
  m.observer.suspicion({
    cause: 'constant-initialisation', variant: 'layers', site: first.site, chain: first.chain, scope: first.label,
    about: row.map(({ node }) => node), effect: { kind: 'alike' },
  });
}
