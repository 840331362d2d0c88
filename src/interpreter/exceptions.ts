/** Statements that try: what is thrown, and what is done behind it. */
import { Environment } from '../domain/environment.ts';
import type { Value } from '../domain/value.ts';
import type { Block, Statement } from '../program/ir.ts';
import { suspendable } from './generators/suspension.ts';
import { attempt } from './machine/attempt.ts';
import type { Exit, Machine } from './machine/machine.ts';
import { assign } from './patterns.ts';
import { unknownFrom } from './values/unknown.ts';

type Try = Extract<Statement, { op: 'try' }>;

export function executeTry(m: Machine, s: Try): void {
  const tried = (): void => {
    if (s.handler === undefined) m.execute(s.block);
    else catching(m, s, s.handler, () => { m.execute(s.block); });
  };
  if (s.finalizer === undefined) tried();
  else finallyBehind(m, s.finalizer, tried);
}

/** Any step of the block may throw, so that the handler finds what each place held at some time meanwhile. */
function catching(m: Machine, s: Try, handler: Block, block: () => void): void {
  const { memory } = m;
  const { frame } = m;
  const { caught } = frame;
  frame.caught = true;
  const { end, exits, meanwhile, thrown } = attempt(m, () => {
    suspendable(m, block, (rest) => { catching(m, s, handler, rest); });
  });
  frame.caught = caught;
  m.frame.exits.push(...exits.filter(({ kind }) => kind !== 'throw'));
  m.either(
    ...end === undefined ? [] : [() => { memory.absorb([end]); }],
    () => {
      memory.absorb([new Map(), meanwhile]);
      handle(m, s, handler, thrown);
    },
  );
}

function handle(m: Machine, { parameter, site }: Try, handler: Block, thrown: readonly Value[]): void {
  const outer = m.environment;
  m.environment = new Environment(outer);
  // The error is of the language, of a library, or what the program has thrown itself.
  if (parameter !== undefined) assign(m, parameter, m.memory.joiner.all([...thrown, unknownFrom(m, thrown, site)]));
  m.execute(handler);
  m.environment = outer;
}

/** However the code before it is left, the block is run, and then it is left in that way. */
function finallyBehind(m: Machine, finalizer: Block, body: () => void): void {
  const { memory } = m;
  const { frame } = m;
  const { isAwaited } = frame;
  // A promise that is returned has not settled when the block runs.
  frame.isAwaited = false;
  const { end, exits, meanwhile, thrown } = attempt(m, () => {
    suspendable(m, body, (rest) => { finallyBehind(m, finalizer, rest); });
  });
  frame.isAwaited = isAwaited;
  // It is on its way still.
  m.thrown.push(...thrown);
  // A generator that stops has not been left.
  frame.exits.push(...exits.filter(({ kind }) => kind === 'yield'));
  const leaving = exits.filter(({ kind }) => kind !== 'yield');
  m.either(
    ...end === undefined ? [] : [() => {
      memory.absorb([end]);
      m.execute(finalizer);
    }],
    ...leaving.map((exit, index) => () => {
      memory.absorb([exit.delta]);
      runBefore(m, exit, index, () => { m.execute(finalizer); });
    }),
    () => {
      memory.absorb([new Map(), meanwhile]);
      runBefore(m, { kind: 'throw' }, leaving.length, () => { m.execute(finalizer); });
    },
  );
}

type Way<E extends Exit = Exit> = E extends Exit ? Omit<E, 'delta'> : never;

/** Runs the block, and then leaves in the way that led to it. */
function runBefore(m: Machine, way: Way, index: number, block: () => void): void {
  suspendable(m, block, (rest) => { runBefore(m, way, index, rest); }, index);
  if (m.reachable) m.leave({ ...way, delta: m.delta() });
}
