/**
 * The abstract machine: where the interpreter stands. It holds the store, the frames of the calls in progress
 * and the open tapes, makes nodes, and joins the ways through a branch.
 */
import type { Library } from '../libraries/library.ts';
import type { FunctionCode, Site } from '../program/ir.ts';
import type { Program } from '../program/program.ts';
import { Models } from '../domain/block.ts';
import { Environment } from '../domain/environment.ts';
import { type CallChain, type Edge, Node, type NodeKind, type OpenTapes } from '../domain/graph.ts';
import { Joiner } from '../domain/join.ts';
import type { Mistake } from '../judgements/gradients/mistakes.ts';
import type { Realm } from './realm.ts';
import { Recursion } from './recursion.ts';
import type { ScopeRun } from '../tensors/scopes.ts';
import type { ComputedGradient, Suspicion, SyncRead } from '../judgements/training/suspicions.ts';
import { type Content, type Delta, Cell, Store, isList } from '../domain/store.ts';
import { type ClassValue, type ClosureValue, type InstanceValue, type HeapForm, HeapObject, type ListState, type ObjectValue, type Value, never, undefinedValue } from '../domain/value.ts';

/** A way out of a statement that is not its end. */
export type Exit =
  | { readonly kind: 'return'; readonly value: Value; readonly delta: Delta }
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined; readonly delta: Delta }
  | { readonly kind: 'throw'; readonly delta: Delta };

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
  /** Runs after the synchronous part of its callers: behind an `await`, in a promise's callback. */
  late: boolean;
}

/** A use of a name that fails when it runs. */
export interface UninitialisedUse {
  readonly name: string;
  readonly site: Site;
  /** The declaration that has not run yet, where there is one. */
  readonly declared: Site | undefined;
  readonly effect: 'ReferenceError' | 'TypeError';
}

/** What the analysis listens to while code is interpreted. */
export interface Observer {
  /** A name is read that is certainly not initialised yet. */
  uninitialised(use: UninitialisedUse, machine: Machine): void;
  /** A function of the program has been called. */
  entered(code: FunctionCode): void;
  /** A function brings its own derivative: only the library calls it, as `apply` does. */
  customised(code: FunctionCode, apply: () => void): void;
  /** A function value has been made. */
  created(closure: ClosureValue): void;
  /** An instance of a class of the program has been made. */
  constructed(instance: ObjectValue): void;
  /** Weights get their values in another way than from the scopes that are seen. */
  updated(weights: Node | undefined, how: 'trained' | 'overwritten'): void;
  /** A tensor is read synchronously while a tape records. */
  syncRead(read: SyncRead): void;
  /** Gradients have been computed. */
  gradient(gradient: ComputedGradient): void;
  /** A call is suspicious by itself. */
  suspicion(suspicion: Suspicion): void;
  /** A call is wrong by itself. */
  mistake(mistake: Mistake, machine: Machine): void;
  /** A gradient scope has been run to its end. */
  scope(run: ScopeRun, machine: Machine): void;
}

/** Interpretation was stopped because the code is larger than the bound. */
export class BudgetExceeded extends Error {}

export class Machine {
  store = new Store(undefined);
  frame: Frame;
  environment = new Environment(undefined);
  /** The tapes that record. */
  tapes: OpenTapes | undefined;
  /** False once the code at hand cannot be reached. */
  reachable = true;
  /** A trainable variable has been made: a scope that asks for every variable finds one. */
  hasVariables = false;
  /** Gradients have been computed: what becomes of them is followed. */
  hasGradients = false;
  /** Functions of the program that have given a gradient back. */
  readonly givers = new Map<Node, readonly FunctionCode[]>();
  /** How many instances that are known by their type only are being made. */
  byType = 0;
  /** How many imported files are being run. */
  importing = 0;
  /** What is made now is there for every function that is run on its own later. */
  preparing = true;
  /** How many enclosing runs only collect effects and report nothing. */
  muted = 0;
  readonly joiner: Joiner = new Joiner();
  /** Steps that may still be taken. */
  budget = 0;
  #allocations: Map<string, unknown> | undefined;
  #path = '';
  /** Values handed to code that the interpreter does not know. */
  readonly escaped = new Set<Node>();
  readonly recursion: Recursion = new Recursion();
  /** Tensors that begin with one number everywhere, with their shapes. */
  readonly uniform = new Map<Node, readonly number[]>();
  /** What models gave, by the model. */
  readonly predictions = new Map<Node, InstanceValue>();
  readonly models: Models = new Models();

