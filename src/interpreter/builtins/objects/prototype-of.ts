/** `Object.create`, `Object.getPrototypeOf` and their like. */
import { argument } from '../../../domain/invocation.ts';
import type { Invocation, Value } from '../../../domain/value.ts';
import { isNullish, isPrimitive, isUndefined, literal, members, undefinedValue } from '../../../domain/values.ts';
import type { Machine } from '../../machine/machine.ts';
import { defineAll } from '../../members/defining.ts';
import { inherit, redirect, writePrototype } from '../../members/inheriting.ts';
import { prototypeAsTaken, prototypeOfValue } from '../../values/inheritance.ts';
import { unknownFrom } from '../../values/unknown.ts';
import { fails } from '../errors.ts';
import { unfollowed } from '../unfollowed.ts';

type Native = (m: Machine, call: Invocation) => Value | undefined;

export const create: Native = (m, call) => {
  const { arguments: args, site } = call;
  const [above, properties] = [argument(args, 0), argument(args, 1)];
  if (isPrimitive(above) && !(above.kind === 'literal' && above.value === null)) return fails(m, 'TypeError', site);
  if (args.others !== undefined) return undefined;
  const heap = m.own({ kind: 'record' }, site);
  if (!inherit(m, heap, above, site)) return undefined;
  const object: Value = { kind: 'object', heap };
  if (!isUndefined(properties) && !defineAll(m, object, properties, site)) {
    heap.open ??= unknownFrom(m, [properties], site);
    return undefined;
  }
  return object;
};

export const getPrototypeOf: Native = (m, call) => {
  const { arguments: args, site } = call;
  const of = argument(args, 0);
  if (isNullish(of)) return fails(m, 'TypeError', site);
  const known = prototypeOfValue(m, of);
  if (known !== undefined || of.kind === 'unknown') return known;
  m.mayThrow();
  const taken = prototypeAsTaken(m, of, site);
  // What is not known may be a proxy, whose code is asked.
  return members(of).some(({ kind }) => kind === 'unknown') ? m.memory.joiner.values(taken, unfollowed(m, call)) : taken;
};

/** As the function of `Reflect`, which takes objects only. */
export const prototypeOfObject: Native = (m, call) => (isPrimitive(argument(call.arguments, 0)) ? fails(m, 'TypeError', call.site) : getPrototypeOf(m, call));

/** `__proto__` of all objects, as functions. */
export const prototypeAccessors: Readonly<Record<string, (m: Machine, call: Invocation) => Value>> = {
  'get Object.prototype.__proto__': (m, { receiver, site }) => (isNullish(receiver) ? fails(m, 'TypeError', site) : prototypeAsTaken(m, receiver, site)),
  'set Object.prototype.__proto__': (m, { receiver, arguments: args, site }) => {
    if (isNullish(receiver)) return fails(m, 'TypeError', site);
    writePrototype(m, receiver, argument(args, 0), site);
    return undefinedValue;
  },
};

export const setPrototypeOf: Native = (m, { arguments: args, site }) => {
  const [target, above] = [argument(args, 0), argument(args, 1)];
  return redirect(m, target, above, site) ? target : undefined;
};

/** As the function of `Reflect`, which says whether it was done. */
export const setPrototypeByReflection: Native = (m, call) => setPrototypeOf(m, call) && literal(true);
