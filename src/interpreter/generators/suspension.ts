/**
 * How code of a generator stops and goes on. A `yield` leaves the body as a `return` does, and takes with it how to go on;
 * each statement that it passes on the way out adds what is left to be done of itself. So what stands behind a `yield` is
 * a continuation that is composed from the inside to the outside, and nothing is kept where nothing stops.
 */
import type { Value } from '../../domain/value.ts';
import type { Completion, Point } from '../machine/activation.ts';
import { isStop } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';

/**
 * Runs a part of a statement. Where it stops, `rest` is what the statement does when it goes on: it is given the rest of
 * the part, and runs it and all that stands behind it in the statement. `mark` tells apart several ways to go on from the
 * same place.
 */
export function suspendable(m: Machine, part: () => void, rest: (part: () => void) => void, mark?: unknown): void {
  if (!isStepwise(m)) {
    part();
    return;
  }
  const { environment, frame } = m;
  const before = frame.exits.length;
  part();
  frame.exits = frame.exits.map((exit, index) => {
    if (index < before || !isStop(exit)) return exit;
    const { key, resume } = exit.point;
    const goOn = (completion: Completion): void => {
      // Where it stops again it goes on in the variables that were there before.
      m.environment = environment;
      rest(() => {
        resume(completion);
        m.environment = environment;
      });
    };
    return { ...exit, point: { key: mark === undefined ? key : [...key, mark], resume: goOn } };
  });
}

/** Whether the code at hand may stop, and go on from there. */
export function isStepwise({ frame }: Machine): boolean {
  return frame.generator !== undefined || frame.inTurns;
}

/** Stops with `{ value, done }` for the one who asks; `resume` is what is done first when the code goes on, and `key` tells apart several ways to do so. */
export function stop(m: Machine, result: Value, key: readonly unknown[], resume: (completion: Completion) => void): void {
  m.leave({ kind: 'yield', result, delta: m.delta(), point: pointHere(m, key, resume) });
}

/** A place at which code stops: `resume` is what is done first when it goes on. */
export function pointHere(m: Machine, key: readonly unknown[], resume: (completion: Completion) => void): Point {
  const { environment } = m;
  return {
    key: [...key, environment],
    resume: (completion) => {
      m.environment = environment;
      resume(completion);
    },
  };
}

/** Runs one part of a statement behind another, which may stop. */
export function inTurn(m: Machine, first: () => void, second: () => void): void {
  suspendable(m, first, (rest) => { inTurn(m, rest, second); });
  if (m.reachable) second();
}

/** Leaves the code as its `return` or `throw` does. */
export function leaveWith(m: Machine, { kind, value }: Completion): void {
  if (kind === 'throw') m.throws(value);
  else m.leave({ kind: 'return', value, delta: m.delta(), conditions: m.frame.conditions, site: undefined });
}
