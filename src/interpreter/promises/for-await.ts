/** `for await` where the code that waits is gone on with in a later turn. */
import { noArguments } from '../../domain/invocation.ts';
import type { Value } from '../../domain/value.ts';
import { isNullish, isPrimitive, literal, symbol, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { fails, languageError } from '../builtins/errors.ts';
import { runBefore } from '../exceptions.ts';
import { suspendable } from '../generators/suspension.ts';
import { attempt, caught } from '../machine/attempt.ts';
import { isStop } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { isCallable } from './courses.ts';
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
    if (kind === 'throw') m.throws(item);
    else waitFor(m, undefinedValue, site, [key, 'handed on'], () => { use(item); });
  });
}

export class AsyncIteration {
  readonly #next: Value;

  /** `isAsync`: what its methods give is a promise. */
  constructor(readonly machine: Machine, readonly iterator: Value, readonly protocol: 'async' | 'plain', readonly passage: Passage) {
    this.#next = machine.getMember(iterator, literal('next'), passage.site);
  }

  /** Takes all that is left, one after the other. */
  run(): void {
    const { machine: m, passage } = this;
    if (!m.reachable) return;
    this.#ask(() => m.invoke(this.#next, this.iterator, noArguments, passage.site, 'next'), 'next', (value, isDone) => {
      if (isDone === true) return;
      const take = (): void => {
        passage.round(value(), (body) => { this.#closing(body); }, () => { this.run(); });
        if (m.comesOut) this.run();
      };
      if (isDone === undefined) m.either(() => undefined, take);
      else take();
    });
  }

  /** Calls a method; `use` is given what it has given, once that is there. */
  #ask(call: () => Value, name: string, use: (value: () => Value, isDone: boolean | undefined) => void): void {
    const { machine: m, passage: { site, key } } = this;
    const look = (result: Value): void => {
      if (isPrimitive(result)) m.throws(languageError(m, 'TypeError', site));
      if (!m.reachable) return;
      const isDone = truth(m.getMember(result, literal('done'), site));
      if (!m.comesOut) return;
      const value = (): Value => m.getMember(result, literal('value'), site);
      if (this.protocol === 'async') use(value, isDone);
      else {
        const given = value();
        handedOn(m, given, { site, key: [key, name] }, (item) => { use(() => item, isDone); });
      }
    };
    const result = this.#called(call);
    if (!m.reachable) return;
    if (this.protocol === 'plain') look(result);
    else {
      waitFor(m, result, site, [key, name], ({ kind, value }) => {
        if (kind === 'throw') m.throws(value);
        else look(value);
      });
    }
  }

  #called(call: () => Value): Value {
    const { frame } = this.machine;
    const { awaits } = frame;
    if (this.protocol === 'async') frame.awaits = new Set([this.passage.site]);
    const result = call();
    frame.awaits = awaits;
    return result;
  }

  /** Runs code that may leave before the end: the iterator is told. */
  #closing(body: () => void): void {
    const { machine: m, passage: { site } } = this;
    const { frame, memory } = m;
    const { end, exits, thrown } = attempt(m, site, () => {
      suspendable(m, body, (rest) => { this.#closing(rest); });
    });
    frame.exits.push(...exits.filter(isStop));
    const leaving = exits.filter((exit) => !isStop(exit));
    m.either(
      ...end === undefined ? [] : [() => { memory.absorb([end]); }],
      ...leaving.map((exit, index) => () => {
        memory.absorb([exit.delta]);
        runBefore(m, () => { m.leave({ ...exit, delta: m.delta() }); }, index, () => { this.#close(); });
      }),
      ...thrown.length === 0 ? [] : [() => {
        const value = caught(m, thrown);
        runBefore(m, () => { m.throws(value); }, leaving.length, () => { silently(m, site, () => { this.#close(); }); });
      }],
    );
  }

  #close(): void {
    const { machine: m, iterator, passage: { site, key } } = this;
    const method = m.getMember(iterator, literal('return'), site);
    if (!m.reachable || isNullish(method)) return;
    if (isCallable(method) === false) {
      m.throws(languageError(m, 'TypeError', site));
      return;
    }
    const result = this.#called(() => m.invoke(method, iterator, noArguments, site, 'return'));
    if (!m.reachable) return;
    if (this.protocol === 'plain') {
      if (isPrimitive(result)) fails(m, 'TypeError', site);
      else handedOn(m, m.getMember(result, literal('value'), site), { site, key: [key, 'return'] }, () => undefined);
      return;
    }
    waitFor(m, result, site, [key, 'return'], ({ kind, value }) => {
      if (kind === 'throw') m.throws(value);
      else if (isPrimitive(value)) fails(m, 'TypeError', site);
    });
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
export function asyncIteratorOf(m: Machine, value: Value, site: Site): { readonly iterator: Value; readonly protocol: 'async' | 'plain' } | undefined {
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
