/** Where a finding is shown. */
import { type CallChain, callSites } from '../domain/calls.ts';
import type { Site } from '../program/ir.ts';
import type { Finding } from './finding.ts';

/** A place in the linted file; `elsewhere` is where it happens, when that is another file. */
export type Located = Pick<Finding, 'site' | 'elsewhere'>;

/** The place in the linted file: itself, or the call there that leads to it. */
export function locate(file: string, site: Site, chain: CallChain | undefined): Located | undefined {
  if (site.file === file) return { site, elsewhere: undefined };
  for (let call = chain; call !== undefined; call = call.caller) {
    if (call.site.file === file) return { site: call.site, elsewhere: site };
  }
  return undefined;
}

/** The same for the same place. */
export function placeOf({ file, start, end }: Site): string {
  return `${file}:${String(start)}:${String(end)}`;
}

/** The same for what happened in the same calls. */
export function callsKey(chain: CallChain | undefined): string {
  return callSites(chain).map(placeOf).join(' ');
}

/** One report for each place and cause; the sources of several runs together. */
export function unique(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, finding);
    else byPlace.set(key, { ...known, sources: [...new Set([...known.sources, ...finding.sources])] });
  }
  return [...byPlace.values()];
}

/** The same for the same mistake, wherever in the linted file it is shown. */
export function mistakeKey({ cause, site, elsewhere }: Finding): string {
  return `${cause}|${placeOf(elsewhere ?? site)}`;
}

function findingKey({ cause, site }: Finding): string {
  return `${cause}|${String(site.start)}|${String(site.end)}`;
}
