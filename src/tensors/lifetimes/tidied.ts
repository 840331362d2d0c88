/** Regions at whose end a library disposes what was made in them. */
import type { Value } from '../../domain/value.ts';
import { members } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Library } from '../../libraries/library.ts';
import type { Site } from '../../program/ir.ts';
import { inRegion } from './disposals.ts';

export interface RegionCall {
  readonly callback: Value;
  readonly site: Site;
  readonly label: string;
}

export function tidied(m: Machine, library: Library, { callback, site, label }: RegionCall, body: () => Value): Value {
  const result = inRegion(m, { by: 'region', site, label }, body, (given) => given);
  const isPromise = m.reachable && members(result).every(({ kind }) => kind === 'promise');
  if (isPromise && library.lifetimes !== undefined) {
    const isAsync = callback.kind === 'closure' && callback.code.async;
    m.tell({ kind: 'promised', library, form: isAsync ? 'async' : 'promise', region: { by: 'region', site, label }, label, site, chain: m.frame.chain });
  }
  return result;
}
