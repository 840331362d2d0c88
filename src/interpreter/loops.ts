/** Loops: the first rounds one by one where the test is known, the rest by a fixpoint. */
import { Environment } from '../domain/environment.ts';
import type { HeapObject, ListState, ObjectValue, Value } from '../domain/value.ts';
import { isUndefined, members, never, symbol, truth, undefinedValue } from '../domain/values.ts';
import { isStopping } from '../program/expressions.ts';
import type { Site, Statement } from '../program/ir.ts';
import { awaited, awaitedAtOnce } from './await.ts';
import { entriesIn, knownEntries, presentKeys } from './builtins/collection-contents.ts';
import { fails, languageError } from './builtins/errors.ts';
import { isIteratedByOther, isRefused, iterate, keysOf } from './builtins/iteration.ts';
import { consumed, type Listing, fresh, isChanged, keyAt, picks } from './builtins/iterators.ts';
import { hasOwnIterator, iteratorOf, OwnIterator } from './builtins/own-iterator.ts';
import { fixpointOfWrites } from './fixpoint.ts';
import { inTurn, isStepwise, suspendable } from './generators/suspension.ts';
import { meanwhile } from './later.ts';
import { isFollowing } from './promises/courses.ts';
import * as inTurns from './promises/for-await.ts';
import { waitFor } from './promises/waiting.ts';
import { whileHolds } from './machine/conditions.ts';
import type { Exit } from './machine/frame.ts';
import type { Machine } from './machine/machine.ts';
import { assign } from './patterns.ts';
import { isSurely } from './values/identity.ts';
import { inAnyOrder, isExact, longest, remaining } from './values/lists.ts';
import { handedOn } from './values/naming.ts';
import { refine } from './values/types.ts';
import { unknownFrom } from './values/unknown.ts';

type Loop = Extract<Statement, { op: 'loop' }>;
type Iterate = Extract<Statement, { op: 'iterate' }>;

/** Rounds that are run one by one before the loop is taken as a whole. */
const unrolled = 8;
/** Of a loop of more rounds, those in which a variable that the body replaces is there and, then, is gone. */
const peeled = 2;
/** It is there anew. */
const again = ({ allocation }: Environment): void => { allocation.renew(); };
type Jump = Extract<Exit, { kind: 'break' | 'continue' }>;

function jumps(kind: Jump['kind'], label: string | undefined): (exit: Exit) => exit is Jump {
  return (exit): exit is Jump => exit.kind === kind && (exit.label === undefined || exit.label === label);
}

export function loopStatement(m: Machine, s: Loop, label: string | undefined): void {
  const outer = m.environment;
  if (s.perIteration.length > 0) m.environment = m.allocator.allocate('loop', s.site, () => new Environment(outer), again);
  m.executeAll(s.init);
  untilBreak(m, label, () => {
    if (!s.testFirst) round(m, s, label);
    runLoop(m, s, label);
  });
  m.environment = outer;
}

function untilBreak(m: Machine, label: string | undefined, body: () => void): void {
  suspendable(m, () => { m.catching(jumps('break', label), body); }, (rest) => { untilBreak(m, label, rest); });
}

function round(m: Machine, s: Loop, label: string | undefined): void {
  runBody(m, s, label, () => { m.execute(s.body); });
  update(m, s);
}

function runBody(m: Machine, s: Loop, label: string | undefined, body: () => void): void {
  suspendable(m, () => { m.catching(jumps('continue', label), body); }, (rest) => {
    runBody(m, s, label, rest);
    update(m, s);
    runLoop(m, s, label);
  });
}

function update(m: Machine, s: Loop): void {
  if (!m.reachable || s.update === undefined) return;
  // What the body has closed over keeps the values of its round.
  if (!m.allocator.isRepeating) copyVariables(m, s);
  m.evaluate(s.update);
}