  constructor(readonly program: Program, readonly libraries: readonly Library[], readonly realm: Realm, readonly observer: Observer) {
    this.frame = { code: undefined, receiver: undefinedValue, home: undefined, chain: undefined, caller: undefined, depth: 0, base: this.store, exits: [], late: false };
  }

  /** How many calls are in progress. */
  get depth(): number {
    return this.frame.depth;
  }

  step(): void {
    if (--this.budget < 0) throw new BudgetExceeded();
  }

  /** Whether the code at hand is brought to a fixpoint: it stands for any number of runs. */
  get repeating(): boolean {
    return this.#allocations !== undefined;
  }

  // — cells —

  read(cell: Cell): Value | undefined {
    const content = this.store.read(cell);
    return content === undefined || isList(content) ? undefined : content;
  }

  write(cell: Cell, value: Value): void {
    this.#put(cell, value);
  }

  list(heap: HeapObject): ListState {
    const content = this.store.read(heap.elements);
    return content !== undefined && isList(content) ? content : { items: [], others: content ?? never };
  }

  writeList(heap: HeapObject, list: ListState): void {
    this.#put(heap.elements, list);
  }

  #put(cell: Cell, content: Content): void {
    const before = cell.summary ? this.store.read(cell) : undefined;
    this.store.write(cell, before === undefined ? content : this.joiner.contents(before, content));
  }

  // — allocation —

  /**
   * Makes something once per place and calling path while a loop is brought to its fixpoint, so that the
   * second round meets what the first one made (allocation-site abstraction).
   */
  allocate<T>(tag: string, site: Site, make: () => T, again: (old: T) => void): T {
    if (this.#allocations === undefined) return make();
    const key = `${this.#path}|${site.file}|${String(site.start)}|${String(site.end)}|${tag}`;
    const old = this.#allocations.get(key) as T | undefined;
    if (old !== undefined) {
      again(old);
      return old;
    }
    const made = make();
    this.#allocations.set(key, made);
    return made;
  }

  /** A loop is being brought to its fixpoint: one node stands for the values of several rounds. */
  get iterating(): boolean {
    return this.#allocations !== undefined;
  }

  /** Runs `body` as a further step on the calling path. */
  along<T>(step: string | number, body: () => T): T {
    if (this.#allocations === undefined) return body();
    const path = this.#path;
    this.#path = `${path}>${String(step)}`;
    try {
      return body();
    } finally {
      this.#path = path;
    }
  }

  /** Runs `body` with allocations shared between its rounds. */
  untilFixpoint<T>(body: () => T): T {
    if (this.#allocations !== undefined) return body();
    this.#allocations = new Map();
    this.#path = '';
    this.joiner.rounds = true;
    try {
      return body();
    } finally {
      this.joiner.rounds = false;
      this.#allocations = undefined;
    }
  }

  heap(form: HeapForm, site: Site, of?: ClassValue, base?: HeapObject['base']): HeapObject {
    return this.allocate(`heap:${form}`, site, () => {
      const heap = new HeapObject(form, of, base, new Cell('[]'), site);
      heap.shared = heap.elements.shared = this.preparing;
      return heap;
    }, (old) => {
      old.summary = true;
      old.elements.summary = true;
      for (const cell of old.properties.values()) cell.summary = true;
    });
  }

  node(kind: NodeKind, label: string, site: Site, inputs: readonly { readonly from: Node; readonly effect: Edge['effect']; readonly site: Site }[] = []): Node {
    const node = this.allocate(`node:${kind}:${label}`, site, () => new Node(kind, label, site, this.frame.chain, this.tapes), () => undefined);
    if (this.byType > 0) node.typed = true;
    if (this.importing > 0) node.elsewhere = true;
    for (const input of inputs) node.connect(input.from, input.effect, input.site);
    return node;
  }

  // — control —

  /** Runs each way on a store of its own and goes on where any of them comes out. */
  either(...ways: readonly (() => void)[]): void {
    const before = this.store;
    const out: Delta[] = [];
    for (const way of ways) {
      this.store = before.fork();
      if (this.#comesOut(way)) out.push(this.store.since(this.store));
      this.store = before;
    }
    this.reachable = out.length > 0;
    this.store.absorb(out, this.joiner.contents);
  }

  #comesOut(way: () => void): boolean {
    this.reachable = true;
    way();
    return this.reachable;
  }

  /** The values of several ways, joined; ways that do not come out give none. */
  eitherValue(...ways: readonly (() => Value)[]): Value {
    let result: Value = never;
    this.either(...ways.map((way) => () => {
      const value = way();
      if (this.reachable) result = this.joiner.values(result, value);
    }));
    return result;
  }

  /** What has been written since the frame's innermost catching statement began. */
  delta(): Delta {
    return this.store.since(this.frame.base);
  }

  leave(exit: Exit): void {
    this.frame.exits.push(exit);
    this.reachable = false;
  }

  /**
   * Runs `body` so that the exits `caught` picks end here: the store goes on from all of them and from the end
   * of `body`; the others are passed on.
   */
  catching<E extends Exit>(caught: (exit: Exit) => exit is E, body: () => void): readonly E[] {
    const frame = this.frame;
    const outer = { base: frame.base, exits: frame.exits };
    const below = this.store;
    this.store = frame.base = below.fork();
    frame.exits = [];
    body();
    const mine = frame.exits.filter(caught);
    const others = frame.exits.filter((exit) => !caught(exit));
    const ways: Delta[] = mine.map((exit) => exit.delta);
    if (this.reachable) ways.push(this.store.since(frame.base));
    this.store = below;
    frame.base = outer.base;
    frame.exits = outer.exits;
    for (const exit of others) frame.exits.push({ ...exit, delta: this.#extend(exit.delta) });
    this.reachable = ways.length > 0;
    this.store.absorb(ways, this.joiner.contents);
    return mine;
  }

  /** A delta since the inner base, as one since the outer base. */
  #extend(delta: Delta): Delta {
    const whole = new Map(this.store.since(this.frame.base));
    for (const [cell, content] of delta) whole.set(cell, content);
    return whole;
  }

  /** Runs `body` for its effects on the store only; what it does may happen or not. */
  perhaps(body: () => void): void {
    this.muted++;
    try {
      this.either(() => undefined, body);
    } finally {
      this.muted--;
    }
    this.reachable = true;
  }

  /**
   * Runs `body` as code of its own: outside every scope, loop and call, silently, its effects there for all
   * branches (a module's top level, the construction of an instance that is known by its type).
   */
  apart<T>(body: () => T): T {
    const { store, tapes, frame, environment, reachable, preparing } = this;
    const allocations = this.#allocations;
    let root = store;
    while (root.below !== undefined) root = root.below;
    this.store = root;
    this.tapes = undefined;
    this.#allocations = undefined;
    this.reachable = true;
    this.preparing = true;
    this.muted++;
    this.frame = { code: undefined, receiver: undefinedValue, home: undefined, chain: undefined, caller: undefined, depth: 0, base: root, exits: [], late: false };
    try {
      return body();
    } finally {
      this.muted--;
      this.store = store;
      this.tapes = tapes;
      this.frame = frame;
      this.environment = environment;
      this.reachable = reachable;
      this.preparing = preparing;
      this.#allocations = allocations;
    }
  }

  /** Runs `body` as what a call does that is written in the program. */
  calling<T>(site: Site, body: () => T): T {
    const caller = this.frame;
    this.frame = { ...caller, chain: { site, caller: caller.chain } };
    try {
      return body();
    } finally {
      this.frame = caller;
    }
  }

  /** Runs `body` where no tape records. */
  offTape<T>(body: () => T): T {
    const { tapes } = this;
    this.tapes = undefined;
    try {
      return body();
    } finally {
      this.tapes = tapes;
    }
  }

  /** Runs `body` and restores frame, environment and tapes, also when it is abandoned. */
  guarded<T>(body: () => T): T {
    const { frame, environment, tapes, store, reachable } = this;
    const { base, exits } = frame;
    try {
      return body();
    } catch (error) {
      this.store = store;
      this.reachable = reachable;
      frame.base = base;
      frame.exits = exits;
      throw error;
    } finally {
      this.frame = frame;
      this.environment = environment;
      this.tapes = tapes;
    }
  }
}
