/**
 * What code may write that runs at some later time: callbacks that somebody holds, and what stands behind an `await` that
 * nobody awaits. It is kept as a delta that never loses a write, and joined in wherever such code may have run in between:
 * which of it has run, in which order and how often is not known there.
 */
import { allocated, type Cell } from '../domain/cell.ts';
import { VariableCell } from '../domain/environment.ts';
import { sameContent } from '../domain/join.ts';
import { type Content, type Delta, isList, type Store } from '../domain/store.ts';
import type { Value } from '../domain/value.ts';
import { absent, members, uninitialised } from '../domain/values.ts';
import { type Job, type Part, readBy, type Start } from './machine/jobs.ts';
import { StepsExceeded } from './machine/allowance.ts';
import { untried } from './machine/attempt.ts';
import type { Machine } from './machine/machine.ts';

/** What others may have written has been joined into what is there. */
const joined = Symbol('joined');
/** The code that runs later has been run on what is there. */
const caughtUp = { aloud: Symbol('caught up'), silently: Symbol('caught up silently') };

/** Other code may have run since. Where nothing was written since it was last asked, what it leaves is there already. */
export function meanwhile(m: Machine): void {
  const { memory: { store }, pending, jobs } = m;
  const { cells, moment } = store.unswept(joined);
  meanwhileAt(m, moment === undefined ? pending.cells : cells);
  if (moment !== undefined) meanwhileAt(m, pending.since(moment));
  store.swept(joined, pending.moment);
  for (const [cell, content] of jobs.interim) mayBe(m, cell, content);
}

/** Of the code that waits, that has run since which may write some places. */
export function meanwhileAt(m: Machine, cells: Iterable<Cell>): void {
  for (const cell of cells) mayBe(m, cell, m.pending.get(cell));
}

/** A value of which nothing is known is looked into: it may be a proxy, whose handlers run then. */
export function touched(m: Machine): void {
  if (!m.hasProxies) return;
  m.mayThrow();
  runOthers(m);
}

/** Code that is not known runs: it may run whatever it has been handed, and what that leaves is found. */
export function runOthers(m: Machine): void {
  catchUp(m);
  meanwhile(m);
}

function mayBe({ memory }: Machine, cell: Cell, content: Content | undefined): void {
  if (content === undefined) return;
  const before = memory.store.read(cell);
  const after = before === undefined ? content : memory.joiner.contents(before, content);
  if (after !== before) memory.store.write(cell, after);
}

/** Runs code that runs at some time after what is at hand, or never: what it writes is found behind the next step at which others may run. */
export function later(m: Machine, body: () => void): void {
  if (m.reachable) asJob(m, () => { untried(m, () => { keptBack(m, body); }); }, body, { begins: 'later' });
}

/** Runs code that may run now, and at any time later. */
export function nowOrLater(m: Machine, body: () => void): void {
  const { memory } = m;
  asJob(m, () => {
    const before = memory.store;
    memory.store = before.fork();
    const trail = m.turns.outside(() => memory.trailed(body));
    const written = memory.store.since(memory.store);
    memory.store = before;
    pend(m, before, trail, written);
    memory.absorb([written]);
  }, body);
}

function keptBack(m: Machine, body: () => void): void {
  const { memory } = m;
  const before = memory.store;
  memory.store = before.fork();
  // What others may have written by then it finds, and writes none of it. A job that is run again is given what has changed.
  if (!m.jobs.isRunning) meanwhile(m);
  memory.store = memory.store.fork();
  const trail = m.turns.outside(() => memory.trailed(() => { m.either(() => undefined, body); }));
  const written = memory.store.since(memory.store);
  memory.store = before;
  pend(m, before, trail, written);
  // What it has made itself nobody else knows yet.
  memory.absorb([new Map([...written].filter(([cell]) => before.read(cell) === undefined))]);
}

// — running again —

const never = (): boolean => false;
const none: Iterable<Cell> = [];

