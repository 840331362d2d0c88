/** `then` and `finally` of promises that are followed. */
import { callWith, noArguments } from '../../domain/invocation.ts';
import type { Course, PromiseValue, Value } from '../../domain/value.ts';
import { never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import type { Outcome } from '../machine/turns.ts';
import { later } from '../later.ts';
import { untried } from '../machine/attempt.ts';
import { goOnBehindFailure, hearOfFailure } from './catching.ts';
import { courseOf, drift, isCallable, newCourse, once, promiseOf, reject, resolve, settle, settleBy } from './courses.ts';
import { unknownFrom } from '../values/unknown.ts';

/** What a call of a promise's method is about. */
interface Asked {
  readonly course: Course;
  /** The one that the call gives. */
  readonly result: Course;
  readonly site: Site;
}

export function thenOf(m: Machine, course: Course, [callback, handler]: readonly [Value, Value], site: Site): PromiseValue {
  const asked = { course, result: newCourse(m), site };
  once(m, course, { settles: asked.result, run: (outcome) => {
    if (outcome.kind === 'rejected') react(m, asked, handler, outcome);
    else if (outcome.failure.kind === 'never' || isCallable(handler) === false) react(m, asked, callback, outcome);
    else reactEither(m, asked, [callback, handler], outcome);
  } });
  return promiseOf(m, asked.result, site);
}

function react(m: Machine, { result, site }: Asked, callback: Value, outcome: Outcome): void {
  const callable = isCallable(callback);
  if (callable === false) settle(m, result, outcome);
  else if (callable === undefined) {
    later(m, () => { m.invoke(callback, undefinedValue, callWith([outcome.value], site), site, 'then'); });
    drift(m, result, unknownFrom(m, [callback, outcome.value], site));
  } else {
    settleBy(m, result, site, () => {
      if (outcome.failure.kind !== 'never') hearOfFailure(m);
      return m.invoke(callback, undefinedValue, callWith([outcome.value], site), site, 'then');
    });
  }
}

/** Whether a promise has failed is not known: one of the two is called. */
function reactEither(m: Machine, { result, site }: Asked, [callback, handler]: readonly [Value, Value], { value, failure }: Outcome): void {
  const invoke = (each: Value, given: Value): Value => (isCallable(each) === false ? given : untried(m, () => m.invoke(each, undefinedValue, callWith([given], site), site, 'then')));
  goOnBehindFailure(m);
  const given = m.eitherValue(() => invoke(callback, value), () => invoke(handler, failure));
  m.reachable = true;
  drift(m, result, given.kind === 'never' ? unknownFrom(m, [value, failure], site) : given);
}

/** What it gives settles as the promise has, once what the callback gives has settled. */
export function finallyOf(m: Machine, course: Course, callback: Value, site: Site): PromiseValue {
  const result = newCourse(m);
  once(m, course, { settles: result, run: (outcome) => {
    if (outcome.failure.kind !== 'never') goOnBehindFailure(m);
    if (isCallable(callback) === false) settle(m, result, outcome);
    else settleBy(m, result, site, () => behind(m, m.invoke(callback, undefinedValue, noArguments, site, 'finally'), outcome, site));
  } });
  return promiseOf(m, result, site);
}

/** A promise that settles in some way once a value has settled. */
function behind(m: Machine, value: Value, outcome: Outcome, site: Site): Value {
  if (!m.reachable) return never;
  const waited = courseOf(m, value, site);
  if (waited === undefined) return { kind: 'promise', value: outcome.value };
  const result = newCourse(m);
  once(m, waited, { settles: result, run: (settled) => {
    if (settled.kind === 'rejected') reject(m, result, settled.value);
    else settle(m, result, outcome);
  } });
  return promiseOf(m, result, site);
}

/** A promise that is there with its value. */
export function resolved(m: Machine, value: Value, site: Site): PromiseValue {
  if (value.kind === 'promise') return value;
  const course = newCourse(m);
  resolve(m, course, value, site);
  return course.drifted === undefined ? promiseOf(m, course, site) : { kind: 'promise', value: course.drifted };
}

export function rejected(m: Machine, value: Value, site: Site): PromiseValue {
  const course = newCourse(m);
  reject(m, course, value);
  return promiseOf(m, course, site);
}

