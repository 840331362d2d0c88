/** The iterator protocol of the program's own objects: each item that is asked for is a call of their code. */
import { noArguments } from '../../domain/invocation.ts';
import type { ListState, Value } from '../../domain/value.ts';
import { absent, isNullish, isPrimitive, isUndefined, keyText, literal, members, never, symbol, truth, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { fixpoint } from '../fixpoint.ts';
import { attempt, caught } from '../machine/attempt.ts';
import { isStop } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import type { Thrown } from '../machine/trial.ts';
import { fails, languageError } from './errors.ts';

/** Steps that are taken one by one before the rest is taken as a whole. */
const unrolled = 8;

/** Calls `next` or `return`; gives what they give once it can be looked into: an async iterator's is awaited. */
type Settle = (call: () => Value) => Value;

/** What a call of the protocol has given: an object that holds an item, or the last word; `never` for what it has not. */
interface Given {
  readonly going: Value;
  readonly over: Value;
}

export class OwnIterator {
  /** What it has said so far of its end. */
  state: 'open' | 'done' | 'perhaps done' = 'open';
  /** What it has thrown itself: then it is at its end. */
  readonly #thrown = new Set<Thrown>();
  /** How many ways out of the code that takes its items there were when it first said something of its end. */
  #end: { readonly exits: number; readonly thrown: number } | undefined;
  readonly #next: Value;

  constructor(readonly m: Machine, readonly iterator: Value, readonly site: Site, readonly settle: Settle) {
    this.#next = m.getMember(iterator, literal('next'), site);
  }

  /** The next item; undefined behind the last one. */
  ask(): Value {
    if (this.state === 'done') return undefinedValue;
    if (this.state === 'open') return this.step();
    const { m } = this;
    const item = m.eitherValue(() => undefinedValue, () => this.step());
    this.state = 'perhaps done';
    return item;
  }

  /** Calls `next`; what it gives besides its last word. */
  step(): Value {
    const { m, site } = this;
    const { going, over } = this.given(() => m.invoke(this.#next, this.iterator, noArguments, site, 'next'));
    if (going.kind === 'never') return over.kind === 'never' ? never : undefinedValue;
    return m.getMember(going, literal('value'), site);
  }

  /** Looks into what a call of the protocol gives. */
  given(call: () => Value): Given {
    const { m, site } = this;
    const { trial } = m;
    const before = trial?.thrown.length;
    const result = this.settle(call);
    if (isPrimitive(result)) m.throws(languageError(m, 'TypeError', site));
    for (const thrown of trial?.thrown.slice(before) ?? []) this.#thrown.add(thrown);
    // One that fails is not asked again.
    if (!m.reachable) {
      this.#says('done');
      return { going: never, over: never };
    }
    const done = truth(m.getMember(result, literal('done'), site));
    this.#says(done === undefined ? 'perhaps done' : done ? 'done' : 'open');
    return { going: done === true ? never : this.#which(result, false), over: done === false ? never : this.#which(result, true) };
  }

  #says(state: OwnIterator['state']): void {
    const { frame, trial } = this.m;
    this.state = state;
    if (state !== 'open') this.#end ??= { exits: frame.exits.length, thrown: trial?.thrown.length ?? 0 };
  }

  /** Of several objects, those that may say that it is, or is not, done. */
  #which(result: Value, done: boolean): Value {
    const { m, site } = this;
    if (result.kind !== 'union' || !result.members.every(isPlainRecord)) return result;
    return m.memory.joiner.all(result.members.filter((member) => truth(m.getMember(member, literal('done'), site)) !== !done));
  }

  /** Takes all that is left, one after the other. */
  each(one: (item: Value, onward: () => void) => void): void {
    const { m } = this;
    const onward = (): void => { this.each(one); };
    for (let count = 0; count < unrolled && m.reachable; count++) {
      const item = m.allocator.along(count, () => this.step());
      if (this.state === 'done') return;
      if (this.state === 'perhaps done') {
        m.either(() => undefined, () => {
          one(item, onward);
          this.#others(one);
        });
        return;
      }
      m.allocator.along(count, () => { one(item, onward); });
    }
    this.#others(one);
  }

  #others(one: (item: Value, onward: () => void) => void): void {
    const { m } = this;
    fixpoint(m, () => {
      const item = this.step();
      m.either(() => undefined, () => { one(item, () => { this.#others(one); }); });
    });
  }

  /** What is made of all that is left, as a list; of an item at a place that is not known, without its place. */
  rest(make: (item: Value, index: number | undefined) => Value = (item) => item): ListState {
    const { m } = this;
    const items: Value[] = [];
    let others: Value = never;
    let isExact = this.state !== 'perhaps done';
    if (this.state !== 'done') {
      this.each((item) => {
        isExact &&= this.state === 'open' && items.length < unrolled && !m.allocator.isRepeating;
        const value = make(item, isExact ? items.length : undefined);
        if (isExact) items.push(value);
        else others = m.memory.joiner.values(others, value);
      });
    }
    this.state = 'done';
    return { items, others };
  }

  /** Runs code that may leave before the end: the iterator is told, on each way out but where it has thrown itself. */
  closing<T>(body: () => T): T {
    const { m, site } = this;
    const { frame, memory } = m;
    let result: T | undefined;
    const { end, exits, thrown, isOpen } = attempt(m, site, () => {
      this.#end = undefined;
      result = body();
    });
    // A generator that stops in the body goes on with it.
    frame.exits.push(...exits.filter(isStop));
    const leaving = [...exits.entries()].filter(([, exit]) => !isStop(exit));
    const own = thrown.filter((each) => this.#thrown.has(each));
    const others = thrown.filter((each) => !own.includes(each));
    const { exits: ended, thrown: failed } = this.#end ?? { exits: exits.length, thrown: thrown.length };
    m.either(
      ...end === undefined ? [] : [() => { memory.absorb([end]); }],
      ...leaving.map(([index, exit]) => () => {
        memory.absorb([exit.delta]);
        this.#leftAs(index < ended ? 'open' : this.state);
        if (m.comesOut) m.leave({ ...exit, delta: m.delta() });
      }),
      ...own.length === 0 ? [] : [() => { m.throws(caught(m, own)); }],
      ...others.length === 0 ? [] : [() => { this.#abandoned(others, !isOpen && others.every((each) => thrown.indexOf(each) < failed) ? 'open' : 'perhaps done'); }],
    );
    return result as T;
  }

  /** What has been thrown goes on, whatever the iterator does when it is told. */
  #abandoned(thrown: readonly Thrown[], state: OwnIterator['state']): void {
    const { m } = this;
    const value = caught(m, thrown);
    const { end, thrown: failed } = attempt(m, this.site, () => { this.#leftAs(state); });
    m.memory.absorb([...end === undefined ? [] : [end], ...failed.map(({ delta }) => delta)]);
    m.throws(value);
  }

  /** It is not asked any more. */
  close(): void {
    if (this.state !== 'done') this.#tell();
  }

  #tell(): void {
    const { m, site, iterator } = this;
    const method = m.getMember(iterator, literal('return'), site);
    if (isNullish(method)) return;
    const result = this.settle(() => m.invoke(method, iterator, noArguments, site, 'return'));
    if (result.kind === 'literal') fails(m, 'TypeError', site);
    else if (!members(result).every(({ kind }) => kind === 'object' || kind === 'never')) m.mayThrow();
  }

  /** What stands behind it goes on; if it is not at its end, it is told. */
  leave(): void {
    this.#leftAs(this.state);
  }

  #leftAs(state: OwnIterator['state']): void {
    if (state === 'open') this.#tell();
    else if (state === 'perhaps done') this.m.either(() => undefined, () => { this.#tell(); });
  }
}

function isPlainRecord(value: Value): boolean {
  return value.kind === 'object' && value.heap.form.kind === 'record' && value.heap.accessors.size === 0 && value.heap.attributes === undefined;
}

/** Whether what iterating a value gives is the program's affair. */
export function hasOwnIterator(m: Machine, value: Value, name: 'iterator' | 'asyncIterator' = 'iterator'): boolean {
  if (value.kind === 'class') return true;
  if (value.kind !== 'object') return false;
  const cell = value.heap.properties.get(keyText(symbol(name)) ?? '');
  return value.heap.isRecord || value.heap.form.kind === 'generator' || (cell !== undefined && ![undefined, absent].includes(m.memory.read(cell)));
}

/** What the method of a value gives that makes its iterators; undefined where it has none, or nobody knows which. */
export function iteratorOf(m: Machine, value: Value, site: Site, name: 'iterator' | 'asyncIterator' = 'iterator'): Value | undefined {
  const method = m.getMember(value, symbol(name), site);
  if (isUndefined(method)) return undefined;
  const iterator = m.invoke(method, value, noArguments, site, name);
  return method.kind === 'unknown' ? undefined : iterator;
}
