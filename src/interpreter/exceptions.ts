/** Statements that try: what is thrown, and what is done behind it. */
import { Environment } from '../domain/environment.ts';
import type { Delta } from '../domain/store.ts';
import type { Value } from '../domain/value.ts';
import type { Block, Statement } from '../program/ir.ts';
import type { Exit, Machine } from './machine/machine.ts';
import { assign } from './patterns.ts';
import { unknownFrom } from './values/unknown.ts';

type Try = Extract<Statement, { op: 'try' }>;

/** What code did that may be left at any of its steps. */
interface Attempt {
  /** What it has written when it came to its end; undefined where it does not. */
  readonly end: Delta | undefined;
  readonly exits: readonly Exit[];
  /** What each place may have held on the way. */
  readonly meanwhile: Delta;
  /** What the program has thrown on the way, itself. */
  readonly thrown: readonly Value[];
}

export function executeTry(m: Machine, s: Try): void {
  const tried = (): void => {
    if (s.handler === undefined) m.execute(s.block);
    else catching(m, s, s.handler);
  };
  if (s.finalizer === undefined) tried();
  else finallyBehind(m, s.finalizer, tried);
}

/** Runs code without keeping what it wrote, or how it was left. */
function attempt(m: Machine, body: () => void): Attempt {
  const { memory, frame } = m;
  const before = memory.store;
  const outer = { exits: frame.exits, thrown: m.thrown };
  memory.store = before.fork();
  [frame.exits, m.thrown] = [[], []];
  const meanwhile = memory.trailed(body);
  const end = m.reachable ? memory.store.since(memory.store) : undefined;
  const { exits } = frame;
  const { thrown } = m;
  memory.store = before;
  [frame.exits, m.thrown] = [outer.exits, outer.thrown];
  m.reachable = true;
  return { end, exits, meanwhile, thrown };
}

/** Any step of the block may throw, so that the handler finds what each place held at some time meanwhile. */
function catching(m: Machine, s: Try, handler: Block): void {
  const { memory } = m;
  const { end, exits, meanwhile, thrown } = attempt(m, () => { m.execute(s.block); });
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
  const { end, exits, meanwhile, thrown } = attempt(m, body);
  frame.isAwaited = isAwaited;
  // It is on its way still.
  m.thrown.push(...thrown);
  const leaving = ({ delta, ...exit }: Exit): void => {
    memory.absorb([delta]);
    m.execute(finalizer);
    if (m.reachable) m.leave({ ...exit, delta: m.delta() });
  };
  m.either(
    ...end === undefined ? [] : [() => {
      memory.absorb([end]);
      m.execute(finalizer);
    }],
    ...exits.map((exit) => () => { leaving(exit); }),
    () => {
      memory.absorb([new Map(), meanwhile]);
      m.execute(finalizer);
      if (m.reachable) m.leave({ kind: 'throw', delta: m.delta() });
    },
  );
}
