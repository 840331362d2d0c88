/**
 * Abstract values. A value stands for all run-time values that may be there; `unknown` stands for any.
 */
import type { Facts } from '../calculus/numbers/facts.ts';
import type { Library } from '../libraries/library.ts';
import type { ClassCode, FunctionCode, Literal, Site } from '../program/ir.ts';
import type { StaticType } from '../program/program.ts';
import type { Block } from './block.ts';
import type { Environment } from './environment.ts';
import type { Node } from './graph.ts';
import type { Invocation } from '../interpreter/invocation.ts';
import type { Cell } from './store.ts';
import type { HeldTape } from '../tensors/tapes.ts';

export type Value =
  /** No value: the code cannot get here. */
  | { readonly kind: 'never' }
  /** A `let`, `const` or `class` before its declaration has run. */
  | { readonly kind: 'uninitialised' }
  | { readonly kind: 'literal'; readonly value: Literal }
  /** A number, string, boolean, typed array or plain nested array of them; `node` when tensor values went into it. */
  | { readonly kind: 'host'; readonly node: Node | undefined }
  | TensorValue
  | ClosureValue
  | NativeValue
  | ObjectValue
  | ClassValue
  | { readonly kind: 'promise'; readonly value: Value }
  /** A namespace, function or class that a library exports. */
  | LibraryValue
  /** The namespace of a source file of the program. */
  | { readonly kind: 'module'; readonly file: string }
  /** An instance of a library's class other than a tensor. */
  | InstanceValue
  | UnknownValue
  | { readonly kind: 'union'; readonly members: readonly Value[] };

export interface TensorValue {
  readonly kind: 'tensor';
  readonly library: Library;
  /** `Tensor`, or `Variable` where the value can be assigned. */
  readonly class: string;
  readonly node: Node;
  readonly facts: Facts;
}

export interface ClosureValue {
  readonly kind: 'closure';
  readonly code: FunctionCode;
  readonly environment: Environment;
  /** `this` of an arrow function, or of a bound method. */
  readonly receiver: Value | undefined;
  /** The class in whose body the function stands, for `super`. */
  readonly home: ClassValue | undefined;
}

/** A function of the language or of a library whose behaviour the interpreter knows. */
export interface NativeValue {
  readonly kind: 'native';
  readonly name: string;
  readonly call: (invocation: Invocation) => Value;
  /** Set on what `grad(f)` gives: calling it computes gradients. */
  readonly differentiates?: { readonly library: Library; readonly label: string; /** Where it was made. */ readonly site: Site };
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly heap: HeapObject;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly code: ClassCode;
  readonly environment: Environment;
  readonly parent: Value | undefined;
  /** Static members. */
  readonly statics: HeapObject;
}

export interface LibraryValue {
  readonly kind: 'library';
  readonly library: Library;
  /** Export path: `''` for the namespace itself, `train.adam`. */
  readonly path: string;
  /** Under which name a described module hands it on. */
  readonly alias?: string;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly library: Library;
  readonly class: string;
  /** The weights of a model or layer, the contents of a buffer, what stands for a tape. */
  readonly node: Node | undefined;
  readonly tape?: HeldTape;
  /** What a layer or model is built of. */
  readonly block?: Block;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly node: Node;
  readonly type: StaticType | undefined;
}

export type HeapForm = 'record' | 'array' | 'map' | 'set';

/** An object of the program. What its properties hold is in the store; this is its identity. */
export class HeapObject {
  readonly properties = new Map<string, Cell>();
  /** Accessors by key. */
  readonly accessors = new Map<string, { get?: ClosureValue; set?: ClosureValue }>();
  /** It stands for several run-time objects: writes are joins. */
  summary = false;
  /** Tensors that are certainly among the items, wherever they stand. */
  certain: readonly Node[] = [];
  /** It was there before any function was run on its own. */
  shared = false;
  /** It has properties that the interpreter has not seen. */
  open: UnknownValue | undefined;

  /** The variable or property that an array or collection was first stored in. */
  name: string | undefined;

  readonly class: ClassValue | undefined;

  constructor(
    readonly form: HeapForm,
    of: ClassValue | undefined,
    /** The library class that the object's class extends. */
    readonly base: { readonly library: Library; readonly name: string } | undefined,
    /** Array items (a list), or what unknown keys may hold. */
    readonly elements: Cell,
    readonly site: Site,
  ) {
    this.class = of;
  }
}

/** The items of an array: those known by position, then any number of others. */
export interface ListState {
  readonly items: readonly Value[];
  readonly others: Value;
}

export const never: Value = { kind: 'never' };
export const uninitialised: Value = { kind: 'uninitialised' };
export const undefinedValue: Value = { kind: 'literal', value: undefined };
export const plainHost: Value = { kind: 'host', node: undefined };

export function literal(value: Literal): Value {
  return { kind: 'literal', value };
}

export function host(node: Node | undefined): Value {
  return node === undefined ? plainHost : { kind: 'host', node };
}

export function members(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.members : [value];
}

export function isNullish(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null);
}

/** A name that people expect and the library does not have. */
export function isMissing(value: Value): boolean {
  return value.kind === 'library' && value.library.absent.includes(value.path);
}

export function isUndefined(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined;
}

/** The value without `undefined` and `null`; itself when nothing else is left. */
export function nonNullish(value: Value): Value {
  if (value.kind !== 'union') return value;
  const rest = value.members.filter((member) => !isNullish(member));
  const [only] = rest;
  if (only === undefined) return value;
  return rest.length === 1 ? only : { kind: 'union', members: rest };
}

/** Whether a condition on the value is known: `undefined` when it may go both ways. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'literal': return Boolean(value.value);
    case 'library': return !isMissing(value);
    case 'tensor': case 'closure': case 'native': case 'object': case 'class': case 'promise': case 'instance': case 'module': return true;
    case 'union': {
      const [first, ...rest] = value.members.map(truth);
      return rest.every((other) => other === first) ? first : undefined;
    }
    default: return undefined;
  }
}

/** Binding or property key as text; undefined when the key is not known. */
export function keyText(key: Value): string | undefined {
  return key.kind === 'literal' && key.value !== null && key.value !== undefined ? String(key.value) : undefined;
}
