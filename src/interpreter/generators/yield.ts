/** `yield` and `yield*`. */
import { callWith } from '../../domain/invocation.ts';
import type { ListState, Value } from '../../domain/value.ts';
import { isNullish, literal, members, undefinedValue } from '../../domain/values.ts';
import type { Statement } from '../../program/ir.ts';
import { awaitedAtOnce } from '../await.ts';
import { isRefused, iterate } from '../builtins/iteration.ts';
import { hasOwnIterator, iteratorOf, OwnIterator } from '../builtins/own-iterator.ts';
import type { Completion } from '../machine/activation.ts';
import { languageError } from '../builtins/errors.ts';
import type { Machine } from '../machine/machine.ts';
import { store } from '../modules.ts';
import { isFollowing } from '../promises/courses.ts';
import { asyncIteratorOf, handedOn, Protocol } from '../promises/for-await.ts';
import { waitFor } from '../promises/waiting.ts';
import { record } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { leaveWith, stop } from './suspension.ts';

type Yield = Extract<Statement, { op: 'yield' }>;

export function executeYield(m: Machine, s: Yield): void {
  const value = s.value === undefined ? undefinedValue : m.evaluate(s.value);
  const { generator } = m.frame;
  if (generator === undefined) goOn(m, s, unasked(m, value, s));
  else if (s.delegates && generator.closure.code.async && isFollowing(m)) delegateInTurns(m, s, value);
  else if (s.delegates) delegate(m, s, value);
  else if (generator.closure.code.async) waitFor(m, value, s.site, [s, 'given'], behind(m, (given) => { stop(m, itemOf(m, given, s), [s], (completion) => { proceedLater(m, s, completion); }); }));
  else stop(m, itemOf(m, value, s), [s], (completion) => { proceed(m, s, completion); });
}

/** Goes on with what has been waited for, or with what that has failed with. */
function behind(m: Machine, goOn: (value: Value) => void): (completion: Completion) => void {
  return ({ kind, value }) => {
    if (kind === 'throw') m.throws(value);
    else goOn(value);
  };
}

/** An async generator waits for what it is told to return. */
function proceedLater(m: Machine, s: Yield, completion: Completion): void {
  if (completion.kind === 'return') waitFor(m, completion.value, s.site, [s, 'return'], behind(m, (value) => { leaveWith(m, { kind: 'return', value }); }));
  else proceed(m, s, completion);
}

function itemOf(m: Machine, value: Value, { site }: Yield): Value {
  return record(m, site, { value, done: literal(false) });
}

/** In a generator that is run as a whole: who asks for the value, and what the code is handed for it, is not followed. */
export function unasked(m: Machine, value: Value, { delegates, site }: Pick<Yield, 'delegates' | 'site'>): Value {
  const isAsync = m.frame.code?.async === true;
  if (delegates && members(value).some((member) => hasOwnIterator(m, member) && !(isAsync && hasOwnIterator(m, member, 'asyncIterator')))) iterate(m, value, site);
  const given = unknownFrom(m, [value], site);
  // Whoever asks may end it there, and what is to be done on the way out is done.
  m.either(() => undefined, () => { leaveWith(m, { kind: 'return', value: given }); }, () => { leaveWith(m, { kind: 'throw', value: given }); });
  return given;
}

/** Goes on behind a `yield` that has been given a value. */
function goOn(m: Machine, { target }: Yield, value: Value): void {
  if (target !== undefined && m.reachable) store(m, target, value, true);
}

function proceed(m: Machine, s: Yield, completion: Completion): void {
  if (completion.kind === 'next') goOn(m, s, completion.value);
  else leaveWith(m, completion);
}

function delegate(m: Machine, s: Yield, value: Value): void {
  const each = members(value);
  m.either(...each.map((member) => () => {
    if (!hasOwnIterator(m, member)) {
      delegateList(m, s, () => iterate(m, member, s.site), 0);
      return;
    }
    const own = ownOf(m, s, member);
    if (own === undefined) delegateList(m, s, () => ({ items: [], others: unknownFrom(m, [member], s.site) }), 0);
    else delegateTo(m, s, own, { kind: 'next', value: undefinedValue });
  }));
}

function ownOf(m: Machine, { site }: Yield, value: Value): OwnIterator | undefined {
  const isAsync = m.frame.code?.async === true && hasOwnIterator(m, value, 'asyncIterator');
  const iterator = iteratorOf(m, value, site, isAsync ? 'asyncIterator' : 'iterator') ?? (isAsync ? iteratorOf(m, value, site) : undefined);
  return iterator && new OwnIterator(m, iterator, site, isAsync ? (call) => awaitedAtOnce(m, call, site, site) : (call) => call());
}

/** Gives the items of a list, each as it is there when its turn comes. */
function delegateList(m: Machine, s: Yield, list: () => ListState, index: number): void {
  const { items, others } = list();
  const item = items[index];
  const give = (value: Value): void => {
    stop(m, itemOf(m, value, s), [s, Math.min(index, items.length)], (completion) => {
      if (completion.kind === 'next') delegateList(m, s, list, index + 1);
      else leaveWith(m, completion);
    });
  };
  if (item !== undefined) give(item);
  else if (others.kind === 'never') goOn(m, s, undefinedValue);
  else m.either(() => { goOn(m, s, undefinedValue); }, () => { give(others); });
}

