/** Calls in progress, and the ways out of their statements. */
import type { CallChain } from '../../domain/calls.ts';
import { type Cell, allocated } from '../../domain/cell.ts';
import { nowhere } from '../../domain/nowhere.ts';
import type { Delta, Store } from '../../domain/store.ts';
import type { ClassValue, Course, Value } from '../../domain/value.ts';
import { undefinedValue } from '../../domain/values.ts';
import type { FunctionCode, Site } from '../../program/ir.ts';
import type { Activation, Point } from './activation.ts';
import type { Condition, Way } from './way.ts';

/** A way out of a statement that is not its end, and no exception. */
export type Exit =
  | { readonly kind: 'return' } & Way
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined; readonly delta: Delta }
  /** It goes on when the generator is asked again. `result` is what the one who asks is given. */
  | { readonly kind: 'yield'; readonly result: Value; readonly point: Point; readonly delta: Delta }
  /** It goes on when a promise has settled. */
  | { readonly kind: 'await'; readonly course: Course; readonly point: Point; readonly delta: Delta };

/** Where code stops that goes on later: it has not been left. */
export function isStop(exit: Exit): exit is Extract<Exit, { kind: 'yield' | 'await' }> {
  return exit.kind === 'yield' || exit.kind === 'await';
}

/** One call in progress. */
export interface Frame {
  readonly code: FunctionCode | undefined;
  readonly receiver: Value;
  readonly home: ClassValue | undefined;
  readonly chain: CallChain | undefined;
  readonly caller: Frame | undefined;
  readonly depth: number;
  /** The store as it was at the innermost statement that catches exits. */
  base: Store;
  exits: Exit[];
  /** The store as it was when the call began, how much had been made by then, and how often code had waited. */
  readonly entry: Store;
  readonly since: number;
  readonly waits: number;
  /** Nothing that its caller stands for goes on before what it gives has settled. */
  isAwaited: boolean;
  /** The calls in the expression at hand whose promises are awaited at once. */
  awaits: ReadonlySet<Site>;
  /** What had been written wherever it let its caller go on; undefined where the caller waits. */
  readonly suspensions: Delta[] | undefined;
  /** Whether it has let its caller go on: on the way that has led to where it is. */
  readonly letGo: Cell | undefined;
  /** Runs after the synchronous part of its callers: behind an `await`, in a promise's callback. */
  late: boolean;
  /** The generator whose body it runs, from one stop to the next. */
  readonly generator: Activation | undefined;
  /** Its code is followed from one stop to the next, and then in the turns that it goes on. */
  readonly inTurns: boolean;
  /** Wherever it waits, whoever goes on waits for it. */
  readonly blocks: boolean;
  /** The tests on which it hangs whether the code at hand is reached. */
  conditions: Condition | undefined;
  /** The program itself catches what is thrown. */
  caught: boolean;
  /** Code that is not known stands between it and what it calls: the code of the call comes to its end before, or at any other time. */
  readonly isParted: boolean;
}

/** Where the code of a frame has been called, or stands. */
export function siteOf({ chain, code }: Frame): Site {
  return chain?.site ?? code?.site ?? nowhere;
}

/** What stands outside every call. */
export function outermost(base: Store): Frame {
  return {
    code: undefined, receiver: undefinedValue, home: undefined, chain: undefined, caller: undefined, depth: 0,
    base, exits: [], entry: base, since: allocated(), waits: 0, isAwaited: false, awaits: new Set(), suspensions: undefined, letGo: undefined, late: false, generator: undefined, inTurns: false, blocks: true, conditions: undefined, caught: false, isParted: false,
  };
}
