/**
 * What has escaped: code that is not known has it, and may write to its objects and call its functions whenever it runs.
 *
 * Numbers, texts and what is not there yet are settings, and functions are hooks: others replace them, so they are
 * anything from then on. Objects and values of libraries are taken to stay who they are.
 */
import { noArguments } from '../domain/invocation.ts';
import type { Cell } from '../domain/cell.ts';
import type { Environment } from '../domain/environment.ts';
import type { Repetition } from '../domain/lifetimes.ts';
import { isList } from '../domain/store.ts';
import type { ClassValue, ClosureValue, Course, HeapObject, NativeValue, UnknownValue, Value } from '../domain/value.ts';
import { isOfLibrary, isUndefined, members, plainHost, undefinedValue } from '../domain/values.ts';
import type { Site } from '../program/ir.ts';
import { isPrivate, writtenKey } from '../program/private-names.ts';
import type { Writes } from '../program/writes/writes.ts';
import { fixpointOfWrites } from './fixpoint.ts';
import { drained, generatorsIn } from './generators/generator.ts';
import { nowOrLater } from './later.ts';
import type { Machine } from './machine/machine.ts';
import { accessorsOf } from './values/attributes.ts';
import { memberClosure, type Side } from './values/class-members.ts';
import { numbersIn } from './values/lists.ts';
import { ownerOf } from './values/prototypes.ts';
import { reachableNodes } from './values/reach.ts';
import { foreign, unknownFrom } from './values/unknown.ts';

/** Code that is not known gets values: it may write to all objects in them and call all functions. */
export function escape(m: Machine, values: readonly Value[], by: UnknownValue): void {
  handOverAll(m, values, by);
  disturb(m);
}

/** As `escape`, where it is known how the functions among the values are called: `run` does it. */
export function escapeTo(m: Machine, values: readonly Value[], called: readonly ClosureValue[], by: UnknownValue, run: () => void): void {
  for (const closure of called) register(m, { closure, receiver: undefinedValue });
  handOverAll(m, values, by);
  run();
  disturb(m);
}

/** With what unknown values stand for: it is in the hands of whoever uses one. */
function handOverAll(m: Machine, values: readonly Value[], by: UnknownValue): void {
  handOver(m, [...values, ...m.memory.joiner.takeDropped()], by);
}

export function handOver(m: Machine, values: readonly Value[], by: UnknownValue): void {
  const found = new Reached(m);
  for (const value of values) found.follow(value);
  const classes = found.classes.filter(({ statics }) => !m.escaped.heaps.has(statics));
  for (const heap of found.heaps) {
    if (!m.escaped.heaps.has(heap)) mayAsk(m, heap);
    heap.open ??= by;
    setOut(m, heap);
    if (ownerOf(m, heap) !== undefined) m.builtIn.patches.add(undefined, true);
    if (heap.isArray && heap.writable !== 'never') addAny(m, heap, by);
  }
  for (const method of found.functions) mayRun(m, method, by);
  for (const each of classes) mayMake(m, each, by);
  for (const course of found.courses) course.leaked ??= by;
  // It settles the promise whenever it runs.
  for (const native of found.natives) if (m.turns.settled.has(native.call)) nowOrLater(m, () => { m.invoke(native, undefinedValue, { ...noArguments, others: by }, by.node.site, native.name); });
}

function setOut({ escaped: { heaps, owners } }: Machine, heap: HeapObject): void {
  if (heaps.has(heap)) return;
  heaps.add(heap);
  const together = owners.get(heap.allocation);
  if (together === undefined) owners.set(heap.allocation, [heap]);
  else together.push(heap);
}

/** Unknown code has got at what is there. */
const loosened = Symbol('loosened');

