/**
 * Abstract values. A value stands for all run-time values that may be there; `unknown` stands for any. What values are
 * made of, objects, calls and layers, refers to values again: all of it is in this file.
 */
import type { Argument } from '../calculus/numbers/argument.ts';
import type { Facts } from '../calculus/numbers/facts.ts';
import type { Symbolic } from '../calculus/numbers/length.ts';
import type { LayerRow } from '../libraries/layer.ts';
import type { Library } from '../libraries/library.ts';
import type { ClassCode, ClassMember, FunctionCode, Literal, Site } from '../program/ir.ts';
import type { StaticType } from '../program/program.ts';
import { type Allocation, Cell } from './cell.ts';
import type { Environment } from './environment.ts';
import type { HeldTape, Node } from './graph.ts';

export type Value =
  /** No value: the code cannot get here. */
  | { readonly kind: 'never' }
  /** A `let`, `const` or `class` before its declaration has run. */
  | { readonly kind: 'uninitialised' }
  | { readonly kind: 'literal'; readonly value: Literal }
  /** A number, string, boolean, typed array or plain nested array of them; `node` when tensor values went into it. */
  | { readonly kind: 'host'; readonly node: Node | undefined; /** Of a typed array its length; of a number none. */ readonly lengths?: readonly [] | readonly [number | Symbolic]; /** The length that a number is. */ readonly is?: Symbolic }
  /** A symbol that the language itself uses as a key: `iterator` for `Symbol.iterator`. */
  | { readonly kind: 'symbol'; readonly name: string }
  | ClosureValue
  | NativeValue
  | ObjectValue
  | ClassValue
  | PromiseValue
  /** The namespace of a source file of the program. */
  | { readonly kind: 'module'; readonly file: string }
  | LibraryValue
  | UnknownValue
  | { readonly kind: 'union'; readonly members: readonly Value[] };

/** What only a library knows to handle. */
export type LibraryValue = TensorValue | ExportValue | InstanceValue;

export interface TensorValue {
  readonly kind: 'tensor';
  readonly library: Library;
  /** `Tensor`, or `Variable` where the value can be assigned. */
  readonly class: string;
  readonly node: Node;
  readonly facts: Facts;
}

/** A namespace, function or class that a library exports. */
export interface ExportValue {
  readonly kind: 'library';
  readonly library: Library;
  /** Export path: `''` for the namespace itself, `train.adam`. */
  readonly path: string;
  /** Under which name a described module hands it on. */
  readonly alias?: string;
}

/** An instance of a library's class other than a tensor. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly library: Library;
  readonly class: string;
  /** The weights of a model or layer, the contents of a buffer, what stands for a tape. */
  readonly node: Node | undefined;
  readonly tape?: HeldTape;
  /** What a layer or model is built of. */
  readonly block?: Block;
  /** Of one weight: what is known of its tensor. */
  readonly facts?: Facts;
  /** What it remembers of its steps. */
  readonly optimizer?: Optimizer;
  /** It is the item of a loop's turn. */
  readonly turn?: Turn;
  /** Of a data set: what each of its elements is, where that is known. */
  readonly element?: Value | undefined;
}

/** One turn of a loop over the layers of a model. */
export interface Turn {
  /** What the turn has set the switch of its layer to, so far. */
  readonly switched: Cell;
  /** How many calls are in progress where the body stands. */
  readonly depth: number;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly node: Node;
  readonly type: StaticType | undefined;
}

export interface PromiseValue {
  readonly kind: 'promise';
  /** What it holds, whenever it is asked. */
  readonly value: Value;
  /** Where it is followed from turn to turn: what becomes of it. */
  readonly course?: Course;
}

/** The identity of a promise that is followed: how far it has come is in the store. */
export class Course {
  /** Whether it has settled, with what, and with what it may have failed instead. */
  readonly state: Cell;
  /** The names of those that wait for it. */
  readonly waiting: Cell;
  /** Once code that runs at some time has a hand in it, what it may hold. */
  drifted: Value | undefined;
  /** Who has it and is not known. */
  leaked: UnknownValue | undefined;
  /** Those that settle as it does. */
  readonly heirs: Course[] = [];

  constructor(allocation: Allocation) {
    this.state = new Cell('state', allocation);
    this.waiting = new Cell('waiting', allocation);
  }
}

// — functions and their calls —

export interface ClosureValue {
  readonly kind: 'closure';
  readonly code: FunctionCode;
  readonly environment: Environment;
  /** `this` of an arrow function, or of a bound method. */
  readonly receiver: Value | undefined;
  /** The class in whose body the function stands, for `super`. */
  readonly home: ClassValue | undefined;
  /** `bind` has given it. */
  readonly bound?: true;
}

