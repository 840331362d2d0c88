/** Promises that are followed: how they settle, and who is told. */
import { isList } from '../../domain/store.ts';
import { Course, type NativeValue, type PromiseValue, type Value } from '../../domain/value.ts';
import { argument } from '../../domain/invocation.ts';
import { isOfLibrary, isPrimitive, literal, members, never, symbol, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { languageError } from '../builtins/errors.ts';
import { escape } from '../escape.ts';
import { later } from '../later.ts';
import { attempt } from '../machine/attempt.ts';
import { siteOf } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import type { Outcome, Reaction } from '../machine/turns.ts';
import { callWith } from '../../domain/invocation.ts';
import { Cell } from '../../domain/cell.ts';
import { unknownFrom } from '../values/unknown.ts';
import { mayHaveFailed } from './catching.ts';

/** Whether the order in which the code at hand and all others run is known: it runs for certain, and once. */
export function isFollowing(m: Machine): boolean {
  return m.turns.isOn && m.runsForCertain && !m.allocator.isRepeating && !m.occasion.isSilent && m.tapes === undefined && !m.jobs.isRunning;
}

export function newCourse(m: Machine): Course {
  const course = new Course(m.turns.allocation);
  putState(m, course, 'pending', undefinedValue, never);
  return course;
}

/** A promise, as the program sees it. */
export function promiseOf(m: Machine, course: Course, site: Site): PromiseValue {
  return { kind: 'promise', value: unknownFrom(m, [], site), course };
}

function putState(m: Machine, { state }: Course, kind: Outcome['kind'] | 'pending', value: Value, failure: Value): void {
  m.memory.keep(state, { items: [symbol(kind), value, failure], others: never });
}

/** How a promise has settled; undefined where it may be in several states. */
function stateOf(m: Machine, course: Course): Outcome | 'pending' | undefined {
  const content = m.memory.kept(course.state);
  if (course.drifted !== undefined || content === undefined || !isList(content) || content.others.kind !== 'never') return undefined;
  const [kind, value = never, failure = never] = content.items;
  if (kind?.kind !== 'symbol') return undefined;
  return kind.name === 'pending' ? 'pending' : { kind: kind.name === 'rejected' ? 'rejected' : 'fulfilled', value, failure };
}

/** Whether it may not have settled yet. */
export function isOpen(m: Machine, course: Course): boolean {
  const state = stateOf(m, course);
  return state === undefined || state === 'pending';
}

/** Whether all that is known of a promise is followed. */
export function isFollowed(m: Machine, course: Course | undefined): course is Course {
  return course !== undefined && isFollowing(m) && stateOf(m, course) !== undefined;
}

/** Does something once a promise has settled. */
export function once(m: Machine, course: Course, reaction: Reaction): void {
  const state = stateOf(m, course);
  if (state === undefined || !isFollowing(m)) atSomeTime(m, course, reaction);
  else if (state === 'pending') m.turns.wait(m.memory, course, reaction);
  else m.turns.add(m.memory, () => { told(m, reaction, state); });
}

/** It may have failed: others go on all the same, who do not wait for it. */
function told(m: Machine, reaction: Reaction, outcome: Outcome): void {
  const isWaited = m.turns.blockers.has(reaction) || (reaction.settles !== undefined && m.turns.isDemanded(reaction.settles));
  if (outcome.failure.kind === 'never' || isWaited) reaction.run(outcome);
  else later(m, () => { reaction.run(outcome); });
}

function atSomeTime(m: Machine, { drifted }: Course, reaction: Reaction): void {
  if (m.turns.blockers.has(reaction)) return;
  const value = drifted ?? unknownFrom(m, [], siteOf(m.frame));
  later(m, () => { reaction.run({ kind: 'fulfilled', value, failure: value.kind === 'unknown' ? value : unknownFrom(m, [value], siteOf(m.frame)) }); });
}

/** It is settled, and whoever waits has a turn. */
export function settle(m: Machine, course: Course, { kind, value, failure }: Outcome): void {
  const waiting = m.turns.waiting(m.memory, course);
  if (!isFollowing(m) || stateOf(m, course) !== 'pending' || waiting === undefined) {
    drift(m, course, kind === 'fulfilled' ? value : never);
    return;
  }
  putState(m, course, kind, value, failure);
  m.memory.keep(course.waiting, { items: [], others: never });
  for (const reaction of waiting) m.turns.add(m.memory, () => { told(m, reaction, { kind, value, failure }); });
  if (course.leaked !== undefined) escape(m, [value], course.leaked);
}

/** Code has a hand in it that runs at some time: whoever waits goes on at some time. */
export function drift(m: Machine, course: Course, value: Value): void {
  const isFirst = course.drifted === undefined;
  course.drifted = m.memory.joiner.values(course.drifted ?? never, value);
  if (isFirst) for (const reaction of [...m.turns.reactions(course)]) atSomeTime(m, course, reaction);
}

/** What a promise holds, whenever it is asked. */
export function heldBy(m: Machine, { value, course }: PromiseValue): Value {
  if (course === undefined) return value;
  const state = stateOf(m, course);
  if (state === undefined || state === 'pending') return course.drifted ?? value;
  return state.kind === 'fulfilled' ? state.value : value;
}

export function fulfil(m: Machine, course: Course, value: Value, failure: Value = never): void {
  settle(m, course, { kind: 'fulfilled', value, failure });
}

export function reject(m: Machine, course: Course, value: Value): void {
  settle(m, course, { kind: 'rejected', value, failure: never });
}

/** Settles it with a value, or with what that settles with. */
export function resolve(m: Machine, course: Course, value: Value, site: Site, failure: Value = never): void {
  if (value.kind === 'promise') takeAfter(m, course, value, site);
  else if (value.kind === 'object') takeObject(m, course, value, site, failure);
  else if (isPlain(m, value)) fulfil(m, course, value, failure);
  else drift(m, course, unknownFrom(m, [value], site));
}

/** The program has put something on promises that the language asks for. */
export function arePatched({ functions, builtIn: { patches } }: Machine): boolean {
  return functions.extended.has('Promise') || patches.touches('then', 'constructor', 'resolve');
}

/** It is certain that it has no method `then`. */
function isPlain(m: Machine, value: Value): boolean {
  if (value.kind === 'union') return value.members.every((member) => member.kind !== 'object' && member.kind !== 'promise' && isPlain(m, member));
  if (value.kind === 'closure') return !m.functions.extended.has(value.code) && !m.builtIn.patches.touches('then');
  return isPrimitive(value) || value.kind === 'host' || value.kind === 'native' || (isOfLibrary(value) && value.kind !== 'library');
}

function takeAfter(m: Machine, course: Course, value: PromiseValue, site: Site): void {
  const { course: other } = value;
  if (other === course) {
    reject(m, course, languageError(m, 'TypeError', site));
    return;
  }
  if (arePatched(m)) {
    drift(m, course, unknownFrom(m, [value], site));
    return;
  }
  if (other === undefined || stateOf(m, other) === undefined || !isFollowing(m)) {
    drift(m, course, heldBy(m, value));
    return;
  }
  other.heirs.push(course);
  m.turns.add(m.memory, () => { once(m, other, { settles: course, run: (outcome) => { settle(m, course, outcome); } }); });
}

/** An object with a method `then` is asked for what it stands for. */
function takeObject(m: Machine, course: Course, value: Extract<Value, { kind: 'object' }>, site: Site, failure: Value): void {
  if (value.heap.form.kind === 'generator' && value.heap.properties.size === 0 && !m.builtIn.patches.touches('then')) {
    fulfil(m, course, value, failure);
    return;
  }
  if (value.heap.open !== undefined || value.heap.allocation.summary || value.heap.base !== undefined) {
    drift(m, course, unknownFrom(m, [value], site));
    return;
  }
  let then: Value = never;
  const { end, thrown, isOpen } = attempt(m, site, () => { then = m.getMember(value, literal('then'), site); });
  if (isOpen) {
    drift(m, course, unknownFrom(m, [value], site));
    return;
  }
  m.either(
    ...end === undefined ? [] : [() => {
      m.memory.absorb([end]);
      if (isCallable(then) === false) fulfil(m, course, value, failure);
      else if (isCallable(then) === undefined || !isFollowing(m)) drift(m, course, unknownFrom(m, [value], site));
      else m.turns.add(m.memory, () => { askThen(m, course, value, then, site); });
    }],
    ...thrown.map((each) => () => {
      m.memory.absorb([each.delta]);
      reject(m, course, each.value);
    }),
  );
}

function askThen(m: Machine, course: Course, value: Value, then: Value, site: Site): void {
  const settling = settlersOf(m, course, site);
  const { end, thrown, isOpen } = attempt(m, site, () => { m.invoke(then, value, callWith([settling.resolve, settling.reject], site), site, 'then'); });
  if (isOpen) {
    drift(m, course, unknownFrom(m, [value], site));
    m.memory.absorb([...end === undefined ? [] : [end], ...thrown.map(({ delta }) => delta)]);
    return;
  }
  m.either(
    ...end === undefined ? [] : [() => { m.memory.absorb([end]); }],
    ...thrown.map((each) => () => {
      m.memory.absorb([each.delta]);
      m.invoke(settling.reject, undefinedValue, callWith([each.value], site), site, 'reject');
    }),
  );
}

/** Whether a value can be called; undefined where that is not known. */
export function isCallable(value: Value): boolean | undefined {
  const each = members(value).map(isFunction);
  return each.every((one) => one === each[0]) ? each[0] : undefined;
}

function isFunction(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'closure': case 'native': case 'class': return true;
    case 'object': return value.heap.callable || value.heap.open !== undefined ? undefined : false;
    case 'literal': case 'symbol': case 'host': case 'promise': return false;
    default: return undefined;
  }
}

