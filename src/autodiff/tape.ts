/**
 * Tapes (Wengert lists): what a program executes, in order, with all that differentiating and explaining need to know.
 * Operations, reads and assignments write themselves on every tape that runs.
 */
import type { Operation } from './operation.ts';
import type { Call } from './provenance/origin.ts';
import type { Tensor } from './tensor.ts';

/** What was executed while the tape ran. In entries, `at` is how many operations stood on the tape before. */
export interface Tape {
  /** Whether entries name the line of the program. Costs a stack trace an entry. */
  readonly locations: boolean;
  readonly operations: Operation[];
  readonly reads: Read[];
  readonly assignments: Assignment[];
  readonly leaves: Leaf[];
}

/** A tensor's numbers went to the host. */
export interface Read {
  readonly tensorId: number;
  readonly how: HostRead;
  readonly at: number;
  readonly location: string | null;
}

/** How values reach the host. */
export type HostRead = 'dataSync' | 'arraySync' | 'data' | 'array' | 'bufferSync' | 'buffer';

/** A variable took the numbers of a tensor. */
export interface Assignment {
  readonly variableId: number;
  readonly valueId: number;
  readonly location: string | null;
}

/** A tensor was made from numbers. */
export interface Leaf {
  readonly tensorId: number;
  readonly at: number;
}

let running: readonly Tape[] = [];
let composite: Call | null = null;

/** Whether any tape runs. */
export const isTaped = (): boolean => running.length > 0;

/** Runs `body` while `tape` runs, beside those that run already. */
export const onTape = <Result>(tape: Tape, body: () => Result): Result => whileRunning([...running, tape], body);

/** Runs `body` while every tape but `tape` stands. */
export const offTape = <Result>(tape: Tape, body: () => Result): Result => whileRunning(running.filter((each) => each !== tape), body);

/** Runs `body` while no tape runs. */
export const untaped = <Result>(body: () => Result): Result => whileRunning([], body);

function whileRunning<Result>(tapes: readonly Tape[], body: () => Result): Result {
  const outside = running;
  running = tapes;
  try {
    return body();
  } finally {
    running = outside;
  }
}

/** Runs `body`; its operations are written down as parts of `name`. */
export function compose<Result>(name: string, body: () => Result): Result {
  const outer = composite;
  composite = outer ?? { name };
  try {
    return body();
  } finally {
    composite = outer;
  }
}

/** The outermost composite that runs. */
export const runningComposite = (): Call | null => composite;

export function noteExecuted(executed: Omit<Operation, 'part' | 'location'>): void {
  const operation: Operation = { ...executed, part: composite, location: currentLocation() };
  for (const tape of running) tape.operations.push(operation);
}

export function noteLeaf(tensor: Tensor): void {
  for (const tape of running) tape.leaves.push({ tensorId: tensor.id, at: tape.operations.length });
}

export function noteRead(tensor: Tensor, how: HostRead): void {
  const location = currentLocation();
  for (const tape of running) tape.reads.push({ tensorId: tensor.id, how, at: tape.operations.length, location });
}

export function noteAssignment(variable: Tensor, value: Tensor): void {
  const location = currentLocation();
  for (const tape of running) tape.assignments.push({ variableId: variable.id, valueId: value.id, location });
}

const HERE = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1);

/** The first caller outside this package, as `file:line:column`. */
function currentLocation(): string | null {
  if (!running.some(({ locations }) => locations)) return null;
  const inside = decodeURIComponent(HERE.replace(/^file:\/\//, ''));
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const trace = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  for (const line of trace.split('\n').slice(1)) {
    const place = /\(?((?:file:\/\/)?\/[^()]*:\d+:\d+)\)?$/.exec(line)?.[1]?.replace(/^file:\/\//, '');
    if (place !== undefined && !place.startsWith(inside)) return place;
  }
  return null;
}