/** Runs a piece of code, and remembers how it is run again. `start`: what tells it from others. */
export function asJob(m: Machine, first: () => void, again: () => void, { begins = 'perhaps now', start, isFollowed = never }: { readonly begins?: Job['begins']; readonly start?: Start; /** It has turned out to run in its turn, and at no other time. */ readonly isFollowed?: () => boolean } = {}): void {
  if (m.jobs.isRunning || m.pending.isTentative) {
    first();
    return;
  }
  const { frame, environment, history, waits, allocator: { workshop } } = m;
  const mark = history.events.length;
  const looks = m.memory.watched(first);
  if (isFollowed()) return;
  const told = history.events.slice(mark);
  // It fails at once, by a name that is used too early: nothing of it runs later.
  if (told.some(({ kind }) => kind === 'uninitialised')) return;
  const run = (): void => {
    m.frame = frame;
    m.environment = environment;
    again();
  };
  const holds = start === undefined ? { environment, values: [frame.receiver] } : { environment: environment.outer ?? environment, values: start.given };
  const job = { start, begins, waits, parts: [{ holds, run, workshop, found: found(m, looks), ended: allocated() }], told: new Set(told) };
  const whole = start === undefined ? job : inPlaceOf(m, start, job);
  // Whatever else changes, it finds what it has found.
  if (whole.parts.every((part) => part.found.size === 0)) {
    m.jobs.rest(whole);
    return;
  }
  const { last } = m.jobs;
  m.jobs.add(last === undefined ? whole : together(m, last, whole));
}

/** With more of them, running all of them again is more than the analysis may take upon itself. */
const mostParts = 32;

/**
 * Where there are many, two become one that runs either of them: when something changes that one of the two has read,
 * both are run again, so that no write is lost. Nothing is said any more of when it begins.
 */
function together(m: Machine, last: Job, job: Omit<Job, 'moment'>): Omit<Job, 'moment'> {
  if (last.parts.length >= mostParts) throw new StepsExceeded();
  m.jobs.drop(last);
  return {
    start: undefined,
    begins: 'perhaps now',
    waits: undefined,
    parts: [...last.parts, ...job.parts],
    told: new Set([...last.told, ...job.told]),
  };
}

/**
 * A loop or a callback that is brought to its fixpoint meets a call in each of its rounds, in one and the same
 * activation. What it was given in an earlier round is part of what it is given now: the last one stands for all.
 */
function inPlaceOf(m: Machine, { activation, given }: Start, job: Omit<Job, 'moment'>): Omit<Job, 'moment'> {
  const earlier = m.jobs.all.filter(({ start }) => start?.activation === activation && covers(m, given, start.given));
  for (const each of earlier) {
    m.jobs.drop(each);
    for (const part of job.parts) addFound(m, part, each.parts);
  }
  return { ...job, told: new Set([...earlier.flatMap(({ told }) => [...told]), ...job.told]) };
}

function addFound({ memory: { joiner } }: Machine, { found }: Part, others: readonly Part[]): void {
  for (const [cell, content] of others.flatMap((other) => [...other.found])) {
    const now = found.get(cell);
    found.set(cell, now === undefined ? content : joiner.contents(content, now));
  }
}

function covers({ memory: { joiner } }: Machine, others: readonly Value[], values: readonly Value[]): boolean {
  return values.length === others.length && values.every((value, index) => {
    const other = others[index];
    return other !== undefined && joiner.values(other, value) === other;
  });
}

/** What is at some places, or may be by what others write that is known already. Of what nobody writes any more nothing is remembered. */
function found(m: Machine, cells: Iterable<Cell>): Map<Cell, Content> {
  const result = new Map<Cell, Content>();
  for (const cell of cells) {
    if (isFixed(m, cell)) continue;
    const contents = [m.memory.store.read(cell), m.pending.get(cell)].filter((content) => content !== undefined);
    if (contents.length > 0) result.set(cell, contents.reduce(m.memory.joiner.contents));
  }
  return result;
}

/**
 * Whether a variable holds for good what it holds. Where a loop declares it anew in each of its rounds, the code at hand
 * has that of its own round: what is met in another round is another piece of code.
 */
function isFixed({ memory, program }: Machine, cell: Cell): boolean {
  if (!(cell instanceof VariableCell) || cell.unsteady || cell.allocation.summary) return false;
  const { binding: { kind, name, site } } = cell;
  const isConstant = kind === 'const' || kind === 'import' || kind === 'self' || ((kind === 'function' || kind === 'class') && !program.assigns(name, site.file));
  const content = isConstant ? memory.store.read(cell) : undefined;
  return content !== undefined && (isList(content) || !members(content).includes(uninitialised));
}

