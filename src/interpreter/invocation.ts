import type { Site } from '../program/ir.ts';
import type { Machine } from './machine.ts';
import { type Value, undefinedValue } from '../domain/value.ts';

/** The arguments of a call. */
export interface Arguments {
  readonly values: readonly Value[];
  /** Each argument as written; for those of a spread array, the spread. */
  readonly sites: readonly Site[];
  /** What further arguments may be: the tail of an array that is not known item by item. */
  readonly others: Value | undefined;
}

/** A call in progress, as a native function sees it. */
export interface Invocation {
  readonly machine: Machine;
  readonly receiver: Value;
  readonly arguments: Arguments;
  /** The whole call. */
  readonly site: Site;
  /** Name of the function as written, for paths. */
  readonly label: string;
}

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
