/**
 * The abstract machine: where the interpreter stands. It puts together what the store holds, which calls are in
 * progress and which tapes are open, and joins the ways through a branch.
 */
import { Allocation, type Cell } from '../../domain/cell.ts';
import { Environment } from '../../domain/environment.ts';
import { type Input, Node, type OpenTapes, type Role } from '../../domain/graph.ts';
import type { Event, History } from '../../domain/history.ts';
import type { Delta } from '../../domain/store.ts';
import { type Arguments, type ClosureValue, type HeapForm, HeapObject, type NativeValue, type Value } from '../../domain/value.ts';
import { absent, never } from '../../domain/values.ts';
import type { Library } from '../../libraries/library.ts';
import type { ClassCode, Expression, FunctionCode, Site, Statement } from '../../program/ir.ts';
import type { Program } from '../../program/program.ts';
import type { Activation } from './activation.ts';
import type { Allowance } from './allowance.ts';
import { Allocator } from './allocator.ts';
import { type Exit, type Frame, outermost } from './frame.ts';
import { Jobs } from './jobs.ts';
import { Memory } from './memory.ts';
import type { DeeperCalls } from './deeper-calls.ts';
import { Modules } from './known-modules.ts';
import { Occasion } from './occasion.ts';
import { Patches } from './patches.ts';
import { Pending } from './pending.ts';
import type { Semantics } from './semantics.ts';
import type { Trial } from './trial.ts';
import { Turns } from './turns.ts';

/** What a node is where something has happened that the analysis is about. */
const telling: ReadonlySet<Role['kind']> = new Set(['operation', 'source', 'constant', 'read']);

/**
 * The language refers to itself: an expression holds a function, whose body holds statements, which hold expressions. So
 * its parts ask the machine for one another, and `javascript.ts` ties them together.
 */
export interface Language {
  evaluate(m: Machine, expression: Expression): Value;
  execute(m: Machine, statement: Statement): void;
  executeAll(m: Machine, body: readonly Statement[]): void;
  invoke(m: Machine, callee: Value, receiver: Value, args: Arguments, site: Site, label: string): Value;
  construct(m: Machine, callee: Value, args: Arguments, site: Site): Value;
  getMember(m: Machine, object: Value, key: Value, site: Site, at: Site): Value;
  /** What the language itself has under a path of names. */
  builtIn(m: Machine, path: string, site: Site): Value;
  /** An instance of a class of the program, of which only the type is known. */
  instanceOf(m: Machine, module: string, code: ClassCode): Value | undefined;
}