function runLoop(m: Machine, s: Loop, label: string | undefined): void {
  const exact = isLong(m, s) ? peeled : unrolled;
  for (let count = 0; count < exact && m.reachable; count++) {
    const test = s.test === undefined ? true : truth(m.evaluate(s.test));
    if (test === false) return;
    if (test === undefined) break;
    m.allocator.along(count, () => {
      if (!m.allocator.isRepeating) copyVariables(m, s);
      round(m, s, label);
    });
  }
  if (!m.reachable) return;
  fixpointOfWrites(m, () => {
    if (s.test === undefined) {
      round(m, s, label);
      return;
    }
    m.evaluate(s.test);
    whileHolds(m, s.test.site, () => { round(m, s, label); });
  }, { kind: 'loop', site: s.site, statement: s });
  // Behind a loop without a test only its breaks go on.
  if (s.test === undefined) m.reachable = false;
}

/** A counted loop of more rounds than are run one by one. */
function isLong(m: Machine, s: Loop): boolean {
  if (s.test?.op !== 'operator' || !/^[<>]=?$/.test(s.test.operator)) return false;
  const [left, right] = s.test.operands.map((operand) => (operand.op === 'load' || operand.op === 'constant' ? m.evaluate(operand) : undefined));
  if (left?.kind !== 'literal' || right?.kind !== 'literal' || typeof left.value !== 'number' || typeof right.value !== 'number') return false;
  return Math.abs(right.value - left.value) > unrolled;
}

/** Goes on with the loop's own variables in an environment of their own, for the closures of each round. */
function copyVariables(m: Machine, { perIteration }: Loop): void {
  if (perIteration.length === 0) return;
  const before = m.environment;
  const own = new Environment(before.outer);
  for (const binding of perIteration) {
    const cell = before.find(binding);
    const value = cell === undefined ? undefined : m.memory.read(cell);
    if (value !== undefined) m.memory.write(own.declare(binding), value);
  }
  m.environment = own;
}

/** What one round does with its item; `onward` is what follows the round where it is gone on with. */
type Round = (item: Value, onward: () => void) => void;
/** What is done around a round. */
type Around = (round: () => void) => void;

export function iterateStatement(m: Machine, s: Iterate, label: string | undefined): void {
  const subject = refine(m, m.evaluate(s.subject), s.subject);
  if (s.over === 'values' && !s.awaited && isRefused(m, subject)) fails(m, 'TypeError', s.subject.site);
  if (!m.reachable) return;
  untilBreak(m, label, () => {
    if (s.over === 'values' && iterateOwn(m, s, subject, label)) return;
    if (s.awaited && isFollowing(m)) {
      iterateListInTurns(m, s, subject, label);
      return;
    }
    const one = rounds(m, s, label, (round) => { round(); });
    if (s.over === 'keys') iterateKeys(m, subject, one, s);
    else if (isIteratedByOther(m, subject)) iterateList(m, subject, s.subject.site, one, s);
    else iterateAny(m, subject, one, s);
  });
}

/** Each item is waited for, and what comes behind the last one. */
function iterateListInTurns(m: Machine, s: Iterate, subject: Value, label: string | undefined): void {
  if (isRefused(m, subject)) m.throws(languageError(m, 'TypeError', s.subject.site));
  const at = { site: s.site, key: s };
  const round = roundInTurns(m, s, label);
  const leave = (): void => { waitFor(m, undefinedValue, s.site, [s, 'left'], () => undefined); };
  const one: Round = (item, onward) => {
    round((body) => { inTurns.handedOn(m, item, at, (value) => { inTurns.closing(m, s.site, () => { body(value); }, leave); }); }, onward);
  };
  inTurn(m, () => { iterateAny(m, subject, one, s); }, () => { inTurns.handedOn(m, undefinedValue, at, () => undefined); });
}