/** Code that is not known runs: it may have changed what it has. Where nothing was written since it last ran, what it leaves is there already. */
export function disturb(m: Machine): void {
  const { memory: { store }, escaped: { heaps, owners } } = m;
  const left = store.unswept(loosened);
  const isNew = heaps.size > (left.moment ?? 0);
  for (const heap of isNew ? [...heaps].slice(left.moment) : []) if (heap.open !== undefined) loosen(m, heap, heap.open);
  for (const cell of left.moment === undefined ? [] : left.cells) {
    for (const heap of owners.get(cell.allocation) ?? []) if (heap.open !== undefined) loosenAt(m, heap, cell, heap.open);
  }
  store.swept(loosened, heaps.size);
}

/** Whoever can name a value may have changed its settings before anything that is run. */
export function openSettings(m: Machine, value: Value): void {
  const found = new Reached(m);
  found.follow(value);
  for (const heap of found.heaps) {
    if (!m.escaped.named.has(heap)) mayAsk(m, heap);
    m.escaped.named.add(heap);
    const by = heap.open ?? m.apart(() => unknownFrom(m, [], heap.site));
    loosen(m, heap, by);
    if (m.occasion.holder !== 'type' && isListOfHooks(m, heap)) grow(m, heap, by);
  }
}

/** Functions that others may have called write to some members of an object by name, or change what it holds by its methods: it may hold anything there. */
export function openWritten(m: Machine, heap: HeapObject, { names, members: keys, methods }: Writes): void {
  const by = heap.open ?? m.apart(() => unknownFrom(m, [], heap.site));
  const isNamed = (name: string): boolean => keys === 'any' || names.has(writtenKey(name));
  if (heap.isRecord) {
    for (const [name, cell] of heap.properties) if (isNamed(name)) openPlace(m, cell, by);
    // What is not there yet may be by then.
    if (keys === 'any' || (heap.properties.size === 0 && names.size > 0)) m.escaped.named.add(heap);
  } else if (heap.isArray && arrayChanges.some((method) => methods.has(method))) grow(m, heap, by);
  else if (collectionChanges.some((method) => methods.has(method))) openEntries(m, heap, by);
}

const arrayChanges = ['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'];
const collectionChanges = ['set', 'add', 'delete', 'clear'];

function openPlace(m: Machine, cell: Cell, by: UnknownValue): void {
  const content = m.memory.read(cell);
  const after = content && replaceable(m, content, by);
  if (after !== undefined && after !== content) m.memory.write(cell, after);
}

/** Entries may have been taken away, and others put in. */
function openEntries(m: Machine, heap: HeapObject, by: UnknownValue): void {
  const { memory } = m;
  for (const cell of heap.properties.values()) {
    openPlace(m, cell, by);
    memory.write(cell, memory.joiner.values(memory.read(cell) ?? undefinedValue, undefinedValue));
  }
  addAny(m, heap, by);
}

/** A list of numbers or texts is taken to keep its length. */
function isListOfHooks(m: Machine, heap: HeapObject): boolean {
  if (!heap.isArray || numbersIn(heap) !== undefined) return false;
  const { items, others } = m.memory.list(heap);
  return (items.length === 0 && others.kind === 'never') || items.some((item) => members(item).some(({ kind }) => kind === 'closure' || kind === 'native'));
}

/** A list to which others add: where it holds what libraries have made, it is taken to hold no more than that. */
function grow(m: Machine, heap: HeapObject, by: UnknownValue): void {
  const { memory } = m;
  const { items, others } = memory.list(heap);
  const held = [...items, others].flatMap(members);
  if (heap.writable === 'never' || held.some((value) => isOfLibrary(value) || value.kind === 'object')) return;
  memory.writeList(heap, { items: [], others: memory.joiner.all([...items.map((item) => replaceable(m, item, by)), others, by]) });
}

/** Code that is not followed may give a variable another value at any time. What is of a library is taken to stay. */
export function openVariable(m: Machine, cell: Cell, site: Site): void {
  const value = m.memory.read(cell);
  if (value === undefined || members(value).some(isOfLibrary)) return;
  const by = foreign(m, cell.name, site);
  const after = replaceable(m, value, by);
  m.memory.write(cell, members(value).some(({ kind }) => kind === 'object' || kind === 'class') ? m.memory.joiner.values(after, by) : after);
  cell.unsteady = true;
}

