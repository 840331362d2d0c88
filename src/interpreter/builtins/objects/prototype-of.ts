/** `Object.create`, `Object.getPrototypeOf` and their like. */
import { argument } from '../../../domain/invocation.ts';
import type { HeapObject, Invocation, Value } from '../../../domain/value.ts';
import { isNullish, isPrimitive, isUndefined, literal, members } from '../../../domain/values.ts';
import { conditionsOf } from '../../machine/conditions.ts';
import type { Machine } from '../../machine/machine.ts';
import { defineAll } from '../../members/defining.ts';
import { inheritsFrom, prototypeOfValue } from '../../values/inheritance.ts';
import { inheritsNothing, inheritUnknown, prototypeOfLanguage } from '../../values/prototypes.ts';
import { unknownFrom } from '../../values/unknown.ts';
import { fails } from '../errors.ts';
import { hold } from '../reflection.ts';

type Native = (m: Machine, call: Invocation) => Value | undefined;

/** What an object is given to inherit from; undefined where that is not followed. */
function asPrototype(m: Machine, value: Value, { site }: Invocation): HeapObject | undefined {
  if (value.kind === 'literal' && value.value === null) return prototypeOfLanguage(m, inheritsNothing, site);
  return value.kind === 'object' && value.heap.isRecord && value.heap.base === undefined && value.heap.open === undefined ? value.heap : undefined;
}

export const create: Native = (m, call) => {
  const { arguments: args, site } = call;
  const [above, properties] = [argument(args, 0), argument(args, 1)];
  if (isPrimitive(above) && !(above.kind === 'literal' && above.value === null)) return fails(m, 'TypeError', site);
  const prototype = args.others === undefined ? asPrototype(m, above, call) : undefined;
  if (prototype === undefined) return undefined;
  const heap = m.own({ kind: 'record' }, site);
  // Made again by code that runs more than once, it may inherit from another one.
  if (heap.prototype !== undefined && heap.prototype !== prototype) heap.open ??= unknownFrom(m, [above], site);
  const plain = m.builtIn.prototypes.get('Object');
  if (prototype !== plain) heap.prototype = prototype;
  const object: Value = { kind: 'object', heap };
  if (!isUndefined(properties) && !defineAll(m, object, properties, site)) {
    heap.open ??= unknownFrom(m, [properties], site);
    return undefined;
  }
  return object;
};

export const getPrototypeOf: Native = (m, { arguments: args, site }) => {
  const of = argument(args, 0);
  return isNullish(of) ? fails(m, 'TypeError', site) : prototypeOfValue(m, of);
};

/** As the function of `Reflect`, which takes objects only. */
export const prototypeOfObject: Native = (m, call) => (isPrimitive(argument(call.arguments, 0)) ? fails(m, 'TypeError', call.site) : getPrototypeOf(m, call));

/** What an object inherits from is the same for all code that comes by: it is changed by code only that runs once, for certain. */
function isCertain(m: Machine): boolean {
  return m.runsForCertain && conditionsOf(m).length === 0 && !m.allocator.isRepeating && !m.occasion.isSilent && !m.jobs.isRunning && !m.frame.late;
}

export const setPrototypeOf: Native = (m, call) => {
  const [target, above] = [argument(call.arguments, 0), argument(call.arguments, 1)];
  hold(m, target);
  for (const member of members(target)) if (member.kind === 'object' && !member.heap.isRecord) inheritUnknown(m, member.heap, unknownFrom(m, [above], call.site));
  const prototype = asPrototype(m, above, call);
  if (target.kind !== 'object' || prototype === undefined || !isCertain(m)) return undefined;
  const { heap } = target;
  if (heap.form.kind !== 'record' || !heap.single || heap.open !== undefined || m.escaped.heaps.has(heap) || heap.writable !== 'always' || heap.extensible !== undefined || m.builtIn.owners.has(heap)) return undefined;
  if (prototype === heap || inheritsFrom(m, { kind: 'object', heap: prototype }, target) !== false) return undefined;
  heap.prototype = prototype;
  return target;
};

/** As the function of `Reflect`, which says whether it was done. */
export const setPrototypeByReflection: Native = (m, call) => setPrototypeOf(m, call) && literal(true);