/** A round of a loop that may stop in it: `run` is given its body, which takes the item. */
function roundInTurns(m: Machine, s: Iterate, label: string | undefined): (run: (body: (item: Value) => void) => void, onward: () => void) => void {
  const outer = m.environment;
  const body = (item: Value): void => {
    untilContinue(m, label, () => {
      m.environment = new Environment(outer);
      for (const binding of s.perIteration) m.environment.declare(binding);
      assign(m, s.target, item, handedOn);
      m.execute(s.body);
    });
  };
  return (run, onward) => {
    const part = (step: () => void): void => {
      suspendable(m, step, (rest) => {
        part(rest);
        if (m.reachable) onward();
      });
      m.environment = outer;
    };
    part(() => { run(body); });
  };
}

/** Of several objects each is gone through on its own way: what the rounds change of it they find there. */
function iterateAny(m: Machine, subject: Value, one: Round, s: Iterate): void {
  if (subject.kind === 'object') iterateHeap(m, subject, one, s);
  else if (subject.kind === 'union' && subject.members.some(({ kind }) => kind === 'object')) m.either(...subject.members.map((member) => () => { iterateAny(m, member, one, s); }));
  else iterateList(m, subject, s.subject.site, one, s);
}

function iterateHeap(m: Machine, subject: ObjectValue, one: Round, s: Iterate): void {
  const { subject: { site } } = s;
  const { heap } = subject;
  const { kind } = heap.form;
  if (kind === 'iterator') iterateIterator(m, heap, one, s);
  else if (kind === 'array' || kind === 'set' || kind === 'map') {
    // What stops in some turn may never come to its end.
    const passage = !isStepwise(m) || !isStopping(s.body) ? m.semantics.passage(heap, m.depth) : undefined;
    const turn: Round = passage === undefined ? one : (item, onward) => { passage.turn(item, (each) => { one(each, onward); }); };
    // An accessor may stand in the place of an item.
    const asked: Round = kind === 'array' && heap.open !== undefined ? (item, onward) => {
      m.mayThrow();
      turn(item, onward);
    } : turn;
    iterateEntries(m, { of: heap, pick: (kind === 'map' ? picks.entries : picks.values)(m, site) }, s, asked);
    passage?.end();
  } else iterateList(m, subject, site, one, s);
}

/** Goes through what an iterator of the language is at. */
function iterateIterator(m: Machine, heap: HeapObject, one: Round, s: Iterate): void {
  const listing = fresh(m, heap);
  const { others: left } = inAnyOrder(m, consumed(m, heap));
  if (listing !== undefined) iterateEntries(m, listing, s, one);
  else if (left.kind !== 'never') iterateLeft(m, heap, left, one, s);
}

/** Goes through what is left in an iterator, which is anything once what it goes through is changed. */
function iterateLeft(m: Machine, heap: HeapObject, left: Value, one: Round, s: Iterate): void {
  fixpointOfWrites(m, () => {
    const item = isChanged(m, heap) ? m.memory.joiner.values(left, unknownFrom(m, [], s.site)) : left;
    one(item, () => { iterateLeft(m, heap, left, one, s); });
  }, { kind: 'loop', site: s.site, statement: s, items: left });
}

/** Goes through the keys that there are at the beginning, but for those that are gone when their turn comes. */
function iterateKeys(m: Machine, subject: Value, one: Round, s: Iterate): void {
  m.semantics.used([subject]);
  const start = keysOf(m, subject);
  const isThere = (key: Value): boolean | undefined => {
    const { items, others } = keysOf(m, subject);
    return items.some((each) => isSurely(each, key)) || (others.kind === 'never' ? false : undefined);
  };
  const ofKey: Round = (key, onward) => {
    const turn = (): void => { one(key, onward); };
    const there = isThere(key);
    if (there === true) turn();
    else if (there === undefined) m.either(() => undefined, turn);
  };
  goThrough(m, start, { one: ofKey, further: behindOthers(m, ofKey) }, s);
}