/** Hands on how it is asked to go on, and what that gives. */
function delegateTo(m: Machine, s: Yield, own: OwnIterator, { kind, value }: Completion): void {
  const method = m.getMember(own.iterator, literal(kind), s.site);
  if (kind !== 'next' && isNullish(method)) {
    // What does not understand to be thrown at is closed, and that is the error.
    if (kind === 'throw') own.close();
    leaveWith(m, { kind, value: kind === 'throw' ? languageError(m, 'TypeError', s.site) : value });
    return;
  }
  const { going, over } = own.given(() => m.invoke(method, own.iterator, callWith([value], s.site), s.site, kind));
  const finish = (): void => {
    const last = m.getMember(over, literal('value'), s.site);
    if (kind === 'return') leaveWith(m, { kind, value: last });
    else goOn(m, s, last);
  };
  // It is handed on as it is; an async generator makes one of its own of what it holds.
  const result = (): Value => (m.frame.code?.async === true ? itemOf(m, m.getMember(going, literal('value'), s.site), s) : going);
  const give = (): void => { stop(m, result(), [s, own.iterator.kind === 'object' ? own.iterator.heap : undefined], (completion) => { delegateTo(m, s, own, completion); }); };
  m.either(...over.kind === 'never' ? [] : [finish], ...going.kind === 'never' ? [] : [give]);
}

/** As `delegate`, in an async generator that is followed in turns. */
function delegateInTurns(m: Machine, s: Yield, value: Value): void {
  if (!members(value).some((member) => hasOwnIterator(m, member)) && !isRefused(m, value)) {
    handItemsOn(m, s, () => iterate(m, value, s.site), 0);
    return;
  }
  const found = asyncIteratorOf(m, value, s.site);
  if (found !== undefined) handOn(m, s, new Protocol(m, found, { site: s.site, key: s }), { kind: 'next', value: undefinedValue });
}

/** As `delegateList`: each item is waited for. */
function handItemsOn(m: Machine, s: Yield, list: () => ListState, index: number): void {
  const { items, others } = list();
  const item = items[index];
  const give = (value: Value): void => {
    handedOn(m, value, { site: s.site, key: [s, index] }, (given) => {
      stop(m, itemOf(m, given, s), [s, Math.min(index, items.length)], ({ kind, value: told }) => {
        if (kind === 'next') handItemsOn(m, s, list, index + 1);
        else if (kind === 'return') waitFor(m, told, s.site, [s, 'told'], behind(m, (waited) => { waitFor(m, undefinedValue, s.site, [s, 'left'], () => { leaveWith(m, { kind, value: waited }); }); }));
        // Engines differ in what they do with what does not understand to be thrown at.
        else m.throws(unknownFrom(m, [told], s.site));
      });
    });
  };
  const end = (): void => { handedOn(m, undefinedValue, { site: s.site, key: [s, 'end'] }, () => { goOn(m, s, undefinedValue); }); };
  if (item !== undefined) give(item);
  else m.either(end, ...others.kind === 'never' ? [] : [() => { give(others); }]);
}

function handOn(m: Machine, s: Yield, inner: Protocol, { kind, value }: Completion): void {
  const method = kind === 'next' ? undefined : inner.method(kind);
  if (!m.reachable) return;
  const use = (given: () => Value, isDone: boolean | undefined): void => { m.either(...isDone === true ? [] : [() => { giveOn(m, s, inner, given()); }], ...isDone === false ? [] : [() => { finished(m, s, kind, given()); }]); };
  if (method === undefined) inner.next(callWith([value], s.site), use);
  else if (!isNullish(method)) inner.ask(kind, method, callWith([value], s.site), use);
  else if (kind === 'return') waitFor(m, inner.of.protocol === 'plain' ? undefinedValue : value, s.site, [s, 'left'], behind(m, (waited) => { leaveWith(m, { kind, value: inner.of.protocol === 'plain' ? value : waited }); }));
  // Engines differ in what they do with a plain one.
  else if (inner.of.protocol === 'plain') m.throws(unknownFrom(m, [value], s.site));
  else inner.close(() => { m.throws(languageError(m, 'TypeError', s.site)); });
}

function finished(m: Machine, s: Yield, kind: Completion['kind'], value: Value): void {
  if (!m.reachable) return;
  if (kind === 'return') leaveWith(m, { kind, value });
  else goOn(m, s, value);
}

function giveOn(m: Machine, s: Yield, inner: Protocol, value: Value): void {
  if (!m.reachable) return;
  const { iterator } = inner.of;
  stop(m, itemOf(m, value, s), [s, iterator.kind === 'object' ? iterator.heap : undefined], (completion) => {
    if (completion.kind !== 'return') handOn(m, s, inner, completion);
    else waitFor(m, completion.value, s.site, [s, 'told'], ({ kind, value: told }) => { handOn(m, s, inner, { kind: kind === 'throw' ? 'throw' : 'return', value: told }); });
  });
}