/** Runs again what would find other things now than it has found. `since`: how often code had waited when what is there was written. */
export function catchUp(m: Machine, since = m.waits): void {
  const { jobs, memory: { store }, occasion, reachable, tapes, pending } = m;
  if (jobs.isRunning || pending.isTentative || tapes !== undefined || !reachable) return;
  const work = occasion.isSilent ? caughtUp.silently : caughtUp.aloud;
  if (jobs.all.length === 0) {
    store.swept(work, jobs.moment);
    return;
  }
  const { count } = store;
  const left = store.unswept(work);
  const contents = jobs.uncompared(work, left.cells, store);
  const concerned = jobs.concerned(contents.keys());
  for (const job of jobs.all) {
    if (job.told.size > 0 && occasion.isSilent) continue;
    const isNew = left.moment === undefined || job.moment > left.moment;
    const written = concerned.get(job) ?? none;
    const changed = changes(m, job, isNew ? [...readBy(job), ...written] : written);
    if (changed.size > 0) runAgain(m, job, changed, since);
  }
  // What is run again has found what is there by now, but for what was written since.
  jobs.compared(work, contents);
  store.swept(work, jobs.moment, count);
}

/** What the code has read, among some places, that may hold something else now, with all that it may have held. */
function changes({ memory: { store, joiner } }: Machine, { parts }: Job, among: Iterable<Cell>): Delta {
  const changed = new Map<Cell, Content>();
  for (const cell of among) {
    const now = store.read(cell);
    if (now === undefined) continue;
    for (const part of parts) {
      const old = part.found.get(cell) ?? lookedFor(part, cell);
      if (old === undefined || now === old) continue;
      const both = joiner.contents(old, now);
      const known = changed.get(cell);
      if (!sameContent(old, both)) changed.set(cell, known === undefined ? both : joiner.contents(known, both));
    }
  }
  return changed;
}

/** A property that was not there when the code asked its object for something that it does not have. */
function lookedFor({ found, ended }: Part, cell: Cell): Content | undefined {
  return cell.holder !== undefined && found.has(cell.holder) && cell.isSince(ended) ? absent : undefined;
}

function runAgain(m: Machine, job: Job, changed: Delta, since: number): void {
  const { history, memory, frame, environment } = m;
  history.forget(job.told);
  const mark = history.events.length;
  const isSilent = job.told.size === 0;
  const runs = job.parts.map(({ run, workshop }) => (isSilent ? () => { m.allocator.again(workshop, run); } : run));
  const run = (): void => {
    memory.absorb([changed]);
    untried(m, () => { oneOf(m, runs); });
  };
  const looks = m.jobs.during(job, { interim: changed, store: memory.store, since }, () => {
    const body = isSilent ? () => { m.occasion.silently(run); } : run;
    return memory.watched(() => { m.guarded(() => { m.semantics.apart(() => { keptBack(m, body); }); }); });
  });
  m.frame = frame;
  m.environment = environment;
  job.told = new Set(history.events.slice(mark));
  m.jobs.ran(job, allocated(), [...found(m, looks), ...changed]);
}

function oneOf(m: Machine, ways: readonly (() => void)[]): void {
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) only();
  else m.either(...ways);
}

/** Code may write this later: what each place held at any time while it ran, for others run between its steps. */
export function pend(m: Machine, before: Store, trail: Delta, written: Delta): void {
  const add = (cell: Cell, delta: Delta): void => {
    const content = delta.get(cell);
    if (content !== undefined) m.pending.add(cell, content, m.memory.joiner.contents);
  };
  for (const cell of new Set([...trail.keys(), ...written.keys()])) {
    // Turns are met only where their order is known.
    if (cell.allocation === m.turns.allocation || isConstant(cell, before, trail, written)) continue;
    add(cell, trail);
    add(cell, written);
  }
}

/** It made the place, and wrote it once. */
function isConstant(cell: Cell, before: Store, trail: Delta, written: Delta): boolean {
  const [once, end] = [trail.get(cell), written.get(cell)];
  return before.read(cell) === undefined && (once === undefined || end === undefined || sameContent(once, end));
}
