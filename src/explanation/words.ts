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

/** A line of the scope's file, or of another one, which its name is enough to know here. */
export function nodePlace(graph: FlowGraph, { site }: FlowNode): string {
  const line = String(site.line);
  return site.file === graph.site.file ? `line ${line}` : `${baseName(site.file)}:${line}`;
}

export function placeOf(cwd: string, site: Site): string {
  return `${relativePath(cwd, site.file)}:${String(site.line)}`;
}

export function isLost(fate: Fate): boolean {
  return fate === 'severed' || fate === 'unused';
}

export function verdictText(cwd: string, { scope, error }: FlowGraph, { fate, cuts, reported }: FlowGraph['verdicts'][number]): string {
  if (fate === 'connected' && error !== undefined) return `gets no gradient, for ${scope} throws ${error}`;
  const remark = isLost(fate) && !reported ? '; that is not reported, for it may be meant, or trained elsewhere' : '';
  if (cuts.length === 0) return `${fates[fate]}${remark}`;
  return `${fates[fate]}: ${listed(cuts.map(({ cause, site }) => `${causes[cause]} (${placeOf(cwd, site)})`))}${remark}`;
}
