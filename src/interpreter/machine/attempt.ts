/** Code whose ways out are looked at before any of them is taken. */
import type { Delta } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';
import type { Exit, Machine } from './machine.ts';

/** What code did that may be left at any of its steps. */
export interface Attempt {
  /** What it has written when it came to its end; undefined where it does not. */
  readonly end: Delta | undefined;
  readonly exits: readonly Exit[];
  /** What each place may have held on the way. */
  readonly meanwhile: Delta;
  /** What the program has thrown on the way, itself. */
  readonly thrown: readonly Value[];
}

/** Runs code without keeping what it wrote, or how it was left. */
export function attempt(m: Machine, body: () => void): Attempt {
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

/** What code gives that may run or not; what it writes is not kept. */
export function tried<T>(m: Machine, body: () => T): T | undefined {
  const { memory } = m;
  const { store } = memory;
  let given: T | undefined;
  memory.store = store.fork();
  m.perhaps(() => { given = body(); });
  memory.store = store;
  return given;
}
