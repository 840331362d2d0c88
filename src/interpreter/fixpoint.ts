/** Code that runs any number of times: the least fixpoint of one run over what holds before it. */
import { type Allocation, allocated, Cell } from '../domain/cell.ts';
import { sameContent } from '../domain/join.ts';
import type { Repetition } from '../domain/lifetimes.ts';
import { type Content, type Delta, isList } from '../domain/store.ts';
import type { Value } from '../domain/value.ts';
import { members, never } from '../domain/values.ts';
import type { Machine } from './machine/machine.ts';
import { Reachable } from './values/reachable.ts';
import { unknownFrom } from './values/unknown.ts';

/** Rounds after which what still changes is taken to be anything. */
const rounds = 5;

/** Runs `body` so that what its rounds make is the same in each, and joins are joins of rounds. */
function repeating<T>(m: Machine, body: () => T): T {
  if (m.allocator.isRepeating) return body();
  return m.memory.joiner.between('rounds', () => m.allocator.repeating(body));
}

/**
 * Runs a round any number of times: until nothing that was there before it changes any more. `repetition`: what it is a
 * round of, where that is told. Whoever runs it may hold what its rounds give.
 */
export function fixpoint(m: Machine, round: () => void, repetition?: Repetition): void {
  untilAtRest(m, untold(round), repetition, () => everything);
}

/** As `fixpointOfWrites`, of rounds that give something, which somebody may hold. */
export function fixpointOfResults(m: Machine, round: () => Value): void {
  let given: Value = never;
  untilAtRest(m, () => (given = round()), undefined, leftIn(m, () => given));
}

/** What a round gives; undefined where it is not known. */
type Round = () => Value | undefined;

function untold(round: () => void): Round {
  return () => {
    round();
    return undefined;
  };
}

/**
 * What rounds give, any of them. What one of them has made and gives stands for what each of them gives: the next round
 * has to meet it, so that it is taken for several.
 */
export class Gathered {
  readonly #held = new Cell('gathered');
  #all: Value = never;

  constructor(readonly m: Machine) {
    m.memory.write(this.#held, never);
  }

  get all(): Value {
    return this.#all;
  }

  add(value: Value): void {
    const { memory } = this.m;
    this.#all = memory.joiner.values(this.#all, value);
    if (members(value).some(isMade)) memory.write(this.#held, memory.joiner.values(memory.read(this.#held) ?? never, value));
  }
}

/** It has an identity. */
function isMade({ kind }: Value): boolean {
  return kind === 'object' || kind === 'closure' || kind === 'class' || kind === 'native' || kind === 'promise' || kind === 'instance';
}

/**
 * As `fixpoint`, of rounds that give nothing: they leave what they write. What a round has made and nobody can get at when
 * it is over, the next one makes anew: it is one thing in each round, not several.
 */
export function fixpointOfWrites(m: Machine, round: () => void, repetition?: Repetition): void {
  untilAtRest(m, untold(round), repetition, leftIn(m, () => never));
}

/** What rounds leave where it can be got at: by what they have written, and by what they give. */
function leftIn(m: Machine, given: () => Value): LeftBy {
  let hasMade = false;
  return (written, first) => {
    hasMade ||= [...written.keys()].some(({ allocation }) => allocation.isSince(first));
    if (!hasMade) return everything;
    const found = new Reachable(m, first);
    found.followWritten(written);
    found.followShared();
    found.followWaiting();
    found.follow(given());
    return (allocation) => found.holds(allocation);
  };
}

type LeftBy = (written: Delta, first: number) => IsLeft;

type IsLeft = (allocation: Allocation) => boolean;

const everything: IsLeft = () => true;

function untilAtRest(m: Machine, round: Round, repetition: Repetition | undefined, leftBy: LeftBy): void {
  if (!m.reachable) return;
  const { memory } = m;
  repeating(m, () => {
    const first = allocated();
    let isLeft = everything;
    for (let count = 0; count < rounds; count++) {
      const before = memory.store;
      const environment = m.environment;
      const written = m.allocator.round(first, isLeft, () => oneRound(m, round, repetition));
      m.environment = environment;
      const changed = [...written].filter(([cell, content]) => !sameContent(before.read(cell), content));
      // What only the round itself made does not keep the loop from resting.
      const fresh = new Set(changed.map(([cell]) => cell).filter((cell) => before.read(cell) === undefined));
      memory.absorb([written]);
      if (changed.every(([cell]) => fresh.has(cell))) return;
      if (count === rounds - 1) widen(m, changed.map(([cell]) => cell));
      else isLeft = leftBy(written, first);
    }
  });
}

/** What holds at the head of the loop after one more round, joined with what held before it. */
function oneRound(m: Machine, round: Round, repetition: Repetition | undefined): ReadonlyMap<Cell, Content> {
  const { memory } = m;
  const before = memory.store;
  memory.store = before.fork();
  // Branches within a round are branches: not every round takes each.
  m.either(() => undefined, () => {
    memory.joiner.between('branches', () => {
      m.semantics.repeated(repetition, round);
    });
  });
  const written = memory.store.since(memory.store);
  memory.store = before;
  m.reachable = true;
  return written;
}

function widen(m: Machine, cells: readonly Cell[]): void {
  const { store, joiner } = m.memory;
  for (const cell of cells) {
    const content = store.read(cell);
    if (content === undefined) continue;
    const site = m.frame.code?.site;
    if (isList(content)) store.write(cell, { items: [], others: joiner.all([...content.items, content.others]) });
    else if (site !== undefined) store.write(cell, unknownFrom(m, [content], site));
  }
}
