/**
 * Code that is followed in turns: each segment of it runs from one stop to the next. Where a segment waits for what is not
 * followed, the rest of it runs at some time, and is found wherever it may have run.
 */
import type { Delta } from '../../domain/store.ts';
import type { Value } from '../../domain/value.ts';
import { never } from '../../domain/values.ts';
import { pend } from '../later.ts';
import { onTrial } from '../machine/attempt.ts';
import { type Exit, type Frame, isStop, siteOf } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { type Thrown, Trial } from '../machine/trial.ts';
import { unknownFrom } from '../values/unknown.ts';
import { mayHaveFailed } from './catching.ts';

export type Stop = Extract<Exit, { kind: 'yield' | 'await' }>;

/** What becomes of a segment, by how it ends. */
export interface Ends {
  /** `failure`: what it may have thrown in place of that. */
  readonly returned: (value: Value, failure: Value) => void;
  readonly stopped: (stop: Stop, failure: Value) => void;
  readonly threw: (value: Value) => void;
  /** Whoever has called it waits for it, at some time: it has gone on as part of that, and given this. */
  readonly goneOn: (value: Value) => void;
  /** It runs on at some time, and then gives this, or stops. */
  readonly drifted: (value: Value, stops: readonly Stop[]) => void;
}

/** What is known of a segment when it has run. */
interface Run {
  readonly value: Value;
  readonly trial: Trial;
  readonly stops: readonly Stop[];
  readonly written: Delta;
  readonly trail: Delta;
  readonly comesOut: boolean;
}

/** Runs a segment in the frame at hand. */
export function runSegment(m: Machine, ends: Ends, body: () => Value): void {
  const { frame, waits, memory: { store } } = m;
  const suspensions = suspensionsOf(frame);
  const count = suspensions?.length ?? 0;
  const run = runApart(m, body);
  // Nobody waits for it, and it may have failed at any of its steps.
  const isLoose = run.trial.isOpen && frame.late && frame.suspensions !== undefined;
  if ((suspensions?.length ?? 0) === count && !isLoose) end(m, ends, run);
  else if (frame.suspensions === undefined) goOnInline(m, ends, run);
  else {
    const ways = [...isLoose ? [new Map(), run.trail] : [], ...run.comesOut ? [run.written] : [], ...run.trial.thrown.map(({ delta }) => delta), ...frame.suspensions, ...run.stops.map(({ delta }) => delta)];
    pend(m, store, run.trail, run.written);
    m.waits = waits;
    m.memory.absorb(ways);
    ends.drifted(run.value, run.stops);
  }
}

/** Where it is noted that the code at hand waits for what is not followed. */
function suspensionsOf(start: Frame): Frame['suspensions'] {
  let frame = start;
  while (frame.isAwaited && frame.caller !== undefined) frame = frame.caller;
  return frame.suspensions;
}

function runApart(m: Machine, body: () => Value): Run {
  const { memory, frame } = m;
  const before = memory.store;
  const base = memory.store = before.fork();
  const own = m.frame = { ...frame, entry: base, base, exits: [] };
  const trial = new Trial(base);
  let value: Value = never;
  const trail = memory.trailed(() => { onTrial(m, trial, () => m.turns.apart(() => { value = body(); })); });
  const comesOut = m.reachable;
  const written = memory.store.since(memory.store);
  memory.store = before;
  m.frame = frame;
  m.reachable = true;
  return { value, trial, stops: own.exits.filter(isStop), written, trail, comesOut };
}

function end(m: Machine, ends: Ends, { value, trial: { isOpen, thrown }, stops, written, trail, comesOut }: Run): void {
  const { memory } = m;
  if (isOpen) mayHaveFailed(m, trail);
  const failure = isOpen ? unknownFrom(m, thrown.map((each) => each.value), siteOf(m.frame)) : never;
  m.either(
    ...comesOut ? [() => {
      memory.absorb([written]);
      ends.returned(value, failure);
    }] : [],
    ...stops.map((stop) => () => {
      memory.absorb([stop.delta]);
      ends.stopped(stop, failure);
    }),
    ...isOpen ? [] : thrown.map((each) => () => {
      memory.absorb([each.delta]);
      ends.threw(each.value);
    }),
    ...isOpen && (mayBeThrown(m, thrown) || (!comesOut && stops.length === 0)) ? [() => {
      memory.absorb([new Map(), trail]);
      ends.threw(failure);
    }] : [],
  );
}

/** The program itself throws something there, and nobody waits who would not go on then. */
function mayBeThrown({ frame }: Machine, thrown: readonly Thrown[]): boolean {
  return !frame.blocks && thrown.some(({ value }) => value.kind !== 'unknown');
}

/** Whoever has called it waits for it: it goes on as part of that. */
function goOnInline(m: Machine, ends: Ends, { value, trial: { isOpen, thrown }, stops, written, trail, comesOut }: Run): void {
  const { memory } = m;
  if (isOpen) {
    mayHaveFailed(m, trail);
    m.mayThrow();
  }
  m.turns.pause();
  m.either(
    ...comesOut ? [() => {
      memory.absorb([written]);
      ends.goneOn(value);
    }] : [],
    ...stops.map((stop) => () => {
      memory.absorb([stop.delta]);
      ends.stopped(stop, never);
    }),
    ...thrown.map((each) => () => {
      memory.absorb(isOpen ? [new Map(), trail] : [each.delta]);
      m.throws(each.value);
    }),
  );
}
