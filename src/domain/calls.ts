/** Calls in progress: how the code at hand came to be run. */
import type { Site } from '../program/ir.ts';

/** A call in progress when something happened: where it was called from, innermost first. */
export interface CallChain {
  readonly site: Site;
  readonly caller: CallChain | undefined;
}

/** Where they were called from, innermost first. */
export function callSites(chain: CallChain | undefined): readonly Site[] {
  const sites: Site[] = [];
  for (let call = chain; call !== undefined; call = call.caller) sites.push(call.site);
  return sites;
}

/** Whether two things happened in the same calls. */
export function sameCalls(a: CallChain | undefined, b: CallChain | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (a.site === b.site && sameCalls(a.caller, b.caller));
}
