/** Statements that try: what is thrown, and what is done behind it. */
import { Environment } from '../domain/environment.ts';
import type { Value } from '../domain/value.ts';
import type { Block, Pattern, Statement } from '../program/ir.ts';
import { suspendable } from './generators/suspension.ts';
import { attempt, caught } from './machine/attempt.ts';
import { isStop } from './machine/frame.ts';
import type { Machine } from './machine/machine.ts';
import { assign } from './patterns.ts';

type Try = Extract<Statement, { op: 'try' }>;

export function executeTry(m: Machine, s: Try): void {
  const tried = (): void => {
    if (s.handler === undefined) m.execute(s.block);
    else catching(m, s, s.handler, () => { m.execute(s.block); });
  };
  if (s.finalizer === undefined) tried();
  else finallyBehind(m, s, s.finalizer, tried);
}

/** The handler goes on from wherever the block may have thrown. */
function catching(m: Machine, s: Try, handler: Block, block: () => void): void {
  const { memory, frame } = m;
  const { caught: outer, isAwaited } = frame;
  frame.caught = true;
  // A promise that is returned fails behind the block.
  frame.isAwaited = false;
  const { end, exits, thrown } = attempt(m, s.site, () => {
    suspendable(m, block, (rest) => { catching(m, s, handler, rest); });
  });
  frame.caught = outer;
  frame.isAwaited = isAwaited;
  frame.exits.push(...exits);
  m.either(
    ...end === undefined ? [] : [() => { memory.absorb([end]); }],
    ...thrown.length === 0 ? [] : [() => { handle(m, handler, s.parameter, caught(m, thrown)); }],
  );
}

function handle(m: Machine, handler: Block, parameter: Pattern | undefined, thrown: Value): void {
  const outer = m.environment;
  m.environment = new Environment(outer);
  if (parameter !== undefined) assign(m, parameter, thrown);
  m.execute(handler);
  m.environment = outer;
}

/** However the code before it is left, the block is run, and then it is left in that way. */
function finallyBehind(m: Machine, s: Try, finalizer: Block, body: () => void): void {
  const { memory, frame } = m;
  const { isAwaited } = frame;
  // A promise that is returned has not settled when the block runs.
  frame.isAwaited = false;
  const { end, exits, thrown } = attempt(m, s.site, () => {
    suspendable(m, body, (rest) => { finallyBehind(m, s, finalizer, rest); });
  });
  frame.isAwaited = isAwaited;
  // A generator that stops has not been left.
  frame.exits.push(...exits.filter(isStop));
  const leaving = exits.filter((exit) => !isStop(exit));
  const block = (): void => { m.execute(finalizer); };
  m.either(
    ...end === undefined ? [] : [() => {
      memory.absorb([end]);
      block();
    }],
    ...leaving.map((exit, index) => () => {
      memory.absorb([exit.delta]);
      runBefore(m, () => { m.leave({ ...exit, delta: m.delta() }); }, index, block);
    }),
    ...thrown.length === 0 ? [] : [() => {
      const value = caught(m, thrown);
      runBefore(m, () => { m.throws(value); }, leaving.length, block);
    }],
  );
}

/** Runs the block, and then leaves in the way that led to it. */
export function runBefore(m: Machine, leave: () => void, index: number, block: () => void): void {
  suspendable(m, block, (rest) => { runBefore(m, leave, index, rest); }, index);
  if (m.reachable) leave();
}
