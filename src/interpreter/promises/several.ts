/** `Promise.all` and what is like it, of promises that are followed. */
import { Cell } from '../../domain/cell.ts';
import { isList } from '../../domain/store.ts';
import type { Course, PromiseValue, Value } from '../../domain/value.ts';
import { absent, literal, never, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { languageError } from '../builtins/errors.ts';
import { iterateStrictly } from '../builtins/iteration.ts';
import { attempt } from '../machine/attempt.ts';
import type { Machine } from '../machine/machine.ts';
import type { Outcome } from '../machine/turns.ts';
import { array } from '../values/lists.ts';
import { defineMember, record } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { goOnBehindFailure } from './catching.ts';
import { courseOf, drift, fulfil, isFollowing, newCourse, once, promiseOf, reject, settle } from './courses.ts';

export type Several = 'all' | 'allSettled' | 'any' | 'race';

/** Undefined where it is not known what the promises are. */
export function several(m: Machine, how: Several, list: Value, site: Site): PromiseValue | undefined {
  const result = newCourse(m);
  let items: readonly Value[] | undefined;
  const { end, thrown, isOpen } = attempt(m, site, () => {
    const given = iterateStrictly(m, list, site);
    if (given.others.kind === 'never' && given.count === undefined) items = given.items;
  });
  if (isOpen || (end !== undefined && thrown.length > 0) || thrown.length > 1 || (end !== undefined && items === undefined)) return undefined;
  for (const { delta, value } of thrown) {
    m.memory.absorb([delta]);
    reject(m, result, value);
  }
  if (end !== undefined && items !== undefined) {
    m.memory.absorb([end]);
    if (!begin(m, how, items, result, site)) return undefined;
  }
  return promiseOf(m, result, site);
}

function begin(m: Machine, how: Several, items: readonly Value[], result: Course, site: Site): boolean {
  const each = items.map((item) => courseOf(m, item, site));
  if (!each.every((course) => course !== undefined)) return false;
  const slots = new Slots(m, each.length);
  if (each.length === 0 && how !== 'race') finish(m, how, slots, result, site);
  for (const [index, course] of each.entries()) {
    once(m, course, { settles: result, run: (outcome) => { take(m, how, { slots, index, outcome, result, site }); } });
  }
  return true;
}

/** What a collected promise has come to. */
interface Taken {
  readonly slots: Slots;
  readonly index: number;
  readonly outcome: Outcome;
  readonly result: Course;
  readonly site: Site;
}

function take(m: Machine, how: Several, { slots, index, outcome, result, site }: Taken): void {
  if (outcome.failure.kind !== 'never') goOnBehindFailure(m);
  if (!isFollowing(m) || outcome.failure.kind !== 'never') drift(m, result, unknownFrom(m, [outcome.value], site));
  else if (how === 'race') settleOnce(m, slots, result, outcome);
  else if (how === 'allSettled') slots.put(index, described(m, outcome, site));
  else if ((outcome.kind === 'fulfilled') === (how === 'all')) slots.put(index, outcome.value);
  else settleOnce(m, slots, result, outcome);
  if (how !== 'race' && isFollowing(m) && slots.areFull) finish(m, how, slots, result, site);
}

function settleOnce(m: Machine, slots: Slots, result: Course, outcome: Outcome): void {
  if (slots.close()) settle(m, result, outcome);
}

function finish(m: Machine, how: Several, slots: Slots, result: Course, site: Site): void {
  if (!slots.close()) return;
  const list = array(m, { items: slots.values, others: never }, site);
  if (how !== 'any') {
    fulfil(m, result, list);
    return;
  }
  const error = languageError(m, 'AggregateError', site);
  defineMember(m, error.heap, 'errors', list);
  reject(m, result, error);
}

function described(m: Machine, { kind, value }: Outcome, site: Site): Value {
  return record(m, site, { status: literal(kind), ...kind === 'fulfilled' ? { value } : { reason: value } });
}

/** The places for what each of several promises comes to, and whether the whole has settled. */
class Slots {
  readonly #values: Cell;
  readonly #closed: Cell;

  constructor(readonly machine: Machine, count: number) {
    const { turns: { allocation }, memory } = machine;
    this.#values = new Cell('values', allocation);
    this.#closed = new Cell('closed', allocation);
    memory.keep(this.#values, { items: Array.from({ length: count }, () => absent), others: never });
    memory.keep(this.#closed, literal(false));
  }

  get values(): readonly Value[] {
    const content = this.machine.memory.kept(this.#values);
    return content !== undefined && isList(content) ? content.items : [];
  }

  get areFull(): boolean {
    return this.values.every((value) => value !== absent);
  }

  put(index: number, value: Value): void {
    this.machine.memory.keep(this.#values, { items: this.values.with(index, value === absent ? undefinedValue : value), others: never });
  }

  /** Whether it was still open. */
  close(): boolean {
    const { memory } = this.machine;
    const closed = memory.kept(this.#closed);
    memory.keep(this.#closed, literal(true));
    return closed !== undefined && !isList(closed) && closed.kind === 'literal' && closed.value === false;
  }
}
