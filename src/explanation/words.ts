/** What is said of a graph, in every format. */
import { causes } from '../calculus/cause.ts';
import type { Fate } from '../judgements/gradients/inspection.ts';
import type { Site } from '../program/index.ts';
import { baseName, relativePath } from '../paths.ts';
import { listed } from './prose.ts';
import type { FlowGraph, FlowNode, Part } from './graph.ts';

export const fates: Readonly<Record<Fate, string>> = {
  connected: 'gets a gradient',
  severed: 'gets no gradient',
  unused: 'is not used by the target',
  'not-asked': 'is not trained here',
  unknown: 'is used by code that cannot be followed, so nothing is known',
};

/** Remarks on what is drawn; the others need none. */
export const parts: Readonly<Partial<Record<Part, string>>> = { source: 'source', data: 'data', unknown: 'not known', target: 'target' };

/** A line of the scope's file, or of another one, which its name is enough to know here; and the shape. */
export function nodePlace(graph: FlowGraph, { site, shape }: FlowNode): string {
  const line = String(site.line);
  const place = site.file === graph.site.file ? `line ${line}` : `${baseName(site.file)}:${line}`;
  return shape === undefined ? place : `${place} ${shape}`;
}

export function placeOf(cwd: string, site: Site): string {
  return `${relativePath(cwd, site.file)}:${String(site.line)}`;
}

function isLost(fate: Fate): boolean {
  return fate === 'severed' || fate === 'unused';
}

/** As the lint judges it: a loss that is not reported is no mistake, and what is connected is lost where an error is thrown. */
export function judged({ error }: FlowGraph, { fate, reported }: FlowGraph['verdicts'][number]): Fate {
  if (fate === 'connected' && error !== undefined) return 'severed';
  return isLost(fate) && !reported ? 'not-asked' : fate;
}

export const signs: Readonly<Record<Fate, string>> = { connected: '✓', severed: '✗', unused: '✗', 'not-asked': '-', unknown: '?' };

/** Once for each name, however many values have it. */
export function verdictsOf({ verdicts }: FlowGraph): FlowGraph['verdicts'] {
  const named = new Set<string>();
  return verdicts.filter(({ name, fate }) => !named.has(`${name} ${fate}`) && named.add(`${name} ${fate}`));
}

export function verdictText(cwd: string, { scope, error }: FlowGraph, { fate, cuts, reported }: FlowGraph['verdicts'][number]): string {
  if (fate === 'connected' && error !== undefined) return `gets no gradient, for ${scope} throws ${error}`;
  const remark = isLost(fate) && !reported ? '; that is not reported, for it may be meant, or trained elsewhere' : '';
  if (cuts.length === 0) return `${fates[fate]}${remark}`;
  return `${fates[fate]}: ${listed(cuts.map(({ cause, site }) => `${causes[cause]} (${placeOf(cwd, site)})`))}${remark}`;
}