/** A function of the language or of a library whose behaviour is known. */
export interface NativeValue {
  readonly kind: 'native';
  readonly name: string;
  readonly call: (invocation: Invocation) => Value;
  /** Got from a value of which it is not known what it is: it may not be there. */
  readonly perhaps?: true;
  /** The function of the program that it calls. */
  readonly runs?: ClosureValue;
  /** It has no properties but those of every function. */
  readonly bare?: true;
  /** Of a function that the language itself defines: what it says of itself in every engine. */
  readonly standard?: Standard;
  /** Under which names the language itself has it. */
  readonly path?: string;
  /** Set on what `grad(f)` gives: calling it computes gradients. */
  readonly differentiates?: { readonly library: Library; readonly label: string; /** Where it was made. */ readonly site: Site };
}

export interface Standard {
  readonly name: string;
  readonly length: number;
  readonly constructs: boolean;
}

/** The arguments of a call. */
export interface Arguments {
  readonly values: readonly Value[];
  /** Each argument as written; for those of a spread array, the spread. */
  readonly sites: readonly Site[];
  /** What further arguments may be: the tail of an array that is not known item by item. */
  readonly others: Value | undefined;
}

/** A call in progress, as a native function sees it. */
export interface Invocation {
  readonly receiver: Value;
  readonly arguments: Arguments;
  /** The whole call. */
  readonly site: Site;
  /** Name of the function as written, for paths. */
  readonly label: string;
}

// — objects and classes —

export interface ObjectValue {
  readonly kind: 'object';
  readonly heap: HeapObject;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly code: ClassCode;
  readonly environment: Environment;
  readonly parent: Value | undefined;
  /** The keys of its members that are computed, once they are. */
  readonly keys: ReadonlyMap<ClassMember, Value>;
  /** Static members. */
  readonly statics: HeapObject;
}

/** A class of a library that a class of the program extends. */
export interface LibraryClass {
  readonly library: Library;
  readonly name: string;
}

/** What an iterator gives of an entry: of an array and of a set, too. */
export type Pick = (key: Value, value: Value) => Value;

/** How an iterator goes through an array or collection. */
export interface Traversal {
  readonly pick: Pick;
  /** What that held when the iterator was made, as far as what it gives depends on it. */
  readonly held: readonly unknown[];
  /** What it was to give then. */
  readonly list: ListState;
}

/** What an object is: a plain one, one that a class of the program has made, or a container of the language. */
export type HeapForm =
  | { readonly kind: 'record' }
  | { readonly kind: 'instance'; readonly class: ClassValue; readonly base: LibraryClass | undefined }
  /** `numbers`: what a typed array makes of what is written to it. */
  | { readonly kind: 'array'; readonly numbers?: (value: unknown) => Literal; /** The `arguments` of a call: it has items, and no methods. */ readonly arguments?: true; /** Known by its type only: a class that extends `Array` may have made it. */ readonly declared?: true }
  /** What iterating it gives, in its list: once. */
  | { readonly kind: 'iterator'; /** The arrays and collections that it may go through. */ readonly over: Map<HeapObject, Traversal> }
  /** What the call of a generator gives. */
  | { readonly kind: 'generator'; readonly async: boolean }
  | { readonly kind: 'map' | 'set'; readonly weak?: true };

/** An object of the program. What its properties hold is in the store; this is its identity. */
export class HeapObject {
  readonly properties = new Map<string, Cell>();
  /** Accessors by key; `before`: how many of the properties stand before it. */
  readonly accessors = new Map<string, { before: number; get?: ClosureValue; set?: ClosureValue }>();
  /** What is said of single properties besides what they hold, where it is not what an assignment makes of them. */
  attributes: Map<string, Cell> | undefined;
  /** Array items (a list), or what unknown keys may hold. */
  readonly elements: Cell;
  /** Values that are certainly among the items, wherever they stand, while it holds the list in which they were put. */
  certain: { readonly nodes: readonly Node[]; readonly list: ListState } | undefined;
  /** It can be called all the same, as what functions of the language inherit from. */
  callable = false;
  /** Whether it takes new properties, where something was said of that. */
  extensible: Cell | undefined;
  /** Its keys may stand in another order than that in which they were first written. */
  unordered = false;
  /** The number, text or truth value that it stands for, as `new Number(1)` does. */
  primitive: Exclude<Literal, null | undefined> | undefined;
  /** It has properties that the interpreter has not seen. */
  open: UnknownValue | undefined;
  /** What it inherits from, where that is not what its form says. */
  prototype: HeapObject | undefined;
  /** It may have been given something else to inherit from, which is not followed. */
  redirected = false;
  /** When a write to its properties takes effect: never once it has been frozen from the beginning. */
  writable: 'always' | 'perhaps' | 'never' = 'always';
  /** It is one object of a run, which the program has made itself where nothing runs twice: no other stands for the same. */
  single = false;
  /** The variable or property that an array or collection was first stored in. */
  name: string | undefined;

