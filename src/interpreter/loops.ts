/** Loops: the first rounds one by one where the test is known, the rest by a fixpoint. */
import { Environment } from '../domain/environment.ts';
import type { Value } from '../domain/value.ts';
import { truth } from '../domain/values.ts';
import type { Statement } from '../program/ir.ts';
import { awaited } from './await.ts';
import { iterate, keysOf } from './builtins/iteration.ts';
import { fixpoint } from './fixpoint.ts';
import { meanwhile } from './later.ts';
import type { Exit, Machine } from './machine/machine.ts';
import { assign } from './patterns.ts';
import { handedOn } from './values/naming.ts';
import { refine } from './values/types.ts';

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
  if (s.perIteration.length > 0) m.environment = m.allocator.allocate('loop', s.site, () => new Environment(outer), () => undefined);
  for (const statement of s.init) m.execute(statement);
  m.catching(jumps('break', label), () => { runLoop(m, s, label); });
  m.environment = outer;
}

function runLoop(m: Machine, s: Loop, label: string | undefined): void {
  const round = (): void => {
    m.catching(jumps('continue', label), () => { m.execute(s.body); });
    if (m.reachable && s.update !== undefined) m.evaluate(s.update);
  };
  if (!s.testFirst) round();
  const exact = isLong(m, s) ? peeled : unrolled;
  for (let count = 0; count < exact && m.reachable; count++) {
    const test = s.test === undefined ? true : truth(m.evaluate(s.test));
    if (test === false) return;
    if (test === undefined) break;
    m.allocator.along(count, () => { freshly(m, s, round); });
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
    const value = cell === undefined ? undefined : m.memory.read(cell);
    if (value !== undefined) m.memory.write(own.declare(binding), value);
  }
  m.environment = own;
  round();
}

export function iterateStatement(m: Machine, s: Iterate, label: string | undefined): void {
  const outer = m.environment;
  const subject = refine(m, m.evaluate(s.subject), s.subject);
  const one = (item: Value): void => {
    m.environment = m.allocator.allocate('round', s.site, () => new Environment(outer), () => undefined);
    for (const binding of s.perIteration) m.environment.declare(binding);
    m.catching(jumps('continue', label), () => {
      assign(m, s.target, s.awaited ? awaited(m, item, s.site) : item, handedOn);
      m.execute(s.body);
    });
    m.environment = outer;
  };
  m.catching(jumps('break', label), () => {
    const list = s.over === 'values' ? iterate(m, subject, s.subject.site) : keysOf(m, subject);
    for (const [index, item] of list.items.entries()) {
      if (m.reachable) m.allocator.along(index, () => { one(item); });
    }
    if (m.reachable && list.others.kind !== 'never') fixpoint(m, () => {
        // What gives the items may be code that others have written.
        meanwhile(m);
        one(list.others);
      });
  });
}
