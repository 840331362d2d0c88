import type { Cause } from '../calculus/cause.ts';
import type { Tensor } from './tensor.ts';

/** How values reach the host. */
export type HostRead = 'dataSync' | 'arraySync' | 'data' | 'array' | 'bufferSync' | 'buffer';

/** An operation's operands and, under `y`, its result, as the tape kept them. */
export type Saved<Name extends string> = Readonly<Record<Name | 'y', Tensor>>;

/**
 * The adjoint of an operation in one operand: takes the result's cotangent to the operand's. It is written in
 * operations itself, so an outer tape can differentiate it again. Where the operand was broadcast, it may return the
 * broadcast shape: the tape sums it to the operand's shape.
 */
export type Adjoint<Name extends string> = (dy: Tensor, saved: Saved<Name>) => Tensor;

/** For each operand its adjoint, or the reason why no gradient passes. */
export type Adjoints<Name extends string> = Readonly<Record<Name, Adjoint<Name> | StaticBreak>>;

/** Breaks that an operation makes whatever the numbers are. */
export type StaticBreak = Extract<Cause, 'zero-derivative' | 'stop-gradient' | 'assign'>;

/** One executed operation. */
export interface Operation {
  readonly name: string;
  /** The outermost composite it is part of: `losses.meanSquaredError` runs four operations. */
  readonly part: Composite | null;
  readonly operands: Readonly<Record<string, Tensor>>;
  readonly result: Tensor;
  readonly adjoints: Adjoints<string>;
  /** What it means when the adjoint takes a cotangent that is not zero to zeros. */
  readonly flat: Cause;
  /** Where the program called it, if a recorder asked for locations. */
  readonly location: string | null;
}

/** One execution of a function of the public surface that runs several operations. */
export interface Composite {
  readonly name: string;
}

/** Whoever wants to know what is executed: tapes. */
export interface Recorder {
  readonly locations: boolean;
  operation(operation: Operation): void;
  /** `tensor` was made from numbers. */
  leaf(tensor: Tensor): void;
  read(tensor: Tensor, how: HostRead, location: string | null): void;
  assign(variable: Tensor, value: Tensor, location: string | null): void;
}

let recorders: readonly Recorder[] = [];
let composite: Composite | null = null;

/** Whether anybody records. */
export const isRecording = (): boolean => recorders.length > 0;

/** Tells every recorder of an operation that has run. */
export function noteExecuted(executed: Omit<Operation, 'part' | 'location'>): void {
  const operation: Operation = { ...executed, part: composite, location: currentLocation() };
  for (const recorder of recorders) recorder.operation(operation);
}

/** Runs `body` while `recorder` is told of every operation; recorders nest. */
export function recordWith<Result>(recorder: Recorder, body: () => Result): Result {
  return withRecorders([...recorders, recorder], body);
}

/** Runs `body` while nobody records. */
export const unrecorded = <Result>(body: () => Result): Result => withRecorders([], body);

/** Runs `body` while everybody but `recorder` records. */
export const unrecordedBy = <Result>(recorder: Recorder, body: () => Result): Result =>
  withRecorders(recorders.filter((each) => each !== recorder), body);

function withRecorders<Result>(inside: readonly Recorder[], body: () => Result): Result {
  const outside = recorders;
  recorders = inside;
  try {
    return body();
  } finally {
    recorders = outside;
  }
}

/** Runs `body`; its operations are recorded as parts of `name`. */
export function compose<Result>(name: string, body: () => Result): Result {
  const outer = composite;
  composite = outer ?? { name };
  try {
    return body();
  } finally {
    composite = outer;
  }
}

export const noteLeaf = (tensor: Tensor): void => {
  for (const recorder of recorders) recorder.leaf(tensor);
};

export const noteRead = (tensor: Tensor, how: HostRead): void => {
  for (const recorder of recorders) recorder.read(tensor, how, currentLocation());
};

export const noteAssign = (variable: Tensor, value: Tensor): void => {
  for (const recorder of recorders) recorder.assign(variable, value, currentLocation());
};

const HERE = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1);

/** The first caller outside this package, as `file:line:column`. */
function currentLocation(): string | null {
  if (!recorders.some((recorder) => recorder.locations)) return null;
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
