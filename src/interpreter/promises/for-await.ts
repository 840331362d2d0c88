/** `for await` where the code that waits is gone on with in a later turn. */
import { noArguments } from '../../domain/invocation.ts';
import type { Arguments, Value } from '../../domain/value.ts';
import { isNullish, isPrimitive, literal, never, symbol, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { languageError } from '../builtins/errors.ts';
import { runBefore } from '../exceptions.ts';
import { fixpoint } from '../fixpoint.ts';
import { suspendable } from '../generators/suspension.ts';
import { attempt, caught } from '../machine/attempt.ts';
import { isStop } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { isCallable, isFollowing } from './courses.ts';
import { waitFor } from './waiting.ts';

/** Goes through what an iterator of the program gives, item by item. */
export interface Passage {
  readonly site: Site;
  /** What tells it from other loops. */
  readonly key: unknown;
  /** Runs a round; `onward` is what follows it where it is gone on with. */
  readonly round: (item: Value, around: Around, onward: () => void) => void;
}

/** What is done around the body of a round. */
export type Around = (body: () => void) => void;

/** Waits as often as it takes until what a plain iterator gives has been handed on. */
export function handedOn(m: Machine, value: Value, { site, key }: Pick<Passage, 'site' | 'key'>, use: (value: Value) => void): void {
  waitFor(m, value, site, [key, 'item'], ({ kind, value: item }) => {
    waitFor(m, undefinedValue, site, [key, 'handed on'], () => {
      if (kind === 'throw') m.throws(item);
      else use(item);
    });
  });
}

/** More items are taken as a whole. */
const longest = 100;

export class AsyncIteration {
  readonly #protocol: Protocol;

  constructor(readonly machine: Machine, iterator: Iterator, readonly passage: Passage) {
    this.#protocol = new Protocol(machine, iterator, passage);
  }

  /** Takes all that is left, one after the other. `taken`: how much has been. */
  run(taken = 0): void {
    const { machine: m } = this;
    if (!m.reachable) return;
    if (taken === longest || !isFollowing(m)) {
      this.#rest();
      return;
    }
    this.#protocol.next(noArguments, (value, isDone) => {
      if (isDone === true) return;
      this.#round(value(), isDone, () => { this.run(); });
      if (m.comesOut) this.run(taken + 1);
    });
  }

  /** Takes any number of items. */
  #rest(): void {
    fixpoint(this.machine, () => {
      this.#protocol.next(noArguments, (value, isDone) => {
        if (isDone !== true) this.#round(value(), undefined, () => { this.#rest(); });
      });
    });
  }

  #round(item: Value, isDone: false | undefined, onward: () => void): void {
    const { machine: m, passage } = this;
    const take = (): void => { passage.round(item, (body) => { closing(m, passage.site, body, () => { this.#protocol.close(() => undefined); }); }, onward); };
    if (isDone === undefined) m.either(() => undefined, take);
    else take();
  }
}

/** Runs code that may leave before the end: the iterator is told. */
export function closing(m: Machine, site: Site, body: () => void, close: () => void): void {
  const { frame, memory } = m;
  const { end, exits, thrown } = attempt(m, site, () => {
    suspendable(m, body, (rest) => { closing(m, site, rest, close); });
  });
  frame.exits.push(...exits.filter(isStop));
  const leaving = exits.filter((exit) => !isStop(exit));
  m.either(
    ...end === undefined ? [] : [() => { memory.absorb([end]); }],
    ...leaving.map((exit, index) => () => {
      memory.absorb([exit.delta]);
      runBefore(m, () => { m.leave({ ...exit, delta: m.delta() }); }, index, close);
    }),
    ...thrown.length === 0 ? [] : [() => {
      const value = caught(m, thrown);
      runBefore(m, () => { m.throws(value); }, leaving.length, () => { silently(m, site, close); });
    }],
  );
}

/** What is done with what a call of the protocol gives: its value, once it is asked for, and whether it was the last word. */
type Use = (value: () => Value, isDone: boolean | undefined) => void;

/** The iterator of a value; `async`: what its methods give is a promise. */
export interface Iterator {
  readonly iterator: Value;
  readonly protocol: 'async' | 'plain';
}

/** Calls of the methods of an iterator, from which code goes on in a later turn. */
export class Protocol {
  readonly #next: Value;

  constructor(readonly machine: Machine, readonly of: Iterator, readonly at: Pick<Passage, 'site' | 'key'>) {
    this.#next = machine.getMember(of.iterator, literal('next'), at.site);
  }

  next(args: Arguments, use: Use): void {
    this.ask('next', this.#next, args, use);
  }

  method(name: 'return' | 'throw'): Value {
    return this.machine.getMember(this.of.iterator, literal(name), this.at.site);
  }

  /** Calls a method; `use` is given what it has given, once that is there. */
  ask(name: string, method: Value, args: Arguments, use: Use): void {
    const { machine: m, of: { protocol }, at: { site, key } } = this;
    const result = this.#called(name, method, args);
    if (!m.reachable) return;
    if (protocol === 'plain') {
      this.#look(result, (value, isDone) => { this.#unwrapped(name, value(), isDone, use); });
      return;
    }
    waitFor(m, result, site, [key, name], ({ kind, value }) => {
      if (kind === 'throw') m.throws(value);
      else this.#look(value, use);
    });
  }

  #look(result: Value, use: Use): void {
    const { machine: m, at: { site } } = this;
    if (isPrimitive(result)) m.throws(languageError(m, 'TypeError', site));
    if (!m.reachable) return;
    const isDone = truth(m.getMember(result, literal('done'), site));
    if (m.comesOut) use(() => m.getMember(result, literal('value'), site), isDone);
  }

  /** A plain iterator gives values, for which it is waited. */
  #unwrapped(name: string, value: Value, isDone: boolean | undefined, use: Use): void {
    const { machine: m, at: { site, key } } = this;
    waitFor(m, value, site, [key, name, 'item'], ({ kind, value: item }) => {
      waitFor(m, undefinedValue, site, [key, name, 'handed on'], () => {
        if (kind !== 'throw') use(() => item, isDone);
        else {
          // Some engines tell the iterator.
          if (isDone !== true && name !== 'return') m.perhaps(() => { this.#tell(); });
          m.throws(item);
        }
      });
    });
  }

  #tell(): void {
    const method = this.method('return');
    if (this.machine.reachable && !isNullish(method)) this.#called('return', method, noArguments);
  }

  #called(name: string, method: Value, args: Arguments): Value {
    const { machine: m, of: { iterator, protocol }, at: { site } } = this;
    if (isCallable(method) === false) {
      m.throws(languageError(m, 'TypeError', site));
      return never;
    }
    const { frame } = m;
    const { awaits } = frame;
    if (protocol === 'async') frame.awaits = new Set([site]);
    const result = m.invoke(method, iterator, args, site, name);
    frame.awaits = awaits;
    return result;
  }

  /** It is not asked any more. */
  close(then: () => void): void {
    const { machine: m, of: { protocol }, at: { site, key } } = this;
    const method = this.method('return');
    if (!m.reachable) return;
    if (isNullish(method)) {
      if (protocol === 'async') then();
      else waitFor(m, undefinedValue, site, [key, 'left'], then);
    } else if (protocol === 'plain') this.ask('return', method, noArguments, then);
    else {
      waitFor(m, this.#called('return', method, noArguments), site, [key, 'return'], ({ kind, value }) => {
        if (kind === 'throw') m.throws(value);
        else if (isPrimitive(value)) m.throws(languageError(m, 'TypeError', site));
        else then();
      });
    }
  }
}

/** Runs code of which it does not matter whether it fails. */
function silently(m: Machine, site: Site, body: () => void): void {
  const { memory, frame } = m;
  const { end, exits, thrown } = attempt(m, site, () => {
    suspendable(m, body, (rest) => { silently(m, site, rest); });
  });
  frame.exits.push(...exits);
  m.either(
    ...end === undefined ? [] : [() => { memory.absorb([end]); }],
    ...thrown.map(({ delta }) => () => { memory.absorb([delta]); }),
  );
}

/** The iterator of a value, and what its methods give. */
export function asyncIteratorOf(m: Machine, value: Value, site: Site): Iterator | undefined {
  for (const [name, protocol] of [['asyncIterator', 'async'], ['iterator', 'plain']] as const) {
    const method = m.getMember(value, symbol(name), site);
    if (!m.reachable) return undefined;
    if (isNullish(method)) continue;
    const iterator = m.invoke(method, value, noArguments, site, name);
    if (m.comesOut && isPrimitive(iterator)) m.throws(languageError(m, 'TypeError', site));
    return m.comesOut ? { iterator, protocol } : undefined;
  }
  m.throws(languageError(m, 'TypeError', site));
  return undefined;
}
