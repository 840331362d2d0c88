/** The turns that come when the code at hand is done, or waits. */
import type { Value } from '../../domain/value.ts';
import { never } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { disturb } from '../escape.ts';
import { later, meanwhile, runOthers } from '../later.ts';
import { untried } from '../machine/attempt.ts';
import { outermost } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import type { Outcome, Reaction } from '../machine/turns.ts';
import { unknownFrom } from '../values/unknown.ts';
import { hearOfFailure } from './catching.ts';
import { courseOf, drift, isFollowing, isOpen, once } from './courses.ts';

/** Runs turns, one after the other, until something is so or none is left. */
function drain(m: Machine, isOver: () => boolean): void {
  while (m.turns.isOn && !isOver()) {
    const turn = m.turns.next(m.memory, m.runsForCertain);
    if (turn === undefined) return;
    if (turn === 'unknown') lose(m);
    else run(m, turn);
  }
}

/** All that may be left to be run is run at some time. */
function lose(m: Machine): void {
  for (const turn of m.turns.lose()) later(m, turn);
}

function run(m: Machine, turn: () => void): void {
  const { frame, environment } = m;
  m.step();
  m.frame = { ...outermost(m.memory.store), blocks: false, late: true };
  disturb(m);
  meanwhile(m);
  runOthers(m);
  m.waits++;
  untried(m, turn);
  m.frame = frame;
  m.environment = environment;
}

/** Runs what a program has left to be done when its own code is done: what waits then for what never comes may go on at some time. */
export function runToTheEnd(m: Machine, site: Site): void {
  drain(m, () => false);
  m.turns.pause();
  letGo(m, site);
}

/** Waits for a value where nothing else goes on before; undefined where it is not known how long that is. */
export function blocked(m: Machine, value: Value, site: Site): Value | undefined {
  if (!isFollowing(m)) {
    if (!m.turns.isIdle(m.memory)) lose(m);
    letGo(m, site);
    return undefined;
  }
  const course = courseOf(m, value, site);
  if (!m.reachable) return never;
  if (course === undefined) {
    letThrough(m);
    return undefined;
  }
  let outcome: Outcome | undefined;
  const reaction: Reaction = { settles: undefined, run: (settled) => { outcome = settled; } };
  m.turns.blockers.add(reaction);
  once(m, course, reaction);
  drain(m, () => outcome !== undefined);
  m.turns.blockers.delete(reaction);
  if (outcome === undefined) letGo(m, site);
  return outcome && given(m, outcome, site);
}

/** Who waits for what is not followed goes on at some time. */
function letGo(m: Machine, site: Site): void {
  for (const course of [...m.turns.awaited]) if (course.drifted === undefined && isOpen(m, course)) drift(m, course, unknownFrom(m, [], site));
}

function given(m: Machine, { kind, value, failure }: Outcome, site: Site): Value {
  if (failure.kind !== 'never') hearOfFailure(m);
  if (kind === 'fulfilled') return value;
  if (m.trial === undefined) return unknownFrom(m, [value], site);
  m.throws(value);
  return never;
}

/** What has a turn already comes first. What that leaves may come before or behind. */
function letThrough(m: Machine): void {
  if (m.turns.isIdle(m.memory)) return;
  let isOver = false;
  m.turns.add(m.memory, () => { isOver = true; });
  drain(m, () => isOver);
  for (let turn = m.turns.isOn ? m.turns.next(m.memory, m.runsForCertain) : undefined; turn !== undefined; turn = m.turns.next(m.memory, m.runsForCertain)) {
    if (turn === 'unknown') {
      lose(m);
      return;
    }
    later(m, turn);
  }
}

