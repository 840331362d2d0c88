/** Which gradient scope is meant by a place in the code. */
import type { ScopeVerdict } from '../judgements/gradients/inspection.ts';
import type { Site } from '../program/index.ts';

/** Those of which the call, the function as written in it, or the function's own code (which may stand elsewhere) is the smallest that is meant. */
export function innermost(scopes: readonly ScopeVerdict[], isMeant: (site: Site) => boolean): readonly ScopeVerdict[] {
  const places = scopes.flatMap((verdict) => sitesOf(verdict).filter(isMeant).map((site) => ({ verdict, size: site.end - site.start })));
  const smallest = Math.min(...places.map(({ size }) => size));
  return places.filter(({ size }) => size === smallest).map(({ verdict }) => verdict);
}

/** Code that is called from several places has run several times; the run with the most to say is the one to show. */
export function mostTelling(scopes: readonly ScopeVerdict[]): ScopeVerdict | undefined {
  return scopes.toSorted((a, b) => b.findings.length - a.findings.length || b.sources.length - a.sources.length)[0];
}

function sitesOf({ run }: ScopeVerdict): readonly Site[] {
  return [run.site, run.callbackSite, ...(run.callback === undefined ? [] : [run.callback.site])];
}