/** A value is put into an object: who has the object has the value, from when it runs next. */
export function held(m: Machine, by: HeapObject, value: Value): void {
  if (m.escaped.heaps.has(by) && by.open !== undefined) {
    handOver(m, [value], by.open);
    for (const node of reachableNodes(m, value)) m.history.escaped.add(node);
  } else if (m.escaped.named.has(by)) openSettings(m, value);
}

/** Unknown code may have put in more. */
function addAny(m: Machine, heap: HeapObject, by: UnknownValue): void {
  const { items, others } = m.memory.list(heap);
  m.memory.writeList(heap, { items, others: m.memory.joiner.values(others, by) });
}

/** Whatever of an object's contents others may replace is anything. */
function loosen(m: Machine, heap: HeapObject, by: UnknownValue): void {
  for (const cell of heap.cells) loosenAt(m, heap, cell, by);
}

function loosenAt(m: Machine, heap: HeapObject, cell: Cell, by: UnknownValue): void {
  if (heap.writable === 'never') return;
  const { memory } = m;
  if (cell !== heap.elements) {
    // Nobody outside of a class can name what is private in it.
    const content = isPrivate(cell.name) || heap.properties.get(cell.name) !== cell ? undefined : memory.read(cell);
    const after = content && replaceable(m, content, by);
    if (after !== undefined && after !== content) memory.write(cell, after);
    return;
  }
  if (heap.isRecord) return;
  const list = memory.list(heap);
  const items = list.items.map((item) => replaceable(m, item, by));
  if (items.some((item, index) => item !== list.items[index])) memory.writeList(heap, { items, others: list.others });
}

function replaceable(m: Machine, value: Value, by: UnknownValue): Value {
  if (members(value).some((member) => member.kind === 'unknown')) return value;
  if (!members(value).some(({ kind }) => kind === 'literal' || kind === 'closure' || kind === 'native')) return value;
  const { joiner } = m.memory;
  return joiner.all(members(value).map((member) => {
    if (member.kind === 'closure' || member.kind === 'native') return joiner.values(member, by);
    if (member.kind !== 'literal') return member;
    return member.value === undefined || member.value === null ? joiner.values(member, by) : plainHost;
  }));
}

interface Method {
  readonly closure: ClosureValue;
  readonly receiver: Value;
}

/** The objects and functions that can be got from values by following properties. */
class Reached {
  readonly heaps = new Set<HeapObject>();
  readonly functions: Method[] = [];
  readonly classes: ClassValue[] = [];
  readonly courses: Course[] = [];
  readonly natives: NativeValue[] = [];
  readonly #inherited = new Set<HeapObject>();

  constructor(readonly machine: Machine) {}

  follow(value: Value, from: Value = undefinedValue): void {
    switch (value.kind) {
      case 'union': for (const member of value.members) this.follow(member, from); return;
      case 'promise':
        this.follow(value.value);
        if (value.course !== undefined) this.#followCourse(value.course);
        return;
      case 'native':
        this.natives.push(value);
        if (value.runs !== undefined) this.follow(value.runs, from);
        return;
      case 'closure': this.functions.push({ closure: value, receiver: from }); return;
      case 'class': this.#enterClass(value); return;
      case 'object': this.#enter(value.heap, value); return;
      default: return;
    }
  }

