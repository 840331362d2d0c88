/** Promises: their callbacks run later, with what the promise holds, or with what it fails with. */
import { argument, callWith } from '../../domain/invocation.ts';
import type { Invocation, PromiseValue, Value } from '../../domain/value.ts';
import { isNullish, members, never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { settled } from '../await.ts';
import { later } from '../later.ts';
import type { Machine } from '../machine/machine.ts';
import { iterate } from './iteration.ts';
import { array } from '../values/lists.ts';
import { defineMember, record } from '../values/properties.ts';
import { standardly } from '../values/standard.ts';
import { unknownFrom } from '../values/unknown.ts';

export function promiseMember(m: Machine, promise: PromiseValue, name: string | undefined, site: Site): Value {
  // What the program has put on promises, their own methods ask for.
  if (m.functions.extended.has('Promise') || m.builtIn.patches.touches('then', 'constructor')) return unknownFrom(m, [promise], site);
  switch (name) {
    case 'then': return { kind: 'native', name, ...standardly('Promise.prototype.then'), call: (call) => then(m, call, promise) };
    case 'catch': return { kind: 'native', name, ...standardly('Promise.prototype.catch'), call: (call) => promised(m, caught(m, call, promise, argument(call.arguments, 0))) };
    case 'finally': return { kind: 'native', name, ...standardly('Promise.prototype.finally'), call: (call) => {
      const callback = argument(call.arguments, 0);
      onceSettled(m, call, () => { run(m, call, callback, undefinedValue); });
      return promise;
    } };
    // What every object has, and what the program has put on it.
    default: return unknownFrom(m, [promise], site);
  }
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

// — several —

export function promiseAll(m: Machine, call: Invocation): Value {
  const { site } = call;
  const list = iterate(m, argument(call.arguments, 0), site);
  const each = (value: Value): Value => settled(m, value, undefined);
  return { kind: 'promise', value: array(m, { items: list.items.map(each), others: each(list.others) }, site) };
}

export function promiseAllSettled(m: Machine, call: Invocation): Value {
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
