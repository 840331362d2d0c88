/** The arguments of calls. */
import type { Site } from '../program/ir.ts';
import type { Arguments, Invocation, Value } from './value.ts';
import { undefinedValue } from './values.ts';

export const noArguments: Arguments = { values: [], sites: [], others: undefined };

export function argument(args: Arguments, index: number): Value {
  return args.values[index] ?? args.others ?? undefinedValue;
}

export function argumentSite(invocation: Invocation, index: number): Site {
  return invocation.arguments.sites[index] ?? invocation.site;
}

export function callWith(values: readonly Value[], site: Site): Arguments {
  return { values, sites: values.map(() => site), others: undefined };
}

/** All of them, with what further ones may be. */
export function allArguments({ values, others }: Arguments): readonly Value[] {
  return others === undefined ? values : [...values, others];
}
