/** `await` where the code that waits is gone on with in a later turn. */
import type { Value } from '../../domain/value.ts';
import type { Site, Statement } from '../../program/ir.ts';
import { awaited, evaluateAwaited } from '../await.ts';
import { pointHere } from '../generators/suspension.ts';
import type { Completion } from '../machine/activation.ts';
import type { Machine } from '../machine/machine.ts';
import { store } from '../modules.ts';
import { hearOfFailure } from './catching.ts';
import { courseOf, isFollowing } from './courses.ts';

export function executeAwait(m: Machine, s: Extract<Statement, { op: 'await' }>): void {
  waitFor(m, evaluateAwaited(m, s.value), s.site, [s], ({ kind, value }) => {
    if (kind === 'throw') m.throws(value);
    else if (s.target !== undefined && m.reachable) store(m, s.target, value, true);
  });
}

/** Waits for a value, and goes on: `key` tells apart several ways to do so at one place. */
export function waitFor(m: Machine, value: Value, site: Site, key: readonly unknown[], goOn: (completion: Completion) => void): void {
  if (!m.reachable) return;
  const course = m.frame.inTurns && isFollowing(m) ? courseOf(m, value, site) : undefined;
  if (!m.comesOut) return;
  if (course !== undefined) {
    m.leave({ kind: 'await', course, delta: m.delta(), point: pointHere(m, key, (completion) => {
      if (completion.mayFail === true) hearOfFailure(m);
      goOn(completion);
    }) });
    return;
  }
  waitHere(m, value, site, goOn);
}

function waitHere(m: Machine, value: Value, site: Site, goOn: (completion: Completion) => void): void {
  const result = awaited(m, value, site);
  if (m.reachable) goOn({ kind: 'next', value: result });
}
