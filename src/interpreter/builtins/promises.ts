/** Promises: their callbacks run later, with what the promise holds, or with what it fails with. */
import { argument, callWith, noArguments } from '../../domain/invocation.ts';
import type { Course, Invocation, PromiseValue, Value } from '../../domain/value.ts';
import { isList } from '../../domain/store.ts';
import { isNullish, members, never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { settled } from '../await.ts';
import { later } from '../later.ts';
import type { Machine } from '../machine/machine.ts';
import { mayBeCaught } from '../promises/catching.ts';
import { drift, isFollowed, isFollowing, heldBy, newCourse, promiseOf, settleBy, settlersOf } from '../promises/courses.ts';
import { finallyOf, rejected, resolved, thenOf } from '../promises/reactions.ts';
import { type Several, several } from '../promises/several.ts';
import { attempt } from '../machine/attempt.ts';
import { iterate } from './iteration.ts';
import { array } from '../values/lists.ts';
import { defineMember, record } from '../values/properties.ts';
import { standardly } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';

export function promiseMember(m: Machine, promise: PromiseValue, name: string | undefined, site: Site): Value {
  // What the program has put on promises, their own methods ask for.
  if (m.functions.extended.has('Promise') || m.builtIn.patches.touches('then', 'constructor')) return unknownFrom(m, [promise], site);
  switch (name) {
    case 'then': return method(m, name, promise, then, (course, call) => thenOf(m, course, [argument(call.arguments, 0), argument(call.arguments, 1)], call.site));
    case 'catch': return method(m, name, promise, (_, call, held) => promised(m, caught(m, call, held, argument(call.arguments, 0))), (course, call) => thenOf(m, course, [undefinedValue, argument(call.arguments, 0)], call.site));
    case 'finally': return method(m, name, promise, (_, call, held) => {
      const callback = argument(call.arguments, 0);
      onceSettled(m, call, () => { run(m, call, callback, undefinedValue); });
      return held;
    }, (course, call) => finallyOf(m, course, argument(call.arguments, 0), call.site));
    // What every object has, and what the program has put on it.
    default: return unknownFrom(m, [promise], site);
  }
}

/** A method of promises: what it does with one that is followed, and with one that settles at some time. */
function method(m: Machine, name: string, promise: PromiseValue, otherwise: (m: Machine, call: Invocation, promise: PromiseValue) => Value, followed: (course: Course, call: Invocation) => Value): Value {
  const call = (asked: Invocation): Value => (isFollowed(m, promise.course) && asked.arguments.others === undefined ? followed(promise.course, asked) : otherwise(m, asked, { kind: 'promise', value: heldBy(m, promise) }));
  return { kind: 'native', name, ...standardly(`Promise.prototype.${name}`), call };
}

export function promised(m: Machine, value: Value): PromiseValue {
  return { kind: 'promise', value: settled(m, value, undefined) };
}

/** Without a second callback, code behind an `await` of the result is reached only if the first has run. */
function then(m: Machine, call: Invocation, promise: PromiseValue): Value {
  const [callback, handler] = [argument(call.arguments, 0), argument(call.arguments, 1)];
  if (isNullish(handler)) return promised(m, fulfilled(m, call, promise, callback));
  let value: Value = never;
  perhapsSettled(m, call, () => { value = fulfilled(m, call, promise, callback); });
  return promised(m, m.memory.joiner.values(value, caught(m, call, { kind: 'promise', value: never }, handler)));
}

function fulfilled(m: Machine, call: Invocation, promise: PromiseValue, callback: Value): Value {
  if (isNullish(callback) || promise.value.kind === 'never') return promise.value;
  let result: Value = never;
  onceSettled(m, call, () => { result = run(m, call, callback, promise.value); });
  return result;
}

/** Whether a promise fails is not known. */
function caught(m: Machine, call: Invocation, promise: PromiseValue, handler: Value): Value {
  if (isNullish(handler)) return promise.value;
  let result: Value = never;
  perhapsSettled(m, call, () => { result = run(m, call, handler, unknownFrom(m, [], call.site)); });
  return m.memory.joiner.values(promise.value, result);
}

function run(m: Machine, call: Invocation, callback: Value, value: Value): Value {
  if (isNullish(callback)) return value;
  const { late } = m.frame;
  m.frame.late = true;
  const result = m.invoke(callback, undefinedValue, callWith([value], call.site), call.site, call.label);
  m.frame.late = late;
  return result;
}

/** Runs a callback for certain where the code at hand waits for it, and at some later time elsewhere. */
function onceSettled(m: Machine, call: Invocation, body: () => void): void {
  if (m.frame.awaits.has(call.site)) body();
  else later(m, body);
}

function perhapsSettled(m: Machine, call: Invocation, body: () => void): void {
  onceSettled(m, call, () => { m.either(() => undefined, body); });
}

// — made by the program —

export function promiseResolve(m: Machine, call: Invocation): Value {
  const value = argument(call.arguments, 0);
  return isFollowing(m) ? resolved(m, value, call.site) : promised(m, value);
}

/** Undefined where the order of what runs is not known. */
export function promiseReject(m: Machine, call: Invocation): Value | undefined {
  return isFollowing(m) ? rejected(m, argument(call.arguments, 0), call.site) : undefined;
}

export function withResolvers(m: Machine, { site }: Invocation): Value | undefined {
  if (!isFollowing(m)) return undefined;
  const course = newCourse(m);
  const { resolve, reject } = settlersOf(m, course, site);
  return record(m, site, { promise: promiseOf(m, course, site), resolve, reject });
}

/** `new Promise(executor)`, where that is followed: what throws in it fails the promise. */
export function followedPromise(m: Machine, { arguments: args, site }: Invocation): Value | undefined {
  const executor = argument(args, 0);
  if (!isFollowing(m) || executor.kind !== 'closure') return undefined;
  const course = newCourse(m);
  const { resolve, reject } = settlersOf(m, course, site);
  const before = m.memory.store;
  const { end, thrown, isOpen } = attempt(m, site, () => { m.invoke(executor, undefinedValue, callWith([resolve, reject], site), site, 'Promise'); });
  const isHandled = isOpen && end !== undefined && mayBeCaught(m);
  if (isHandled) drift(m, course, unknownFrom(m, [], site));
  m.either(
    ...end === undefined ? [] : [() => { m.memory.absorb([end, ...isHandled ? thrown.map(({ delta }) => delta) : []]); }],
    ...isOpen && end !== undefined ? [] : thrown.map(({ delta, value }) => () => {
      m.memory.absorb([delta]);
      m.invoke(reject, undefinedValue, callWith([value], site), site, 'reject');
    }),
  );
  if (course.drifted === undefined) return promiseOf(m, course, site);
  // Somebody else may call it, with anything.
  const isKept = [...end ?? []].some(([cell, content]) => before.read(cell) !== undefined && !isList(content) && members(content).includes(resolve));
  return promised(m, isKept || course.drifted.kind === 'never' ? unknownFrom(m, [], site) : course.drifted);
}

/** `queueMicrotask(callback)`. */
export function queued(m: Machine, { arguments: args, site }: Invocation): Value | undefined {
  const callback = argument(args, 0);
  if (!isFollowing(m) || callback.kind !== 'closure') return undefined;
  const ignored = newCourse(m);
  m.turns.add(m.memory, () => { settleBy(m, ignored, site, () => m.invoke(callback, undefinedValue, noArguments, site, 'queueMicrotask')); });
  return undefinedValue;
}

// — several —

const together = (how: Several, otherwise: (m: Machine, call: Invocation) => Value | undefined) => (m: Machine, call: Invocation): Value | undefined => {
  const followed = isFollowing(m) ? several(m, how, argument(call.arguments, 0), call.site) : undefined;
  return followed ?? otherwise(m, call);
};

export const promises = { all: together('all', all), allSettled: together('allSettled', allSettled), any: together('any', () => undefined), race: together('race', () => undefined) };

function all(m: Machine, call: Invocation): Value {
  const { site } = call;
  const list = iterate(m, argument(call.arguments, 0), site);
  const each = (value: Value): Value => settled(m, value, undefined);
  return { kind: 'promise', value: array(m, { items: list.items.map(each), others: each(list.others) }, site) };
}

function allSettled(m: Machine, call: Invocation): Value {
  const { site } = call;
  const list = iterate(m, argument(call.arguments, 0), site);
  const each = (value: Value): Value => (members(value).length === 0 ? never : outcome(m, settled(m, value, undefined), site));
  const items = list.items.map((item, index) => m.allocator.along(index, () => each(item)));
  return { kind: 'promise', value: array(m, { items, others: m.allocator.along('others', () => each(list.others)) }, site) };
}

/** How a promise went: with its value, or with what it failed with. */
function outcome(m: Machine, value: Value, site: Site): Value {
  const object = record(m, site);
  defineMember(m, object.heap, 'status', unknownFrom(m, [], site));
  defineMember(m, object.heap, 'value', m.memory.joiner.values(value, undefinedValue));
  defineMember(m, object.heap, 'reason', unknownFrom(m, [], site));
  return object;
}
