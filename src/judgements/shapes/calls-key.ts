/** Calls in progress as a text: the same for what happened in the same calls. */
import type { CallChain } from '../../domain/calls.ts';
import { placeOf } from '../places.ts';

export function callsKey(chain: CallChain | undefined): string {
  const sites: string[] = [];
  for (let call = chain; call !== undefined; call = call.caller) sites.push(placeOf(call.site));
  return sites.join(' ');
}