export class Machine {
  readonly allocator = new Allocator();
  readonly memory = new Memory(this.allocator);
  readonly occasion = new Occasion();
  readonly modules = new Modules();
  /** Branches around the code at hand of which it is not known whether they are taken, and those around the tapes. */
  #undecided = 0;
  #undecidedOutside = 0;
  /** Functions of the language that have been asked for. */
  readonly globals = new Map<string, Value>();
  /** Objects and functions that unknown code has. A function is known by its code and the environment it was made in. */
  readonly escaped = { heaps: new Set<HeapObject>(), /** By what their places have in common. */ owners: new Map<Allocation, HeapObject[]>(), /** Those that can be named from elsewhere. */ named: new Set<HeapObject>(), /** With the objects that they were got from. */ functions: new Map<FunctionCode, Map<Environment, Set<HeapObject | undefined>>>() };
  /** What the program has put on the namespaces of libraries, by library, path and name. */
  readonly added = new Map<Library, Map<string, Cell>>();
  /** The prototypes that have been asked for: of functions by their code, of classes by what holds their static members. */
  readonly prototypes = new Map<FunctionCode | HeapObject, HeapObject>();
  /** The functions whose prototypes have been asked for, by these. */
  readonly constructors = new Map<HeapObject, ClosureValue>();
  /** Where the bodies of generators stand, by the objects that their calls gave. */
  readonly generators = new Map<HeapObject, Activation>();
  /** The prototypes of the language itself that have been asked for, by the name of their constructor. */
  readonly builtIn = { prototypes: new Map<string, HeapObject>(), /** The other way round. */ owners: new Map<HeapObject, string>(), global: undefined as HeapObject | undefined, patches: new Patches(), /** What classes that extend `Array` have of their own. */ extending: new Patches() };
  /** Functions and classes whose own properties somebody may have defined anew. */
  readonly renamed = new Set<FunctionCode | ClassCode>();
  /** What is said of the own properties of functions, by the code of those that are made once. */
  readonly functions = { made: new Set<FunctionCode>(), /** Code that has made more than one. */ several: new Set<FunctionCode>(), /** Those to which something was written, by the code or the name in the language. */ extended: new Set<FunctionCode | string>(), /** Those whose `call`, `apply` and `bind` may be others than all functions have. */ redirected: new Set<FunctionCode>(), /** What stands in the place of what a class extends, by what holds its static members. */ parents: new Map<HeapObject, Value>(), keepers: new Map<NativeValue | FunctionCode, HeapObject>() };
  /** By functions that call themselves. */
  readonly deeperCalls = new Map<FunctionCode, DeeperCalls>();
  /** What code that runs at some later time may write. */
  readonly pending = new Pending();
  /** That code: it is run again where what it has read is changed. */
  readonly jobs = new Jobs();
  /** What runs when the code at hand is done. */
  readonly turns = new Turns();
  readonly semantics: Semantics;
  frame: Frame;
  environment = new Environment(undefined);
  /** The tapes that record. */
  tapes: OpenTapes | undefined;
  /** False once the code at hand cannot be reached. */
  reachable = true;
  /** What whoever catches what is thrown is told. */
  trial: Trial | undefined;
  /** Whoever touches a value that is not known may run functions of the program. */
  hasProxies = false;
  /** How many symbols the program has made. */
  symbols = 0;
  /** How often code has waited for a promise. */
  waits = 0;
  readonly #language: Language;

  constructor(readonly program: Program, readonly history: History, readonly allowance: Allowance, language: Language, semantics: (machine: Machine) => Semantics) {
    this.frame = outermost(this.memory.store);
    this.#language = language;
    this.semantics = semantics(this);
  }

  /** How many calls are in progress. */
  get depth(): number {
    return this.frame.depth;
  }

  step(): void {
    this.allowance.step();
  }

  /** Writes down what happened, unless only effects are collected. */
  tell(event: Event): void {
    if (this.occasion.isSilent) this.history.untell(event);
    else this.history.add(event);
  }

  // — the language —

  evaluate(expression: Expression): Value {
    return this.#language.evaluate(this, expression);
  }

  execute(statement: Statement): void {
    this.#language.execute(this, statement);
  }

  executeAll(body: readonly Statement[]): void {
    this.#language.executeAll(this, body);
  }

  /** Calls any value. */
  invoke(callee: Value, receiver: Value, args: Arguments, site: Site, label: string): Value {
    return this.#language.invoke(this, callee, receiver, args, site, label);
  }

  construct(callee: Value, args: Arguments, site: Site): Value {
    return this.#language.construct(this, callee, args, site);
  }

  /** `site` is the object as written where the member is called, the whole access elsewhere; `at` is where its type can be asked. */
  getMember(object: Value, key: Value, site: Site, at: Site = site): Value {
    return this.#language.getMember(this, object, key, site, at);
  }

  /** What the language itself has under a path of names, such as `Array.prototype.map`. */
  ofLanguage(path: string): Value {
    const [file = ''] = this.modules.environments.keys();
    return this.#language.builtIn(this, path, this.program.module(file)?.site ?? { file, start: 0, end: 0, line: 1 });
  }

  instanceOf(module: string, code: ClassCode): Value | undefined {
    return this.#language.instanceOf(this, module, code);
  }

  // — making —

