/** What lists the properties of an object, those that loops do not come by as well. */
import { argument } from '../../../domain/invocation.ts';
import type { Invocation, Value } from '../../../domain/value.ts';
import { isNullish, isPrimitive, isSymbolKey, keyOfText, never } from '../../../domain/values.ts';
import type { Machine } from '../../machine/machine.ts';
import { descriptorOf } from '../../members/defining.ts';
import { ownKeysOf } from '../../members/own-keys.ts';
import { ownArray } from '../../values/lists.ts';
import { defineMember, record } from '../../values/properties.ts';
import { fails } from '../errors.ts';

type Native = (m: Machine, call: Invocation) => Value | undefined;

/** The keys of an object of which some are wanted. */
const keys = (isWanted: (key: string) => boolean): Native => (m, { arguments: args, site }) => {
  const of = argument(args, 0);
  if (isNullish(of)) return fails(m, 'TypeError', site);
  const found = ownKeysOf(m, of);
  return found && ownArray(m, { items: found.filter(isWanted).map(keyOfText), others: never }, site);
};

export const getOwnPropertyNames = keys((key) => !isSymbolKey(key));
export const getOwnPropertySymbols = keys(isSymbolKey);
const allKeys = keys(() => true);

export const ownKeys: Native = (m, call) => (isPrimitive(argument(call.arguments, 0)) ? fails(m, 'TypeError', call.site) : allKeys(m, call));

export const getOwnPropertyDescriptors: Native = (m, { arguments: args, site }) => {
  const of = argument(args, 0);
  if (isNullish(of)) return fails(m, 'TypeError', site);
  const found = ownKeysOf(m, of)?.map((key) => [key, m.allocator.along(key, () => descriptorOf(m, of, key, site))] as const);
  if (found === undefined || found.some(([, descriptor]) => descriptor === undefined)) return undefined;
  const all = record(m, site);
  for (const [key, descriptor] of found) if (descriptor !== undefined) defineMember(m, all.heap, key, descriptor);
  return all;
};
