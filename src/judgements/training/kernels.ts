/**
 * Layers in a row whose kernels begin with one number everywhere: the units of the first see the same inputs with the
 * same weights and count the same for the next, so their gradients are the same, and they stay alike.
 */
import type { Node } from '../../domain/graph.ts';
import type { History, Preparation } from '../../domain/history.ts';
import type { LayerSettings } from '../../domain/models.ts';
import type { Suspicion } from '../suspicions.ts';

/** Weights that get their values from elsewhere. */
export function overwrittenWeights(history: History): ReadonlySet<Node> {
  return new Set(history.all('update').filter(({ how }) => how === 'overwritten').flatMap(({ weights }) => [weights, ...weights.parts]));
}

/** Of models that are about to be trained. Weights that get their values from elsewhere do not begin as they were made. */
export function constantKernels(history: History): readonly Suspicion[] {
  const overwritten = overwrittenWeights(history);
  const escaped = new Set([...history.escaped].flatMap((node) => [node, ...node.parts]));
  const isKnown = ({ node }: LayerSettings): boolean => !overwritten.has(node) && !escaped.has(node);
  const prepared = history.events.filter((event): event is Preparation => event.kind === 'compiled' || event.kind === 'applied');
  return prepared.flatMap(rowsIn).filter((row) => row.every(isKnown)).flatMap(suspicionOf);
}

function rowsIn({ library, layers }: Preparation): readonly (readonly LayerSettings[])[] {
  const { withUnits, alike } = library.usage.layers;
  const rows: LayerSettings[][] = [];
  let row: LayerSettings[] = [];
  for (const layer of [...layers, undefined]) {
    if (layer !== undefined && alike.has(layer.kind)) continue;
    const goesOn = layer?.constantKernel === true && Object.hasOwn(withUnits, layer.kind);
    if (goesOn) row.push(layer);
    // The units of the last layer of a row may differ: what comes behind it tells them apart.
    if (goesOn && layer.constant && (layer.units ?? 0) > 1) continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}

function suspicionOf(row: readonly LayerSettings[]): readonly Suspicion[] {
  const [first] = row;
  if (first === undefined) return [];
  const { site, chain, label: scope } = first.node;
  return [{ cause: 'constant-initialisation', variant: 'layers', site, chain, scope, about: row.map(({ node }) => node), effect: { kind: 'alike' } }];
}
