/** Async generators that are followed in turns: who asks is given a promise, and they are answered one after the other. */
import { Cell } from '../../domain/cell.ts';
import { isList } from '../../domain/store.ts';
import type { Course, HeapObject, PromiseValue, Value } from '../../domain/value.ts';
import { literal, never, symbol, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { enterScope } from '../closures.ts';
import { bodyFrame, drained } from '../generators/generator.ts';
import { asJob, later } from '../later.ts';
import type { Activation, Completion, Position } from '../machine/activation.ts';
import type { Machine } from '../machine/machine.ts';
import type { Outcome } from '../machine/turns.ts';
import { record } from '../values/properties.ts';
import { unknownFrom } from '../values/unknown.ts';
import { courseOf, drift, fulfil, isFollowing, newCourse, once, promiseOf, reject } from './courses.ts';
import { type Ends, runSegment } from './segments.ts';
import { completionOf, resumed } from './tasks.ts';

interface Request {
  readonly completion: Completion;
  readonly course: Course;
}

/** Asks for a step; gives its promise, or undefined where the generator is not followed. */
export function request(m: Machine, heap: HeapObject, completion: Completion, site: Site): PromiseValue | undefined {
  const activation = m.generators.get(heap);
  if (activation === undefined || !isFollowing(m)) return undefined;
  const queue = queues.get(activation) ?? new Requests(m, heap, activation, site);
  queues.set(activation, queue);
  return queue.isFollowed ? queue.add(completion, site) : undefined;
}

const queues = new WeakMap<Activation, Requests>();

class Requests {
  readonly #cell: Cell;
  readonly #all: Request[] = [];
  /** What a step before may have thrown, of which nothing is known. */
  #failure: Value = never;

  constructor(readonly machine: Machine, readonly heap: HeapObject, readonly activation: Activation, readonly site: Site) {
    this.#cell = new Cell('requests', machine.turns.allocation);
    machine.memory.keep(this.#cell, { items: [], others: never });
  }

  get isFollowed(): boolean {
    return this.activation.drained === undefined && this.#position !== undefined && this.#names !== undefined;
  }

  add(completion: Completion, site: Site): PromiseValue {
    const { machine: m } = this;
    const course = newCourse(m);
    this.#put([...this.#names ?? [], String(this.#all.push({ completion, course }) - 1)]);
    if (this.#position !== 'running') this.#advance(site);
    return course.drifted === undefined ? promiseOf(m, course, site) : { kind: 'promise', value: course.drifted };
  }

  get #names(): readonly string[] | undefined {
    const content = this.machine.memory.kept(this.#cell);
    if (content === undefined || !isList(content) || content.others.kind !== 'never') return undefined;
    const names = content.items.map((item) => (item.kind === 'symbol' ? item.name : undefined));
    return names.every((name) => name !== undefined) ? names : undefined;
  }

  #put(names: readonly string[]): void {
    this.machine.memory.keep(this.#cell, { items: names.map((name) => symbol(name)), others: never });
  }

  get #position(): Position | undefined {
    const positions = this.activation.positions(this.machine.memory.read(this.activation.state) ?? never);
    return positions.length === 1 ? positions[0] : undefined;
  }

  #stand(position: Position): void {
    this.machine.memory.write(this.activation.state, this.activation.name(position));
  }

  /** Answers whoever has asked first, if somebody has. */
  #advance(site: Site): void {
    const [name] = this.#names ?? [];
    const first = name === undefined ? undefined : this.#all[Number(name)];
    const position = this.#position;
    if (first === undefined || position === undefined || position === 'running') return;
    if (position === 'end' || (position === 'start' && first.completion.kind !== 'next')) this.#afterEnd(first, site);
    else this.#run(first, site, position === 'start' ? () => this.#start() : () => resumed(this.machine, position, first.completion));
  }

  #start(): Value {
    const { machine: m, activation: { closure: { code } } } = this;
    if (!m.occasion.isSilent) m.history.executed.enter(code);
    return resumed(m, { resume: () => {
      enterScope(m, code.body);
      m.executeAll(code.body.body);
    } }, { kind: 'next', value: undefinedValue });
  }

  #afterEnd({ completion: { kind, value }, course }: Request, site: Site): void {
    const { machine: m } = this;
    if (kind !== 'return') {
      this.#answered('end', site, () => {
        if (kind === 'throw') reject(m, course, value);
        else this.#give(course, undefinedValue, 'over');
      });
      return;
    }
    this.#stand('running');
    const waited = courseOf(m, value, site);
    if (waited === undefined) this.#drift();
    else {
      once(m, waited, { settles: course, run: (outcome) => {
        this.#answered('end', site, () => {
          if (outcome.kind === 'rejected') reject(m, course, outcome.value);
          else this.#give(course, outcome.value, 'over', outcome.failure);
        });
      } });
    }
  }

  /** The first request is answered, and then those behind it. */
  #answered(position: Position, site: Site, answer: () => void): void {
    this.#stand(position);
    if (!isFollowing(this.machine)) {
      answer();
      this.#drift();
      return;
    }
    this.#put((this.#names ?? []).slice(1));
    answer();
    this.#advance(site);
  }

  #give(course: Course, value: Value, state: 'going' | 'over', failure: Value = never): void {
    const { machine: m, site } = this;
    fulfil(m, course, record(m, site, { value, done: literal(state === 'over') }), failure);
  }

  #run(request: Request, site: Site, body: () => Value): void {
    const { machine: m, activation } = this;
    const { frame: caller, environment } = m;
    const isCalled = caller.awaits.has(site);
    const isDemanded = m.turns.isDemanded(request.course);
    const isAwaited = isCalled || isDemanded;
    this.#stand('running');
    m.frame = { ...bodyFrame(m, activation, site), inTurns: true, isAwaited, blocks: isDemanded || (isCalled && caller.blocks), suspensions: isAwaited ? undefined : [], letGo: undefined, late: true };
    m.environment = activation.environment;
    runSegment(m, this.#endsOf(request, site), body);
    m.frame = caller;
    m.environment = environment;
  }

  #endsOf(request: Request, site: Site): Ends {
    const { machine: m, activation } = this;
    const { course } = request;
    return {
      returned: (value, failure) => {
        this.#mayFail(failure);
        this.#answered('end', site, () => { this.#give(course, value, 'over', this.#failure); });
      },
      stopped: (stop, failure) => {
        this.#mayFail(failure);
        if (stop.kind === 'yield') this.#answered(stop.point, site, () => { fulfil(m, course, stop.result, this.#failure); });
        else once(m, stop.course, { settles: course, run: (outcome) => { this.#goOn(request, site, stop.point, outcome); } });
      },
      threw: (value) => { this.#answered('end', site, () => { reject(m, course, value); }); },
      goneOn: (value) => { this.#answered('end', site, () => { drift(m, course, record(m, site, { value, done: literal(true) })); }); },
      drifted: (_, stops) => {
        // It may stand anywhere.
        const names = stops.flatMap((stop) => (stop.kind === 'yield' ? [activation.name(stop.point)] : []));
        m.memory.write(activation.state, m.memory.joiner.all([...names, activation.name('end')]));
        for (const stop of stops) if (stop.kind === 'await') later(m, () => { this.#goOn(request, site, stop.point, { kind: 'fulfilled', value: unknownFrom(m, [], site), failure: never }); });
        this.#drift();
      },
    };
  }

  #mayFail(failure: Value): void {
    this.#failure = this.machine.memory.joiner.values(this.#failure, failure);
  }

  #goOn(request: Request, site: Site, point: Exclude<Position, string>, outcome: Outcome): void {
    const segment = (): void => { this.#run(request, site, () => resumed(this.machine, point, completionOf(outcome))); };
    asJob(this.machine, segment, segment, { isFollowed: () => request.course.drifted === undefined });
  }

  /** It runs on at some time: nobody knows what it answers. */
  #drift(): void {
    const { machine: m, site } = this;
    const results = drained(m, this.heap, site);
    for (const { course } of this.#all) if (course.drifted === undefined) drift(m, course, unknownFrom(m, results, site));
  }
}
