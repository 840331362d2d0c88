/** The values of the meaning that the generator gives to programs, and the store that holds what may change. */
import type { Cause } from '../../src/calculus/cause.ts';
import { sameShape } from './shapes.ts';
import type { Block, Expr, Method, Node, Parameter, Shape, Stmt } from './syntax.ts';

/** The program is none: shapes do not fit, or a name is not known. */
export class Invalid extends Error {}

/** One tensor, at one time. A trainable variable says where it was made. */
export interface Identity {
  readonly variable?: Node | undefined;
  /** The scope that was open then. */
  readonly tape: Tape | undefined;
}

/** The outermost scope that is open. */
export interface Tape {
  readonly scope: Node;
  /** Where tensors from before it are first named. */
  readonly entries: Map<Identity, Node>;
}

export interface Ending {
  readonly cause: Cause;
  readonly at: Node;
  /** Of what was computed before the scope: where it is used. A report stands where it is first named, or at the latest here. */
  readonly used?: Node;
}

/** What a tensor depends on: alive in its own tape, or up to these endings. */
export interface Dependence {
  readonly live: ReadonlySet<Identity>;
  readonly cut: ReadonlyMap<Identity, ReadonlySet<Ending>>;
}

export interface TensorValue extends Dependence {
  readonly t: 'tensor';
  readonly shape: Shape;
  readonly self: ReadonlySet<Identity>;
  readonly tape: Tape | undefined;
  /** Variables and constants are not computed. */
  readonly leaf: boolean;
}

/** A place that holds a value. */
export class Cell {
  constructor(readonly name: string) {}
}

export interface Environment {
  readonly names: Map<string, Cell>;
  readonly outer: Environment | undefined;
}

export type Value =
  | TensorValue
  | { readonly t: 'list'; readonly items: Cell }
  | { readonly t: 'items'; readonly values: readonly Value[] }
  | { readonly t: 'record'; readonly fields: ReadonlyMap<string, Cell>; readonly of: ClassValue | undefined }
  | FunctionValue
  /** One of several functions. */
  | { readonly t: 'functions'; readonly of: readonly FunctionValue[] }
  /** On or off, or nobody knows. */
  | { readonly t: 'switch'; readonly on: boolean | undefined }
  | ClassValue;

export interface FunctionValue {
  readonly t: 'function';
  readonly code: { readonly params: readonly Parameter[]; readonly body: Block };
  readonly environment: Environment;
  readonly self: Value | undefined;
}

export interface ClassValue {
  readonly t: 'class';
  readonly code: Extract<Stmt, { k: 'class' }>;
  readonly methods: ReadonlyMap<string, Method>;
  readonly base: ClassValue | undefined;
  readonly environment: Environment;
}

export type Store = Map<Cell, Value>;

const noIdentities: ReadonlySet<Identity> = new Set();
const noEndings: ReadonlyMap<Identity, ReadonlySet<Ending>> = new Map();

export const nothing: Dependence = { live: noIdentities, cut: noEndings };

export function together(parts: readonly Dependence[]): Dependence {
  if (parts.length === 1) return parts[0]!;
  const live = new Set<Identity>();
  const cut = new Map<Identity, Set<Ending>>();
  for (const part of parts) {
    for (const identity of part.live) live.add(identity);
    for (const [identity, endings] of part.cut) cut.set(identity, new Set([...(cut.get(identity) ?? []), ...endings]));
  }
  return { live, cut };
}

type Callable = Extract<Value, { t: 'function' | 'functions' }>;

const isCallable = (value: Value): value is Callable => value.t === 'function' || value.t === 'functions';
const functionsOf = (value: Callable): readonly FunctionValue[] => (value.t === 'functions' ? value.of : [value]);

/** Says what a value depends on in the tape that is open. */
export type Settle = (value: TensorValue) => TensorValue;

/** One of two values. */
export function join(a: Value, b: Value, settle: Settle): Value {
  if (a === b) return a;
  if (a.t === 'tensor' && b.t === 'tensor') {
    if (!sameShape(a.shape, b.shape)) throw new Invalid('shapes of one name differ');
    const [left, right] = [settle(a), settle(b)];
    return { t: 'tensor', shape: a.shape, self: new Set([...a.self, ...b.self]), tape: left.leaf ? right.tape : left.tape, leaf: a.leaf && b.leaf, ...together([left, right]) };
  }
  if (a.t === 'items' && b.t === 'items') {
    if (a.values.length !== b.values.length) throw new Invalid('lengths of one list differ');
    return { t: 'items', values: a.values.map((value, index) => join(value, b.values[index]!, settle)) };
  }
  if (a.t === 'list' && b.t === 'list' && a.items === b.items) return a;
  if (a.t === 'record' && b.t === 'record' && a.fields === b.fields) return a;
  if (a.t === 'switch' && b.t === 'switch') return { t: 'switch', on: a.on === b.on ? a.on : undefined };
  if (a.t === 'function' && b.t === 'function' && a.code === b.code) return a;
  if (isCallable(a) && isCallable(b)) return { t: 'functions', of: [...new Set([...functionsOf(a), ...functionsOf(b)])] };
  throw new Invalid('one name, two things');
}

export function joinStores(a: Store, b: Store, settle: Settle): Store {
  const joined: Store = new Map();
  for (const [cell, value] of a) {
    const other = b.get(cell);
    joined.set(cell, other === undefined ? value : join(value, other, settle));
  }
  for (const [cell, value] of b) if (!joined.has(cell)) joined.set(cell, value);
  return joined;
}

export type ScopeNode = Extract<Stmt, { k: 'scope' }> | Extract<Expr, { k: 'gradient' }>;
