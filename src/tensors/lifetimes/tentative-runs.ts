/** Runs of a piece of code beside those that the program has: to see what a further one would do. */
import type { Node } from '../../domain/graph.ts';
import type { Round } from '../../domain/lifetimes.ts';
import type { Value } from '../../domain/value.ts';
import { untried } from '../../interpreter/machine/attempt.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';

export type Run = () => Value | undefined;

/** What comes of a run. */
interface Ended {
  readonly made: ReadonlySet<Node>;
  readonly given: Value | undefined;
}

/** What it does behind an `await` is over when the next one begins. */
export function oneOf({ pending, history: { lifetimes } }: Machine, run: Run): Ended {
  const round: Round = { of: undefined, outer: undefined, made: new Set(), uncounted: new Set(), isDoubtful: false };
  lifetimes.round = round;
  let given: Value | undefined;
  pending.tentatively(() => { given = run(); });
  return { given, made: round.made };
}

/** Runs code of which nothing stays: neither what it writes, nor how it is left, nor what it tells. */
export function tentatively(m: Machine, body: () => void): void {
  const { memory, frame, environment, history: { lifetimes } } = m;
  const { exits } = frame;
  const { round } = lifetimes;
  const before = memory.store;
  memory.store = before.fork();
  memory.alone(() => { m.occasion.silently(() => { m.allocator.once(() => { untried(m, body); }); }); });
  memory.store = before;
  m.environment = environment;
  frame.exits = exits;
  lifetimes.round = round;
  m.reachable = true;
}