  heap(form: HeapForm, site: Site): HeapObject {
    const heap = this.#allocated(form, site);
    // From here on it is there, on the ways that come by here. What has items is given them by whoever makes it.
    if ((heap.isRecord || form.kind === 'generator') && this.memory.store.read(heap.elements) === undefined) this.memory.writeList(heap, { items: [], others: never });
    return heap;
  }

  #allocated(form: HeapForm, site: Site): HeapObject {
    return this.allocator.allocate(`heap:${form.kind === 'instance' ? 'record' : form.kind}`, site, () => new HeapObject(form, site, new Allocation(this.occasion.preparing)), (old) => {
      if (this.allocator.isLost(old.allocation) && old.isPlain) this.#anew(old);
      else old.allocation.summary = true;
      old.allocation.renew();
    });
  }

  /** Nothing of what it held is left. */
  #anew(heap: HeapObject): void {
    heap.allocation.summary = false;
    heap.certain = undefined;
    for (const cell of heap.cells) cell.unsteady = false;
    for (const cell of heap.properties.values()) this.memory.write(cell, absent);
    this.memory.writeList(heap, { items: [], others: never });
  }

  /** As `heap`, of an object that the program makes where it is written. */
  own(form: HeapForm, site: Site): HeapObject {
    const heap = this.heap(form, site);
    const { occasion } = this;
    heap.single = occasion.preparing && occasion.holder === 'file' && !occasion.isSilent && !this.allocator.isRepeating;
    return heap;
  }

  node(role: Role, label: string, site: Site, inputs: readonly Input[] = []): Node {
    const node = this.allocator.allocate(`node:${role.kind}:${label}`, site, () => new Node(role, label, site, this.frame.chain, this.tapes, this.occasion.holder));
    node.repeated ||= this.allocator.isRepeating;
    if (telling.has(role.kind)) this.allowance.worthwhile(site);
    for (const input of inputs) node.connect(input.from, input.effect, input.site);
    return node;
  }

  // — control —

  /** Runs each way on a store of its own and goes on where any of them comes out. */
  either(...ways: readonly (() => void)[]): void {
    if (!this.reachable) return;
    const [only, ...more] = ways;
    if (only !== undefined && more.length === 0) {
      only();
      return;
    }
    const { memory } = this;
    const before = memory.store;
    const out: Delta[] = [];
    for (const way of ways) {
      memory.store = before.fork();
      this.reachable = true;
      this.#undecided++;
      way();
      this.#undecided--;
      if (this.comesOut) out.push(memory.store.since(memory.store));
      memory.store = before;
    }
    this.reachable = out.length > 0;
    memory.absorb(out);
  }

  /** Whether the code at hand runs whenever the code does for which the tapes at hand were opened, or else the program. */
  get runsForCertain(): boolean {
    return this.#undecided === this.#undecidedOutside;
  }

  /** As `reachable`, for what the compiler does not see change. */
  get comesOut(): boolean {
    return this.reachable;
  }

  /** The values of several ways, joined; ways that do not come out give none. */
  eitherValue(...ways: readonly (() => Value)[]): Value {
    let result: Value = never;
    this.either(...ways.map((way) => () => {
      const value = way();
      if (this.reachable) result = this.memory.joiner.values(result, value);
    }));
    return result;
  }

  /** What has been written since the frame's innermost catching statement began. */
  delta(): Delta {
    return this.memory.store.since(this.frame.base);
  }

  leave(exit: Exit): void {
    if (this.reachable) this.frame.exits.push(exit);
    this.reachable = false;
  }

  /** Leaves the code at hand with an exception. */
  throws(value: Value): void {
    if (this.reachable) this.trial?.add(value, this.memory.store);
    this.reachable = false;
  }

  /** The step at hand may throw, or not. */
  mayThrow(): void {
    if (this.reachable && this.trial !== undefined) this.trial.isOpen = true;
  }

  /**
   * Runs `body` so that the exits `caught` picks end here: the store goes on from all of them and from the end
   * of `body`; the others are passed on.
   */
  catching<E extends Exit>(caught: (exit: Exit) => exit is E, body: () => void): readonly E[] {
    const { frame, memory } = this;
    const outer = { base: frame.base, exits: frame.exits };
    const below = memory.store;
    memory.store = frame.base = below.fork();
    frame.exits = [];
    body();
    const mine = frame.exits.filter(caught);
    const others = frame.exits.filter((exit) => !caught(exit));
    const ways: Delta[] = mine.map((exit) => exit.delta);
    if (this.reachable) ways.push(memory.store.since(frame.base));
    memory.store = below;
    frame.base = outer.base;
    frame.exits = outer.exits;
    for (const exit of others) frame.exits.push({ ...exit, delta: this.#extend(exit.delta) });
    this.reachable = ways.length > 0;
    memory.absorb(ways);
    return mine;
  }

  /** A delta since the inner base, as one since the outer base. */
  #extend(delta: Delta): Delta {
    const whole = new Map(this.delta());
    for (const [cell, content] of delta) whole.set(cell, content);
    return whole;
  }

  /** Runs `body` for its effects on the store only; what it does may happen or not. */
  perhaps(body: () => void): void {
    this.occasion.silently(() => { this.either(() => undefined, body); });
  }

  // — where code stands —

  /**
   * Runs `body` as code of its own: outside every scope, loop and call, silently, its effects there for all
   * branches (a module's top level, the construction of an instance that is known by its type).
   */
  apart<T>(body: () => T): T {
    const { memory, occasion, tapes, frame, environment, reachable, trial } = this;
    const { store, root } = memory;
    const { preparing } = occasion;
    const written = root.count;
    memory.store = root;
    this.tapes = this.trial = undefined;
    this.reachable = true;
    occasion.preparing = true;
    this.frame = outermost(memory.store);
    try {
      // It is run once for all: whoever is run again finds what it has left.
      return this.turns.outside(() => memory.unwatched(() => this.allocator.once(() => occasion.silently(body))));
    } finally {
      memory.store = store;
      store.touch(root, written);
      this.tapes = tapes;
      this.trial = trial;
      this.frame = frame;
      this.environment = environment;
      this.reachable = reachable;
      occasion.preparing = preparing;
    }
  }

  /** Runs `body` as what a call does that is written in the program. */
  calling<T>(site: Site, body: () => T): T {
    return this.#framed({ chain: { site, caller: this.frame.chain } }, body);
  }

  /** Runs `body` as what code does that is not known and was handed something by the code at hand. */
  parted<T>(body: () => T): T {
    return this.#framed({ isParted: true }, body);
  }

  #framed<T>(change: Partial<Frame>, body: () => T): T {
    const { frame } = this;
    this.frame = { ...frame, ...change };
    try {
      return body();
    } finally {
      this.frame = frame;
    }
  }

  /** Runs `body` while these tapes record. */
  taped<T>(tapes: OpenTapes | undefined, body: () => T): T {
    const outer = { tapes: this.tapes, undecided: this.#undecidedOutside };
    this.tapes = tapes;
    this.#undecidedOutside = this.#undecided;
    try {
      return body();
    } finally {
      this.tapes = outer.tapes;
      this.#undecidedOutside = outer.undecided;
    }
  }

  /** Runs `body` and restores frame, environment and tapes, also when it is abandoned. */
  guarded<T>(body: () => T): T {
    const { frame, environment, tapes, reachable, memory, trial } = this;
    const undecided = this.#undecided;
    const { store } = memory;
    const { base, exits } = frame;
    try {
      return body();
    } catch (error) {
      memory.store = store;
      this.reachable = reachable;
      this.#undecided = undecided;
      frame.base = base;
      frame.exits = exits;
      throw error;
    } finally {
      this.frame = frame;
      this.environment = environment;
      this.tapes = tapes;
      this.trial = trial;
    }
  }
}
