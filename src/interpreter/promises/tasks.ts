/** Calls of async functions that are followed in turns. */
import { allocated } from '../../domain/cell.ts';
import type { Course, Value } from '../../domain/value.ts';
import { never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { asJob, later } from '../later.ts';
import type { Completion, Point } from '../machine/activation.ts';
import type { Exit, Frame } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import type { Outcome } from '../machine/turns.ts';
import { drift, newCourse, once, promiseOf, reject, resolve } from './courses.ts';
import { unknownFrom } from '../values/unknown.ts';
import { type Ends, runSegment } from './segments.ts';

export class Task {
  readonly course: Course;
  readonly #frame: Frame;
  /** What a step before may have thrown, of which nothing is known. */
  #failure: Value = never;
  /** What it gives at some time, once it is not known when. */
  drifted: Value | undefined;

  constructor(readonly machine: Machine, readonly site: Site) {
    this.course = newCourse(machine);
    this.#frame = machine.frame;
  }

  /** Runs it to its first stop; gives its promise. */
  begin(body: () => Value): Value {
    const { machine: m } = this;
    runSegment(m, this.#ends, body);
    return m.reachable ? promiseOf(m, this.course, this.site) : never;
  }

  get #ends(): Ends {
    const { machine: m, course, site } = this;
    return {
      returned: (value, failure) => {
        this.#mayFail(failure);
        resolve(m, course, value, site, this.#failure);
      },
      stopped: (stop, failure) => {
        this.#mayFail(failure);
        if (stop.kind === 'await') once(m, stop.course, { settles: course, run: (outcome) => { this.#goOn(stop.point, outcome); } });
      },
      threw: (value) => { reject(m, course, value); },
      goneOn: (value) => { this.#drift(value); },
      drifted: (value, stops) => {
        this.#drift(value);
        for (const { point } of stops) later(m, () => { this.#goOn(point, { kind: 'fulfilled', value: unknownFrom(m, [], site), failure: never }); });
      },
    };
  }

  #drift(value: Value): void {
    this.drifted = value;
    drift(this.machine, this.course, value);
  }

  #mayFail(failure: Value): void {
    this.#failure = this.machine.memory.joiner.values(this.#failure, failure);
  }

  #goOn(point: Point, outcome: Outcome): void {
    const { machine: m } = this;
    const segment = (): void => {
      inFrame(m, this.#frame, this.course, () => {
        runSegment(m, this.#ends, () => resumed(m, point, completionOf(outcome)));
      });
    };
    asJob(m, segment, segment, { isFollowed: () => this.drifted === undefined });
  }
}

/** How code goes on that has waited for a promise. */
export function completionOf({ kind, value, failure }: Outcome): Completion {
  return { kind: kind === 'rejected' ? 'throw' : 'next', value, ...failure.kind === 'never' ? {} : { mayFail: true } };
}

/** Goes on from a stop, to the next one or the end. */
export function resumed(m: Machine, point: Pick<Point, 'resume'>, completion: Completion): Value {
  let result: Value = never;
  const returns = m.catching(isReturn, () => {
    point.resume(completion);
    if (m.comesOut) result = undefinedValue;
  });
  return m.memory.joiner.all([...returns.map((exit) => exit.value), result]);
}

function isReturn(exit: Exit): exit is Extract<Exit, { kind: 'return' }> {
  return exit.kind === 'return';
}

/** Runs code of a call in the turn at hand. */
function inFrame(m: Machine, frame: Frame, course: Course | undefined, body: () => void): void {
  const { frame: caller, environment } = m;
  const isDemanded = course !== undefined && m.turns.isDemanded(course);
  m.frame = {
    ...frame, caller, depth: caller.depth + 1, base: m.memory.store, exits: [], entry: m.memory.store, since: allocated(), waits: m.waits,
    isAwaited: isDemanded, blocks: isDemanded, suspensions: isDemanded ? undefined : [], letGo: undefined, awaits: new Set(), late: true,
  };
  body();
  m.frame = caller;
  m.environment = environment;
}
