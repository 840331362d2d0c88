/** How calls whose shapes do not fit are told: what is given, and where each of it comes from. */
import type { Failure, Given } from '../../calculus/shapes/verdict.ts';
import type { Node } from '../../domain/graph.ts';
import type { Shaped } from '../../domain/history.ts';
import type { FileRun } from '../file-run.ts';
import type { Details, Fragment } from '../finding.ts';
import { nameOf, shortened } from '../names.ts';

export function detailsOf(run: FileRun, call: Shaped, { given, why, advice }: Failure): Details {
  return { given: listed(given.map((each) => told(run, call, each))), why: [why], advice: [advice] };
}

function listed(parts: readonly (readonly Fragment[])[]): readonly Fragment[] {
  return parts.flatMap((part, index) => [...index === 0 ? [] : index === parts.length - 1 ? [' and '] : [', '], ...part]);
}

/** `[2, 4] of houses (line 17)` */
function told(run: FileRun, call: Shaped, { text, argument, item }: Given): readonly Fragment[] {
  const node = call.nodes[argument]?.[item ?? 0];
  if (node === undefined || (item === undefined && call.given[argument]?.kind !== 'tensor')) return [text];
  const label = labelOf(run, call, node, item === undefined ? argument : undefined);
  return label === undefined ? [text] : [`${text} of `, { label, site: node.site }];
}

/** By its name, by how the argument is written, or by what made it. */
function labelOf(run: FileRun, call: Shaped, node: Node, argument: number | undefined): string | undefined {
  if (node.name !== undefined) return node.name;
  const site = argument === undefined ? undefined : call.sites[argument];
  const written = site === undefined ? '' : run.program.text(site);
  if (/^[\w$.]+$/u.test(written) && written !== 'tf') return shortened(written);
  if (node.transparent || node.label === '') return undefined;
  return node.kind === 'operation' ? node.label : nameOf(run, node);
}
