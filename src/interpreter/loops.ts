/** Loops: the first rounds one by one where the test is known, the rest by a fixpoint. */
import type { Statement } from '../program/ir.ts';
import { Environment } from '../domain/environment.ts';
import { evaluate } from './expressions.ts';
import { sameContent } from '../domain/join.ts';
import type { Exit, Machine } from './machine.ts';
import { handedOn } from './naming.ts';
import { assign } from './patterns.ts';
import { refine } from './types.ts';
import { execute } from './statements.ts';
import { awaited } from './promises.ts';
import { unknownFrom } from './unknown.ts';
import { type Cell, type Content, isList } from '../domain/store.ts';
import { type Value, truth } from '../domain/value.ts';

type Loop = Extract<Statement, { op: 'loop' }>;
type Iterate = Extract<Statement, { op: 'iterate' }>;

/** Rounds that are run one by one before the loop is taken as a whole. */
const unrolled = 8;
/** Of a loop of more rounds, those in which a variable that the body replaces is there and, then, is gone. */
const peeled = 2;
/** Rounds after which what still changes is taken to be anything. */
const rounds = 5;

type Jump = Extract<Exit, { kind: 'break' | 'continue' }>;

function jumps(kind: Jump['kind'], label: string | undefined): (exit: Exit) => exit is Jump {
  return (exit): exit is Jump => exit.kind === kind && (exit.label === undefined || exit.label === label);
}

export function loopStatement(m: Machine, s: Loop, label: string | undefined): void {
  const outer = m.environment;
  if (s.perIteration.length > 0) m.environment = m.allocate('loop', s.site, () => new Environment(outer), () => undefined);
  for (const statement of s.init) execute(m, statement);
  m.catching(jumps('break', label), () => { runLoop(m, s, label); });
  m.environment = outer;
}

function runLoop(m: Machine, s: Loop, label: string | undefined): void {
  const round = (): void => {
    m.catching(jumps('continue', label), () => { execute(m, s.body); });
    if (m.reachable && s.update !== undefined) evaluate(m, s.update);
  };
  if (!s.testFirst) round();
  const exact = isLong(m, s) ? peeled : unrolled;
  for (let count = 0; count < exact && m.reachable; count++) {
    const test = s.test === undefined ? true : truth(evaluate(m, s.test));
    if (test === false) return;
    if (test === undefined) break;
    m.along(count, () => { freshly(m, s, round); });
  }
  if (!m.reachable) return;
  fixpoint(m, () => {
    if (s.test !== undefined) evaluate(m, s.test);
    round();
  });
  // Behind a loop without a test only its breaks go on.
  if (s.test === undefined) m.reachable = false;
}

/** A counted loop of more rounds than are run one by one. */
function isLong(m: Machine, s: Loop): boolean {
  if (s.test?.op !== 'operator' || !/^[<>]=?$/.test(s.test.operator)) return false;
  const [left, right] = s.test.operands.map((operand) => (operand.op === 'load' || operand.op === 'constant' ? evaluate(m, operand) : undefined));
  if (left?.kind !== 'literal' || right?.kind !== 'literal' || typeof left.value !== 'number' || typeof right.value !== 'number') return false;
  return Math.abs(right.value - left.value) > unrolled;
}

/** Gives each round the loop's own variables anew, for the closures it makes. */
function freshly(m: Machine, s: Loop, round: () => void): void {
  if (s.perIteration.length === 0) {
    round();
    return;
  }
  const head = m.environment;
  const own = new Environment(head.outer);
  for (const binding of s.perIteration) {
    const cell = head.find(binding);
    const value = cell === undefined ? undefined : m.read(cell);
    if (value !== undefined) m.write(own.declare(binding), value);
  }
  m.environment = own;
  round();
}

export function iterateStatement(m: Machine, s: Iterate, label: string | undefined): void {
  const outer = m.environment;
  const subject = refine(m, evaluate(m, s.subject), s.subject);
  const one = (item: Value): void => {
    m.environment = m.allocate('round', s.site, () => new Environment(outer), () => undefined);
    for (const binding of s.perIteration) m.environment.declare(binding);
    m.catching(jumps('continue', label), () => {
      assign(m, s.target, s.awaited ? awaited(m, item, s.site) : item, handedOn);
      execute(m, s.body);
    });
    m.environment = outer;
  };
  m.catching(jumps('break', label), () => {
    const list = s.over === 'values' ? m.realm.iterate(m, subject, s.subject.site) : m.realm.keys(m, subject);
    for (const [index, item] of list.items.entries()) {
      if (m.reachable) m.along(index, () => { one(item); });
    }
    if (m.reachable && list.others.kind !== 'never') fixpoint(m, () => { one(list.others); });
  });
}

/** Runs a round any number of times: until nothing that was there before it changes any more. */
export function fixpoint(m: Machine, round: () => void): void {
  m.untilFixpoint(() => {
    for (let count = 0; count < rounds; count++) {
      const before = m.store;
      const environment = m.environment;
      const written = oneRound(m, round);
      m.environment = environment;
      const changed = [...written].filter(([cell, content]) => !sameContent(before.read(cell), content));
      // What only the round itself made does not keep the loop from resting.
      const fresh = new Set(changed.map(([cell]) => cell).filter((cell) => before.read(cell) === undefined));
      m.store.absorb([written], m.joiner.contents);
      if (changed.every(([cell]) => fresh.has(cell))) return;
      if (count === rounds - 1) widen(m, changed.map(([cell]) => cell));
    }
  });
}

/** What holds at the head of the loop after one more round, joined with what held before it. */
function oneRound(m: Machine, round: () => void): ReadonlyMap<Cell, Content> {
  const before = m.store;
  m.store = before.fork();
  m.either(() => undefined, () => { withinRound(m, round); });
  const written = m.store.since(m.store);
  m.store = before;
  m.reachable = true;
  return written;
}

/** Branches within a round are branches: not every round takes each. */
function withinRound(m: Machine, round: () => void): void {
  const { rounds: between } = m.joiner;
  m.joiner.rounds = false;
  try {
    round();
  } finally {
    m.joiner.rounds = between;
  }
}

function widen(m: Machine, cells: readonly Cell[]): void {
  for (const cell of cells) {
    const content = m.store.read(cell);
    if (content === undefined) continue;
    const site = m.frame.code?.site;
    if (isList(content)) m.store.write(cell, { items: [], others: m.joiner.all([...content.items, content.others]) });
    else if (site !== undefined) m.store.write(cell, unknownFrom(m, [content], site));
  }
}
