/** Whether a program may go on where an async function, or a callback of a promise, has failed. */
import type { Delta } from '../../domain/store.ts';
import type { Machine } from '../machine/machine.ts';

/** What catches a failure, as it is written. */
const catching = /\b(?:catch|finally)\b|\.\s*(?:then|allSettled|any|race)\b|\bPromise\s*\[|=\s*Promise\b|unhandled/iu;

interface Answer {
  readonly modules: number;
  readonly mayBeCaught: boolean;
}

const answers = new WeakMap<Machine, Answer>();

/**
 * A failure that nobody catches ends the program, or at least whoever waits for it. Where something may catch one, what had
 * been done by then is found by what comes next.
 */
export function mayBeCaught(m: Machine): boolean {
  const { environments } = m.modules;
  const known = answers.get(m);
  if (known?.modules === environments.size) return known.mayBeCaught;
  const answer = { modules: environments.size, mayBeCaught: [...environments.keys()].some((file) => m.program.mentions(file, catching)) };
  answers.set(m, answer);
  return answer.mayBeCaught;
}

/** Code may have failed at any of its steps, with what it had written by then, where whoever hears of it goes on. */
export function mayHaveFailed(m: Machine, trail: Delta): void {
  if (!mayBeCaught(m)) return;
  const { memory: { store, joiner }, turns } = m;
  for (const [cell, content] of trail) {
    const earlier = [store.read(cell), turns.failing.get(cell)].filter((each) => each !== undefined);
    turns.failing.set(cell, earlier.reduce(joiner.contents, content));
  }
}

/** Whoever catches the failure that is heard of here finds what may have been there when it came. */
export function hearOfFailure(m: Machine): void {
  m.memory.mayHaveHeld(m.turns.failing);
  m.mayThrow();
}

/** The code at hand goes on whether there was a failure or not. */
export function goOnBehindFailure(m: Machine): void {
  m.memory.absorb([new Map(), m.turns.failing]);
}
