/**
 * The turns of the language: what runs when the code at hand is done, in the order in which it was met. Which they are
 * is in the store, by their names, so that branches may leave different ones; what each does is here.
 */
import { Allocation, Cell } from '../../domain/cell.ts';
import { type Content, isList } from '../../domain/store.ts';
import type { Course, NativeValue, Value } from '../../domain/value.ts';
import { never, symbol } from '../../domain/values.ts';
import type { Memory } from './memory.ts';

/** How a promise has settled. */
export interface Outcome {
  readonly kind: 'fulfilled' | 'rejected';
  readonly value: Value;
  /** What it may have failed with in place of that, where some step may have thrown of which nothing is known. */
  readonly failure: Value;
}

/** What is done once a promise has settled. */
export interface Reaction {
  /** The promise that hangs on it. */
  readonly settles: Course | undefined;
  readonly run: (outcome: Outcome) => void;
}

/** More of them are not followed one by one. */
const limit = 1500;

export class Turns {
  /** All that is kept for the turns lies here: no code of the program can get at it. */
  readonly allocation = new Allocation();
  /** The promises of functions that settle them, by what these do. */
  readonly settled = new Map<NativeValue['call'], Course>();
  /** Those for which code waits that lets nothing pass it. */
  readonly blockers = new Set<Reaction>();
  /** What code that may have failed had written by then, and what was there before. */
  readonly failing = new Map<Cell, Content>();
  readonly #queue = new Cell('turns', this.allocation);
  readonly #turns: (() => void)[] = [];
  readonly #undone = new Map<number, () => void>();
  readonly #reactions = new Map<Course, Reaction[]>();
  #count = 0;
  #isOn = false;

  /** Whether the order of what runs is known. */
  get isOn(): boolean {
    return this.#isOn;
  }

  begin(): void {
    this.#isOn = true;
  }

  /** From here on it is not known, up to the end of what is run by `apart`. */
  pause(): void {
    this.#isOn = false;
  }

  /** Runs code that may lose the order for itself. */
  apart<T>(body: () => T): T {
    const before = this.#isOn;
    try {
      return body();
    } finally {
      this.#isOn = before && this.#count >= 0;
    }
  }

  /** Runs code that may run at another time than it seems. */
  outside<T>(body: () => T): T {
    return this.apart(() => {
      this.#isOn = false;
      return body();
    });
  }

  /** It is not known what is left to be run, for good. Gives all that may be. */
  lose(): readonly (() => void)[] {
    this.#isOn = false;
    this.#count = -Infinity;
    const undone = [...this.#undone.values()];
    this.#undone.clear();
    return undone;
  }

  // — the queue —

  add(memory: Memory, turn: () => void): void {
    const index = this.#turns.push(turn) - 1;
    this.#undone.set(index, turn);
    const content = memory.kept(this.#queue);
    const list = content !== undefined && isList(content) ? content : { items: [], others: content ?? never };
    memory.keep(this.#queue, { ...list, items: [...list.items, symbol(String(index))] });
  }

  /** The one whose turn it is; undefined where there is none, `unknown` where nobody knows which it is. */
  next(memory: Memory, isCertain: boolean): (() => void) | 'unknown' | undefined {
    const names = namesIn(memory, this.#queue);
    if (names === undefined || ++this.#count > limit) return 'unknown';
    const [first, ...rest] = names;
    if (first === undefined) return undefined;
    memory.keep(this.#queue, { items: rest.map((name) => symbol(name)), others: never });
    if (isCertain) this.#undone.delete(Number(first));
    return this.#turns[Number(first)];
  }

  /** Whether nothing is left to be run. */
  isIdle(memory: Memory): boolean {
    return namesIn(memory, this.#queue)?.length === 0;
  }

  // — who waits —

  wait(memory: Memory, course: Course, reaction: Reaction): void {
    const all = this.reactions(course);
    all.push(reaction);
    this.#reactions.set(course, all);
    const names = namesIn(memory, course.waiting);
    const name = symbol(String(all.length - 1));
    memory.keep(course.waiting, { items: [...(names ?? []).map((each) => symbol(each)), name], others: names === undefined ? symbol('some') : never });
  }

  /** Those who wait for a promise, in order; undefined where it is not known who does. */
  waiting(memory: Memory, course: Course): readonly Reaction[] | undefined {
    const names = namesIn(memory, course.waiting);
    const all = this.reactions(course);
    return names?.map((name) => all[Number(name)]).filter((reaction) => reaction !== undefined);
  }

  /** All that have ever waited for it. */
  reactions(course: Course): Reaction[] {
    return this.#reactions.get(course) ?? [];
  }

  /** Those promises for which somebody waits. */
  get awaited(): Iterable<Course> {
    return this.#reactions.keys();
  }

  /** Whether code that lets nothing pass it waits for a promise. */
  isDemanded(course: Course, seen = new Set<Course>()): boolean {
    if (seen.has(course)) return false;
    seen.add(course);
    return course.heirs.some((heir) => this.isDemanded(heir, seen))
      || this.reactions(course).some((reaction) => this.blockers.has(reaction) || (reaction.settles !== undefined && this.isDemanded(reaction.settles, seen)));
  }
}

/** The names in a list; undefined where they are not known. */
function namesIn(memory: Memory, cell: Cell): readonly string[] | undefined {
  const content = memory.kept(cell);
  if (content === undefined) return [];
  if (!isList(content) || content.others.kind !== 'never') return undefined;
  const names = content.items.map((item) => (item.kind === 'symbol' ? item.name : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}
