/** Code whose ways out are looked at before any of them is taken. */
import type { Delta } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';
import type { Site } from '../../program/ir.ts';
import { unknownFrom } from '../values/unknown.ts';
import type { Exit } from './frame.ts';
import type { Machine } from './machine.ts';
import { type Thrown, Trial } from './trial.ts';

/** What code did that may be left in any way. */
export interface Attempt {
  /** What it has written when it came to its end; undefined where it does not. */
  readonly end: Delta | undefined;
  readonly exits: readonly Exit[];
  /** The exceptions that leave it; those of which nothing is known, together, are the last one. */
  readonly thrown: readonly Thrown[];
  /** There may be exceptions of which nothing is known. */
  readonly isOpen: boolean;
}

/** Runs code without keeping what it wrote, or how it was left. */
export function attempt(m: Machine, site: Site, body: () => void): Attempt {
  const { memory, frame } = m;
  const before = memory.store;
  const outer = frame.exits;
  const base = memory.store = before.fork();
  const trial = new Trial(base);
  frame.exits = [];
  const meanwhile = onTrial(m, trial, () => memory.trailed(body));
  const end = m.reachable ? memory.store.since(memory.store) : undefined;
  const { exits } = frame;
  memory.store = before;
  frame.exits = outer;
  m.reachable = true;
  const { isOpen } = trial;
  return { end, exits, isOpen, thrown: isOpen ? [anyOf(m, trial, meanwhile, site)] : trial.thrown };
}

/** Any step may have thrown: each place may hold what it held at some time meanwhile. */
function anyOf(m: Machine, { thrown }: Trial, meanwhile: Delta, site: Site): Thrown {
  const { memory } = m;
  const before = memory.store;
  memory.store = before.fork();
  memory.absorb([new Map(), meanwhile]);
  const delta = memory.store.since(memory.store);
  memory.store = before;
  const values = thrown.map(({ value }) => value);
  // The error is of the language, of a library, or what the program has thrown itself.
  return { value: memory.joiner.all([...values, unknownFrom(m, values, site)]), delta };
}

/** Goes on from wherever one of several exceptions left; gives what was thrown. */
export function caught(m: Machine, thrown: readonly Thrown[]): Value {
  m.memory.absorb(thrown.map(({ delta }) => delta));
  return m.memory.joiner.all(thrown.map(({ value }) => value));
}

/** Runs code whose exceptions are nothing to the code at hand: it runs at another time, or keeps them to itself. */
export function untried<T>(m: Machine, body: () => T): T {
  return onTrial(m, undefined, body);
}

/** Runs code whose exceptions are told to a trial, or to nobody. */
export function onTrial<T>(m: Machine, trial: Trial | undefined, body: () => T): T {
  const { trial: around } = m;
  m.trial = trial;
  try {
    return body();
  } finally {
    m.trial = around;
  }
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
