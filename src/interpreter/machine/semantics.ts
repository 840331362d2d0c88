/**
 * What the interpreter does not know: what the values of libraries do in the hands of the language. Who runs a program
 * says it; without a library there are no such values, and nothing here is asked.
 */
import type { Node } from '../../domain/graph.ts';
import type { Repetition } from '../../domain/lifetimes.ts';
import type { Arguments, ExportValue, HeapObject, LibraryClass, LibraryValue, ListState, NativeValue, ObjectValue, UnknownValue, Value } from '../../domain/value.ts';
import type { FunctionCode, Site } from '../../program/ir.ts';
import type { ModuleTarget, StaticType } from '../../program/program.ts';
import type { Way } from './way.ts';

/** Where a value of a type comes from: the unknown value it stands for. */
export interface Provenance {
  readonly node: Node;
  readonly site: Site;
  readonly name: string;
  /** What stands for its numbers and texts, where they may be made of others that are followed. */
  readonly plain?: Value;
}

/** What a native function is taken for that it is not. */
export type Misuse =
  /** An object with the method that is called on it. */
  | { readonly as: 'receiver'; readonly site: Site }
  /** An object with a property of this name. */
  | { readonly as: 'record'; readonly key: string }
  | { readonly as: 'iterable' };

/** What a value of a library holds. */
export interface Inside {
  readonly identity: object;
  readonly values: readonly Value[];
}

/** A loop that goes through all items of an array. */
export interface Passage {
  /** Runs one turn on an item, or on what stands for any of several. */
  turn(item: Value, run: (item: Value) => void): void;
  /** Every turn has been run to its end. */
  end(): void;
}

export interface Semantics {
  // — where the values come from —

  /** A global name that stands for something of a library; undefined for all others. */
  global(name: string): Value | undefined;
  /** What a module of a library has under a name, `*` being the module itself; undefined where its code is to be run. */
  exported(target: ModuleTarget, name: string): Value | undefined;
  /** What somebody has said of an export of a source file, in place of its code. */
  described(file: string, name: string): Value | undefined;
  /** Whether a module belongs to a library. */
  owns(target: ModuleTarget): boolean;
  /** What a library declares as the name that stands at a site. */
  declared(at: Site): Value | undefined;
  /** A value that is known by its type only; undefined where the type is of no library. */
  typed(type: Extract<StaticType, { kind: 'instance' }>, from: Provenance): Value | undefined;

  /** What a value of which nothing is known must be for a method of this name to be called on it with these arguments; undefined where it may be anything. */
  presumed(value: UnknownValue, name: string, args: Arguments, site: Site): Value | undefined;

  // — what is done with them —

  /** A property. `site` is the object as written where the member is called, the whole access elsewhere; `at` is where its type can be asked. */
  read(object: LibraryValue, name: string, site: Site, at: Site): Value;
  /** A property has been written: of a value of a library, or of an object whose class extends a library's. */
  written(object: LibraryValue | ObjectValue, name: string | undefined, value: Value): void;
  /** What iterating a value gives; undefined where nothing is known of it. */
  iterated(value: LibraryValue): ListState | undefined;
  /** A loop goes through all items of an array, with a body that stands in so many calls; undefined where that says nothing. */
  passage(through: HeapObject, depth: number): Passage | undefined;
  call(callee: ExportValue, args: Arguments, site: Site, label: string): Value;
  /** A native function is taken for something else. */
  misused(native: NativeValue, how: Misuse): void;

  // — classes that extend those of a library —

  /** The class of a library that a class of the program extends with this parent. */
  extended(parent: Value): LibraryClass | undefined;
  /** An instance is there, before any of its constructors has run. */
  begun(instance: ObjectValue): void;
  /** The constructor of the library's class runs. */
  constructed(instance: ObjectValue, args: Arguments): void;
  /** What an instance inherits from the library's class. */
  inherited(object: ObjectValue, base: LibraryClass, name: string, site: Site): Value;

  // — where they go —

  /** A value is named, or got by a property. */
  named(value: Value, site: Site): void;
  /** Values go where they may be looked at. */
  used(values: readonly Value[]): void;
  /** Code is run that may run any number of times; undefined where that is no round, nor a call, of which anything is told. What `body` gives is given away. */
  repeated(repetition: Repetition | undefined, body: () => Value | undefined): void;
  /** Code that was met elsewhere is run again: what it makes is no part of what is being run. */
  apart(body: () => void): void;
  /** Values are kept where the store does not show them. */
  withheld(values: readonly Value[]): void;
  /** All of those. */
  readonly held: Iterable<Value>;
  /** What a value of a library holds, and what tells it from others, with which it was allocated; undefined where it holds nothing. */
  inside(value: Value): Inside | undefined;
  /** The function of the program that is being run may be left in several ways. */
  left(ways: readonly Way[]): void;
  /** A function of the program gives a value back: who else calls it gets one like it. */
  returned(code: FunctionCode, value: Value): void;
}