  #followCourse(course: Course): void {
    this.courses.push(course);
    const content = this.machine.memory.kept(course.state);
    for (const value of content !== undefined && isList(content) ? content.items : []) this.follow(value);
  }

  #enterClass(of: ClassValue): void {
    if (this.heaps.has(of.statics)) return;
    this.classes.push(of);
    this.#enter(of.statics, of);
    this.#addMembers(of, 'static', of);
  }

  #addMembers(home: ClassValue, side: Side, self: Value): void {
    for (const { function: code, kind, static: isStatic } of home.code.members) {
      if (code !== undefined && isStatic === (side === 'static') && kind !== 'field' && kind !== 'block') this.functions.push({ closure: memberClosure(home, code), receiver: self });
    }
  }

  #enter(heap: HeapObject, self: Value): void {
    if (this.heaps.has(heap)) return;
    this.heaps.add(heap);
    for (const content of this.machine.memory.contents(heap)) this.follow(content, self);
    for (const closure of accessorsOf(this.machine, heap)) this.functions.push({ closure, receiver: self });
    for (let home: Value | undefined = heap.class; home?.kind === 'class'; home = home.parent) this.#addMembers(home, 'instance', self);
    // The methods that it inherits: they are taken to stay what they are.
    for (let from = heap.prototype; from !== undefined && !this.#inherited.has(from); from = from.prototype) {
      this.#inherited.add(from);
      for (const content of this.machine.memory.contents(from)) this.follow(content, self);
      for (const closure of accessorsOf(this.machine, from)) this.functions.push({ closure, receiver: self });
    }
  }
}

/**
 * Runs a function as unknown code may: any number of times, or never. It may do so again whenever it runs later, so
 * what the function writes holds from now on beside everything that is written there.
 */
function mayRun(m: Machine, method: Method, by: UnknownValue): void {
  if (!register(m, method)) return;
  const { closure, receiver } = method;
  const { code } = closure;
  nowOrLater(m, () => {
    anyNumberOfTimes(m, () => {
      const any = unknownFrom(m, [], code.site);
      const value = m.parted(() => m.invoke(closure, isUndefined(receiver) ? any : receiver, { ...noArguments, others: any }, code.site, code.name));
      returned(m, value);
      // It may go on with what it is given.
      handOver(m, [value], by);
    });
  });
}

/** Unknown code has a function from now on. Gives whether it gets it for the first time. */
function register(m: Machine, { closure, receiver }: Method): boolean {
  const { code, environment } = closure;
  const known = m.escaped.functions.get(code) ?? new Map<Environment, Set<HeapObject | undefined>>();
  const receivers = known.get(environment) ?? new Set();
  const object = closure.receiver ?? receiver;
  const self = object.kind === 'object' ? object.heap : undefined;
  if (receivers.has(self)) return false;
  m.escaped.functions.set(code, known.set(environment, receivers.add(self)));
  m.renamed.add(code);
  return true;
}

/** Whoever has a class may make instances of it, of anything. */
function mayMake(m: Machine, of: ClassValue, by: UnknownValue): void {
  const { code: { abstract, nameSite } } = of;
  m.renamed.add(of.code);
  if (abstract) return;
  nowOrLater(m, () => {
    anyNumberOfTimes(m, () => { handOver(m, [m.construct(of, { ...noArguments, others: unknownFrom(m, [], nameSite) }, nameSite)], by); });
  });
}

/** Of a generator, unknown code may ask for any step, in any way, whenever it runs. */
function mayAsk(m: Machine, heap: HeapObject): void {
  if (m.generators.has(heap)) lasting(m, () => {
    for (const value of drained(m, heap, heap.site)) returned(m, value);
  });
}

/** What a function gives to the code that calls it, that code has. */
export function returned(m: Machine, value: Value): void {
  for (const heap of generatorsIn(value)) mayAsk(m, heap);
  m.semantics.used([value]);
  for (const node of reachableNodes(m, value)) m.history.escaped.add(node);
}

/** Runs code as often as whoever has it wants, or never, now and whenever they run later. `repetition`: what it is a run of, where that is told. */
export function anyNumberOfTimes(m: Machine, body: () => void, repetition?: Repetition): void {
  lasting(m, () => {
    m.perhaps(() => { fixpointOfWrites(m, body, repetition); });
  });
}

/** What `body` writes to places that were there before may be written again at any time. */
function lasting(m: Machine, body: () => void): void {
  const { memory } = m;
  const trail = memory.trailed(body);
  const found = new Map([...trail].filter(([cell]) => memory.store.read(cell) !== undefined));
  for (const cell of found.keys()) cell.unsteady = true;
  // It may fail at any step, and whoever has called it go on.
  memory.absorb([new Map(), found]);
}