  constructor(readonly form: HeapForm, readonly site: Site, readonly allocation: Allocation) {
    this.elements = new Cell('[]', allocation);
  }

  /** The class of the program that it is an instance of. */
  get class(): ClassValue | undefined {
    return this.form.kind === 'instance' ? this.form.class : undefined;
  }

  /** The library's class that its class extends. */
  get base(): LibraryClass | undefined {
    return this.form.kind === 'instance' ? this.form.base : undefined;
  }

  get isArray(): boolean {
    return this.form.kind === 'array';
  }

  /** Its properties are its contents: it is no container. */
  get isRecord(): boolean {
    return this.form.kind === 'record' || this.form.kind === 'instance';
  }

  /** What it holds is all that there is to it. */
  get isPlain(): boolean {
    return this.open === undefined && this.extensible === undefined && this.attributes === undefined && this.accessors.size === 0 && this.form.kind !== 'iterator' && this.form.kind !== 'generator';
  }

  get cells(): readonly Cell[] {
    return [...this.properties.values(), this.elements];
  }
}

/** The items of an array: those known by position, then any number of others. */
export interface ListState {
  readonly items: readonly Value[];
  readonly others: Value;
  /** How many there are altogether, where that is known though not all of them are known by position. */
  readonly count?: number | Symbolic;
}

// — layers and models —

/** What a layer or model of a library is built of. */
export type Structure =
  /** A layer of the library; without a row nothing is known of its weights. */
  | { readonly kind: 'layer'; readonly name: string; readonly row: LayerRow | undefined }
  /** One after the other: the list is in the store. */
  | { readonly kind: 'sequence'; readonly parts: ObjectValue }
  /** Between symbolic tensors. */
  | { readonly kind: 'graph'; readonly inputs: readonly Node[]; readonly outputs: readonly Node[]; readonly single: boolean }
  /** One of the parts of a model, and it is not known which. */
  | { readonly kind: 'some part'; readonly model: InstanceValue }
  | { readonly kind: 'unknown' };

/** A configuration as it was read. */
export interface Configuration {
  readonly settings: ReadonlyMap<string, Argument>;
  /** The layer that this one runs, if it runs another. */
  readonly inner: Value;
}

/** The identity of a layer or model that a library makes. What may change about it is in the store. */
export class Block {
  /** Whether its weights belong to those that a model trains. */
  readonly trainable: Cell;
  /** Whether the variables themselves are trainable: the library sets that where it is assigned, not where it is configured. */
  readonly flag: Cell;
  /** Set once the weights are there. */
  readonly built: Cell;
  /** The shape that it was built for, which it takes from then on; undefined before. */
  readonly takes: Cell;
  /** What `compile` was told. */
  readonly compiled: Cell;
  /** The call that trains it, by its place in the history; undefined before the first. */
  readonly training: Cell;
  /** What its configuration said when it was made; undefined where that is not known, or differs from one time to the next. */
  configured: Configuration | undefined;
  /** Of a model: what the switch of each of its layers has been set to, where a loop has gone through all of them; else `undefined`. */
  readonly each: Cell;
  /** Of a model: how it has got layers, or lost some, since it was built; `false` where it has not. What runs is what was there then. */
  readonly outdated: Cell;
  /** Of a model: a list that the library keeps for it, and puts nothing into. */
  readonly empty: Cell;

  constructor(readonly structure: Structure, readonly config: Value, readonly site: Site, readonly allocation: Allocation) {
    [this.trainable, this.flag, this.built] = [new Cell('trainable', allocation), new Cell('flag', allocation), new Cell('built', allocation)];
    [this.takes, this.compiled, this.training, this.each] = [new Cell('takes', allocation), new Cell('compiled', allocation), new Cell('training', allocation), new Cell('each', allocation)];
    [this.outdated, this.empty] = [new Cell('outdated', allocation), new Cell('empty', allocation)];
  }
}

/** The identity of an optimizer that keeps moments of what it has moved. */
export class Optimizer {
  /** Its last step, by its place in the history; no literal where it may be any, or none yet. */
  readonly last: Cell;

  constructor(readonly node: Node, allocation: Allocation) {
    this.last = new Cell('last step', allocation);
  }
}
