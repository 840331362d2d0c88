/** Methods of arrays that are called on other objects: `Array.prototype.map.call(object, callback)`. */
import { argument, callWith } from '../../../domain/invocation.ts';
import type { Invocation, ObjectValue, Value } from '../../../domain/value.ts';
import { literal, never, truth, undefinedValue } from '../../../domain/values.ts';
import { hasMember } from '../../members/own.ts';
import type { Machine } from '../../machine/machine.ts';
import { identical } from '../../values/identity.ts';
import { ownArray } from '../../values/lists.ts';
import { toPrimitive } from '../conversion.ts';
import { fails } from '../errors.ts';

/** Objects that say they are longer are not gone through. */
const longest = 32;

/** Something of an object is not known: what the method gives is not either. */
class NotKnown extends Error {}

/** An object that is taken for an array, during one call. */
class ArrayLike {
  constructor(readonly m: Machine, readonly object: ObjectValue, readonly call: Invocation, readonly length: number) {}

  has(index: number): boolean {
    return known(hasMember(this.m, this.object, String(index)));
  }

  get(index: number): Value {
    return this.m.getMember(this.object, literal(String(index)), this.call.site);
  }

  back(index: number, given: readonly Value[] = []): Value {
    const { m, call: { arguments: args, site, label } } = this;
    const self = given.length > 0 ? undefinedValue : argument(args, 1);
    return m.invoke(argument(args, 0), self, callWith([...given, this.get(index), literal(index), this.object], site), site, label);
  }

  /** The places at which there is something, each looked at when its turn comes. */
  *places(from: number, step: 1 | -1): Generator<number> {
    for (let index = from; index >= 0 && index < this.length && this.m.reachable; index += step) if (this.has(index) && this.m.comesOut) yield index;
  }
}

type Method = (of: ArrayLike) => Value;

/** The first place at which the callback gives what is looked for. */
function searching(hit: boolean, found: Value, missed: Value): Method {
  return (of) => {
    for (const index of of.places(0, 1)) {
      const answer = of.back(index);
      if (of.m.comesOut && known(truth(answer)) === hit) return found;
    }
    return missed;
  };
}

function reducing(step: 1 | -1): Method {
  return (of) => {
    const { m, call: { arguments: { values }, site } } = of;
    let result = values[1];
    for (const index of of.places(step === 1 ? 0 : of.length - 1, step)) result = result === undefined ? of.get(index) : of.back(index, [result]);
    return result ?? (m.comesOut ? fails(m, 'TypeError', site) : never);
  };
}

function placing(step: 1 | -1): Method {
  return (of) => {
    const { call: { arguments: { values } } } = of;
    if (values.length > 1) throw new NotKnown();
    for (const index of of.places(step === 1 ? 0 : of.length - 1, step)) {
      const item = of.get(index);
      if (of.m.comesOut && isSame(item, values[0] ?? undefinedValue)) return literal(index);
    }
    return literal(-1);
  };
}

function isSame(a: Value, b: Value): boolean {
  return a.kind === 'literal' && b.kind === 'literal' ? a.value === b.value : known(identical(a, b));
}

const callingBack: Readonly<Record<string, Method>> = {
  forEach: (of) => {
    for (const index of of.places(0, 1)) of.back(index);
    return undefinedValue;
  },
  some: searching(true, literal(true), literal(false)),
  every: searching(false, literal(false), literal(true)),
  map: (of) => {
    const items: Value[] = [];
    for (const index of of.places(0, 1)) items[index] = of.back(index);
    const isWhole = items.length === of.length && Object.keys(items).length === items.length;
    // A hole is nothing, but not for the methods that pass it over.
    return ownArray(of.m, isWhole ? { items, others: never } : { items: [], others: of.m.memory.joiner.all([undefinedValue, ...Object.values(items)]) }, of.call.site);
  },
  filter: (of) => {
    const items: Value[] = [];
    for (const index of of.places(0, 1)) {
      const item = of.get(index);
      const { m, call: { arguments: args, site, label } } = of;
      const answer = m.comesOut ? m.invoke(argument(args, 0), argument(args, 1), callWith([item, literal(index), of.object], site), site, label) : never;
      if (m.comesOut && known(truth(answer))) items.push(item);
    }
    return ownArray(of.m, { items, others: never }, of.call.site);
  },
  reduce: reducing(1),
  reduceRight: reducing(-1),
};

const others: Readonly<Record<string, Method>> = { indexOf: placing(1), lastIndexOf: placing(-1) };

/** What a method of arrays gives for an object that is none; undefined where that is not known, with what is known to have happened. */
export function callOnArrayLike(m: Machine, name: string, call: Invocation): Value | undefined {
  const { receiver, arguments: args, site } = call;
  const isCalling = Object.hasOwn(callingBack, name);
  const method = isCalling ? callingBack[name] : Object.hasOwn(others, name) ? others[name] : undefined;
  if (method === undefined || receiver.kind !== 'object' || !receiver.heap.isRecord || args.others !== undefined) return undefined;
  try {
    const length = lengthOf(m, receiver, call);
    if (!m.reachable) return never;
    if (isCalling && !isCallable(argument(args, 0))) return fails(m, 'TypeError', site);
    const value = method(new ArrayLike(m, receiver, call, length));
    return m.comesOut ? value : never;
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

function lengthOf(m: Machine, object: ObjectValue, { site }: Invocation): number {
  if (!known(hasMember(m, object, 'length'))) return 0;
  const length = toPrimitive(m, m.getMember(object, literal('length'), site), 'number', site);
  if (!m.reachable) return 0;
  if (length.kind !== 'literal' || typeof length.value === 'bigint') throw new NotKnown();
  const whole = Math.trunc(Number(length.value));
  if (whole > longest) throw new NotKnown();
  return whole > 0 ? whole : 0;
}

function isCallable(value: Value): boolean {
  if (value.kind === 'closure' || value.kind === 'native') return true;
  if (value.kind === 'literal' || value.kind === 'object') return false;
  throw new NotKnown();
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new NotKnown();
  return value;
}