function rounds(m: Machine, s: Iterate, label: string | undefined, around: Around): Round {
  const outer = m.environment;
  return (item, onward) => {
    m.environment = m.allocator.allocate('round', s.site, () => new Environment(outer), again);
    for (const binding of s.perIteration) m.environment.declare(binding);
    oneRound(m, label, around, () => {
      assign(m, s.target, s.awaited ? awaited(m, item, s.site) : item, handedOn);
      m.execute(s.body);
    }, () => {
      m.environment = outer;
      onward();
    });
    m.environment = outer;
  };
}

function oneRound(m: Machine, label: string | undefined, around: Around, body: () => void, onward: () => void): void {
  suspendable(m, () => { around(() => { m.catching(jumps('continue', label), body); }); }, (rest) => {
    oneRound(m, label, around, rest, onward);
    if (m.reachable) onward();
  });
}

function iterateList(m: Machine, subject: Value, site: Site, one: Round, loop: Iterate): void {
  const list = iterate(m, subject, site);
  const isOfData = members(subject).every(isData) && members(list.others).every(({ kind }) => kind !== 'unknown');
  goThrough(m, list, { one, further: isOfData ? one : behindOthers(m, one) }, loop);
}

/** What gives the items may be code that others have written. */
function behindOthers(m: Machine, one: Round): Round {
  return (item, onward) => {
    meanwhile(m);
    one(item, onward);
  };
}

/** No code of anybody gives its items. */
function isData(value: Value): boolean {
  return value.kind === 'host' || value.kind === 'literal' || (value.kind === 'object' && value.heap.isArray);
}

/** A round for each item that is known by itself, and one for any number of further ones. */
interface Rounds {
  readonly one: Round;
  readonly further: Round;
}

/** The items of a list from a place on. */
function goThrough(m: Machine, list: ListState, each: Rounds, loop: Iterate, from = 0): void {
  for (const [offset, item] of list.items.slice(from).entries()) {
    const index = from + offset;
    if (m.reachable) m.allocator.along(index, () => { each.one(item, () => { goThrough(m, list, each, loop, index + 1); }); });
  }
  if (m.reachable && list.others.kind !== 'never') goThroughOthers(m, list.others, each.further, loop);
}

/** Any number of further items. */
function goThroughOthers(m: Machine, others: Value, one: Round, loop: Iterate): void {
  fixpointOfWrites(m, () => { one(others, () => { goThroughOthers(m, others, one, loop); }); }, { kind: 'loop', site: loop.site, statement: loop, items: others });
}

/** Goes through what has an iterator of the program. */
function iterateOwn(m: Machine, s: Iterate, subject: Value, label: string | undefined): boolean {
  const { awaited: isAwaited, site, subject: { site: at } } = s;
  const each = members(subject);
  if (!each.some((member) => hasOwnIterator(m, member))) return false;
  const [only] = each;
  if (isAwaited && each.length === 1 && only !== undefined && isFollowing(m)) {
    iterateOwnInTurns(m, s, only, label);
    return true;
  }
  const plain = rounds(m, s, label, (round) => { round(); });
  if (each.length > 1 || only === undefined) {
    m.either(...each.map((member) => () => { iterateList(m, member, at, plain, s); }));
    return true;
  }
  const name = isAwaited && !isUndefined(m.getMember(only, symbol('asyncIterator'), at)) ? 'asyncIterator' : 'iterator';
  const iterator = iteratorOf(m, only, at, name);
  if (iterator === undefined) iterateList(m, unknownFrom(m, [only], at), at, plain, s);
  else {
    const own = new OwnIterator(m, iterator, at, name === 'asyncIterator' ? (ask) => awaitedAtOnce(m, ask, at, site) : (ask) => ask());
    own.each(rounds(m, s, label, (round) => { own.closing(round); }));
  }
  return true;
}

