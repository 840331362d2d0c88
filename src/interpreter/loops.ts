/** Loops: the first rounds one by one where the test is known, the rest by a fixpoint. */
import { Environment } from '../domain/environment.ts';
import type { HeapObject, ListState, Value } from '../domain/value.ts';
import { isUndefined, members, never, symbol, truth } from '../domain/values.ts';
import type { Site, Statement } from '../program/ir.ts';
import { awaited } from './await.ts';
import { iterate, keysOf } from './builtins/iteration.ts';
import { hasOwnIterator, iteratorOf, OwnIterator } from './builtins/own-iterator.ts';
import { fixpoint } from './fixpoint.ts';
import { meanwhile } from './later.ts';
import type { Exit, Machine } from './machine/machine.ts';
import { assign } from './patterns.ts';
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
type Jump = Extract<Exit, { kind: 'break' | 'continue' }>;

function jumps(kind: Jump['kind'], label: string | undefined): (exit: Exit) => exit is Jump {
  return (exit): exit is Jump => exit.kind === kind && (exit.label === undefined || exit.label === label);
}

export function loopStatement(m: Machine, s: Loop, label: string | undefined): void {
  const outer = m.environment;
  if (s.perIteration.length > 0) m.environment = m.allocator.allocate('loop', s.site, () => new Environment(outer));
  for (const statement of s.init) m.execute(statement);
  m.catching(jumps('break', label), () => { runLoop(m, s, label); });
  m.environment = outer;
}

function runLoop(m: Machine, s: Loop, label: string | undefined): void {
  const round = (): void => {
    m.catching(jumps('continue', label), () => { m.execute(s.body); });
    if (!m.reachable || s.update === undefined) return;
    // What the body has closed over keeps the values of its round.
    if (!m.allocator.isRepeating) copyVariables(m, s);
    m.evaluate(s.update);
  };
  if (!s.testFirst) round();
  const exact = isLong(m, s) ? peeled : unrolled;
  for (let count = 0; count < exact && m.reachable; count++) {
    const test = s.test === undefined ? true : truth(m.evaluate(s.test));
    if (test === false) return;
    if (test === undefined) break;
    m.allocator.along(count, () => {
      if (!m.allocator.isRepeating) copyVariables(m, s);
      round();
    });
  }
  if (!m.reachable) return;
  fixpoint(m, () => {
    if (s.test !== undefined) m.evaluate(s.test);
    round();
  });
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

export function iterateStatement(m: Machine, s: Iterate, label: string | undefined): void {
  const outer = m.environment;
  const subject = refine(m, m.evaluate(s.subject), s.subject);
  const one = (item: Value): void => {
    m.environment = m.allocator.allocate('round', s.site, () => new Environment(outer));
    for (const binding of s.perIteration) m.environment.declare(binding);
    m.catching(jumps('continue', label), () => {
      assign(m, s.target, s.awaited ? awaited(m, item, s.site) : item, handedOn);
      m.execute(s.body);
    });
    m.environment = outer;
  };
  m.catching(jumps('break', label), () => {
    if (s.over === 'values' && iterateOwn(m, s, subject, one)) return;
    if (s.over === 'values' && subject.kind === 'object' && !m.builtIn.isPatched && isLive(subject.heap)) {
      const passage = m.semantics.passage(subject.heap, m.depth);
      iterateLive(m, subject.heap, passage === undefined ? one : (item) => { passage.turn(item, one); });
      passage?.end();
      return;
    }
    if (s.over === 'values') iterateList(m, subject, s.subject.site, one);
    else goThrough(m, keysOf(m, subject), one);
  });
}

function iterateList(m: Machine, subject: Value, site: Site, one: (item: Value) => void): void {
  goThrough(m, iterate(m, subject, site), one);
}

function goThrough(m: Machine, list: ListState, one: (item: Value) => void): void {
  for (const [index, item] of list.items.entries()) {
    if (m.reachable) m.allocator.along(index, () => { one(item); });
  }
  if (m.reachable && list.others.kind !== 'never') fixpoint(m, () => {
    // What gives the items may be code that others have written.
    meanwhile(m);
    one(list.others);
  });
}

/** Goes through what has an iterator of the program. */
function iterateOwn(m: Machine, { awaited: isAwaited, site, subject: { site: at } }: Iterate, subject: Value, one: (item: Value) => void): boolean {
  const each = members(subject);
  if (!each.some((member) => hasOwnIterator(m, member))) return false;
  const [only] = each;
  if (each.length > 1 || only === undefined) {
    m.either(...each.map((member) => () => { iterateList(m, member, at, one); }));
    return true;
  }
  const name = isAwaited && !isUndefined(m.getMember(only, symbol('asyncIterator'), at)) ? 'asyncIterator' : 'iterator';
  const iterator = iteratorOf(m, only, at, name);
  if (iterator === undefined) iterateList(m, unknownFrom(m, [only], at), at, one);
  else {
    const own = new OwnIterator(m, iterator, at, name === 'asyncIterator' ? (value) => awaited(m, value, site) : (value) => value);
    own.each((item) => { own.closing(() => { one(item); }); });
  }
  return true;
}

/** What a round adds to it or takes away is seen by the rounds that follow. */
function isLive({ form }: HeapObject): boolean {
  return form.kind === 'array' || form.kind === 'set';
}

/** Goes through a list by position, as it is when each turn comes. */
function iterateLive(m: Machine, heap: HeapObject, one: (item: Value) => void): void {
  const start = m.memory.list(heap);
  let index = 0;
  let list = start;
  for (let item = list.items[0]; item !== undefined && index < longest && list.items.length <= longest; item = list.items[++index]) {
    const present = item;
    m.allocator.along(index, () => { one(present); });
    if (!m.reachable) return;
    list = m.memory.list(heap);
    // What goes from a set moves the others forward, and the iteration does not pass over them.
    if (heap.form.kind === 'set' && list.items.some((other, at) => other !== start.items[at])) break;
  }
  if (isExact(list) && list.items.length <= index) return;
  const moved = heap.form.kind === 'set' ? start : { items: [], others: never };
  fixpoint(m, () => {
    const rest = m.memory.joiner.values(inAnyOrder(m, moved).others, remaining(m, m.memory.list(heap), heap.form.kind === 'set' ? 0 : index));
    if (rest.kind !== 'never') one(rest);
  });
}