/** The functions with which code settles a promise: the first call counts. */
export function settlersOf(m: Machine, course: Course, site: Site): { readonly resolve: NativeValue; readonly reject: NativeValue } {
  const called = new Cell('called', m.turns.allocation);
  m.memory.keep(called, literal(false));
  const settler = (how: (value: Value) => void): NativeValue => {
    const call: NativeValue['call'] = ({ arguments: args }) => {
      const content = m.memory.kept(called);
      const isCalled = content === undefined || isList(content) ? undefined : truth(content);
      if (isCalled === true) return undefinedValue;
      if (!isFollowing(m) || isCalled === undefined) drift(m, course, argument(args, 0));
      else {
        m.memory.keep(called, literal(true));
        how(argument(args, 0));
      }
      return undefinedValue;
    };
    m.turns.settled.set(call, course);
    return { kind: 'native', name: 'settle', standard: { name: '', length: 1, constructs: false }, call };
  };
  return { resolve: settler((value) => { resolve(m, course, value, site); }), reject: settler((value) => { reject(m, course, value); }) };
}

/** Runs code whose result, or exception, settles a promise. */
export function settleBy(m: Machine, course: Course, site: Site, body: () => Value): void {
  let value: Value = never;
  const { end, thrown, isOpen } = attempt(m, site, () => { value = body(); });
  m.either(
    ...end === undefined ? [] : [() => {
      if (isOpen) for (const { delta } of thrown) mayHaveFailed(m, delta);
      m.memory.absorb([end]);
      resolve(m, course, value, site, isOpen ? unknownFrom(m, thrown.map((each) => each.value), site) : never);
    }],
    ...isOpen && end !== undefined ? [] : thrown.map((each) => () => {
      m.memory.absorb([each.delta]);
      reject(m, course, each.value);
    }),
  );
}

/** The promise that a value is, or one that settles with it; undefined where that is not followed. */
export function courseOf(m: Machine, value: Value, site: Site): Course | undefined {
  if (value.kind === 'promise') return value.course !== undefined && stateOf(m, value.course) !== undefined && !arePatched(m) ? value.course : undefined;
  const course = newCourse(m);
  resolve(m, course, value, site);
  return course.drifted === undefined ? course : undefined;
}