function iterateOwnInTurns(m: Machine, s: Iterate, subject: Value, label: string | undefined): void {
  const { site, subject: { site: at } } = s;
  const found = inTurns.asyncIteratorOf(m, subject, at);
  if (found === undefined) return;
  const one = roundInTurns(m, s, label);
  const round: inTurns.Passage['round'] = (item, around, onward) => { one((body) => { around(() => { body(item); }); }, onward); };
  new inTurns.AsyncIteration(m, found, { site, key: s, round }).run();
}

function untilContinue(m: Machine, label: string | undefined, body: () => void): void {
  suspendable(m, () => { m.catching(jumps('continue', label), body); }, (rest) => { untilContinue(m, label, rest); });
}

/** What a round adds or takes away is seen by the rounds that follow. */
function iterateEntries(m: Machine, listing: Listing, s: Iterate, one: Round): void {
  if (listing.of.form.kind === 'map') iterateMap(m, listing, s, one, 0);
  else iterateLive(m, listing, s, one);
}

/** Goes through a list by position, as it is when each turn comes. */
function iterateLive(m: Machine, listing: Listing, s: Iterate, one: Round, from = { start: m.memory.list(listing.of), index: 0 }): void {
  const { of, pick } = listing;
  const { start } = from;
  let { index } = from;
  let list = index === 0 ? start : m.memory.list(of);
  for (let item = list.items[index]; item !== undefined && index < longest && list.items.length <= longest; item = list.items[++index]) {
    const [present, at, next] = [item, index, index + 1];
    m.allocator.along(index, () => { one(pick(keyAt(of, present, at), present), () => { iterateLive(m, listing, s, one, { start, index: next }); }); });
    if (!m.reachable) return;
    list = m.memory.list(of);
    // What goes from a set moves the others forward, and the iteration does not pass over them.
    if (of.form.kind === 'set' && list.items.some((other, place) => other !== start.items[place])) break;
  }
  if (isExact(list) && list.items.length <= index) return;
  iterateRest(m, listing, s, one, of.form.kind === 'set' ? { moved: start, index: 0 } : { moved: { items: [], others: never }, index });
}

/** Goes through the entries of a map from a place on, for as long as they are the same. */
function iterateMap(m: Machine, listing: Listing, s: Iterate, one: Round, from: number): void {
  const { of, pick } = listing;
  const known = presentKeys(m, of);
  const isMoved = (): boolean => presentKeys(m, of).join() !== known.join();
  const goOn = (index: number): void => { m.allocator.along('gone on', () => { iterateMap(m, listing, s, one, index); }); };
  const anyOf = (): Value => inAnyOrder(m, entriesIn(m, of, pick)).others;
  const changed = (): void => {
    fixpointOfWrites(m, () => {
      const any = anyOf();
      if (any.kind !== 'never') one(any, changed);
    }, { kind: 'loop', site: s.site, statement: s, items: anyOf(), list: 'followed' });
  };
  for (let index = from; m.reachable; index++) {
    const { known: entries, isCertain } = knownEntries(m, of);
    const [key, value] = entries[index] ?? [];
    if (!isCertain || key === undefined || value === undefined) break;
    m.allocator.along(index, () => {
      one(pick(key, value), () => {
        if (isMoved()) changed();
        else goOn(index + 1);
      });
    });
    if (isMoved()) break;
  }
  if (m.reachable && (!knownEntries(m, of).isCertain || isMoved() || m.memory.list(of).others.kind !== 'never')) changed();
}

/** All that a list may hold from a place on, in any order. */
function iterateRest(m: Machine, { of, pick }: Listing, s: Iterate, one: Round, from: { readonly moved: ListState; readonly index: number }): void {
  const restOf = (): Value => m.memory.joiner.values(inAnyOrder(m, from.moved).others, remaining(m, m.memory.list(of), from.index));
  fixpointOfWrites(m, () => {
    const rest = restOf();
    if (rest.kind !== 'never') one(pick(keyAt(of, rest), rest), () => { iterateRest(m, { of, pick }, s, one, from); });
  }, { kind: 'loop', site: s.site, statement: s, items: restOf(), list: 'followed' });
}
