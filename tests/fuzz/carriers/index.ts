/** All carriers, by kind. */
import { accessors } from './accessors.ts';
import type { Carrier, Carriers } from './carrier.ts';
import { endings } from './endings.ts';
import { exported } from './exported.ts';
import { generators } from './generators.ts';
import { later } from './later.ts';
import { mutations } from './mutations.ts';
import { options, parameters } from './options.ts';

/** Programs take the kinds equally often. */
export const carrierKinds: readonly Carriers[] = [exported, options, later, generators, accessors, endings, mutations];

export { parameters };

const carriers: Carriers = Object.assign({}, parameters, ...carrierKinds) as Carriers;

export function carrierNamed(name: string): Carrier {
  const carrier = carriers[name];
  if (carrier === undefined) throw new Error(`no carrier ${name}`);
  return carrier;
}
