/** Values that are often needed, and questions about any. */
import { valueOf } from '../calculus/numbers/interval.ts';
import type { Length } from '../calculus/numbers/length.ts';
import type { Literal } from '../program/ir.ts';
import type { Node } from './graph.ts';
import type { LibraryValue, ListState, Value } from './value.ts';

export const never: Value = { kind: 'never' };
export const uninitialised: Value = { kind: 'uninitialised' };
export const undefinedValue: Value = { kind: 'literal', value: undefined };
/** What a property that has been deleted holds: `undefined`, and where it is certainly this the property is not there. */
export const absent: Value = { kind: 'literal', value: undefined };
export const plainHost: Value = { kind: 'host', node: undefined };

export function literal(value: Literal): Value {
  return { kind: 'literal', value };
}

export function host(node: Node | undefined, lengths?: Extract<Value, { kind: 'host' }>['lengths']): Value {
  if (lengths !== undefined) return { kind: 'host', node, lengths };
  return node === undefined ? plainHost : { kind: 'host', node };
}

/** A number that is known, or to be a length. */
export function amount(length: Length): Value {
  if (typeof length === 'number') return literal(length);
  return length === undefined ? plainHost : { kind: 'host', node: undefined, lengths: [], is: length };
}

/** The number that a value is, where that is known, or the length. */
export function amountOf(value: Value): Length {
  if (value.kind === 'host') return value.is;
  return value.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined;
}

export function members(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.members : [value];
}

/** The node that stands for a value in the graph. */
export function nodeOf(value: Value): Node | undefined {
  switch (value.kind) {
    case 'tensor': case 'unknown': case 'host': case 'instance': return value.node;
    default: return undefined;
  }
}

export function isOfLibrary(value: Value): value is LibraryValue {
  return value.kind === 'tensor' || value.kind === 'library' || value.kind === 'instance';
}

export function isNullish(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null);
}

/** A name that people expect and the library does not have. */
export function isMissing(value: Value): boolean {
  return value.kind === 'library' && value.library.absent.includes(value.path);
}

/** It is known, and no object. */
export function isPrimitive({ kind }: Value): boolean {
  return kind === 'literal' || kind === 'symbol';
}

export function isUndefined(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined;
}

/** Whether a property with this content may not be there. */
export function mayBeAbsent(content: Value): boolean {
  return members(content).includes(absent);
}

/** What a property holds where it is there. */
export function presentIn(content: Value): Value {
  if (content === absent) return never;
  if (!mayBeAbsent(content)) return content;
  const rest = members(content).filter((member) => member !== absent);
  const [only] = rest;
  return rest.length === 1 && only !== undefined ? only : { kind: 'union', members: rest };
}

/** The value without `undefined` and `null`; itself when nothing else is left. */
export function nonNullish(value: Value): Value {
  if (value.kind !== 'union') return value;
  const rest = value.members.filter((member) => !isNullish(member));
  const [only] = rest;
  if (only === undefined) return value;
  return rest.length === 1 ? only : { kind: 'union', members: rest };
}

/** Whether the value may be `undefined` or `null`, for all that is known. */
export function mayBeNullish(value: Value): boolean {
  return members(value).some((member) => member.kind === 'unknown' || member.kind === 'host' || isNullish(member));
}

/** Whether a condition on the value is known: `undefined` when it may go both ways. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'literal': return Boolean(value.value);
    case 'library': return !isMissing(value);
    case 'tensor': case 'closure': case 'native': case 'object': case 'class': case 'promise': case 'instance': case 'module': case 'symbol': return true;
    case 'union': {
      const [first, ...rest] = value.members.map(truth);
      return rest.every((other) => other === first) ? first : undefined;
    }
    default: return undefined;
  }
}

const symbolPrefix = '@@\0';

export function symbol(name: string): Value {
  return { kind: 'symbol', name };
}

/** Whether a key is a symbol: what lists the names of properties passes it over. */
export function isSymbolKey(key: string): boolean {
  return key.startsWith(symbolPrefix);
}

/** The key that a text stands for: the other way round than `keyText`. */
export function keyOfText(key: string): Value {
  return isSymbolKey(key) ? symbol(key.slice(symbolPrefix.length)) : literal(key);
}

/** Binding or property key as text; undefined when the key is not known. */
export function keyText(key: Value): string | undefined {
  if (key.kind === 'symbol') return symbolPrefix + key.name;
  return key.kind === 'literal' && key.value !== null && key.value !== undefined ? String(key.value) : undefined;
}

/** The value that every element has, where it is certain. */
export function uniformOf(value: Value): number | undefined {
  if (value.kind === 'tensor') return valueOf(value.facts.range);
  return value.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined;
}

/** How many items there are, where that is known. */
export function countOf({ items, others, count }: ListState): Length {
  return others.kind === 'never' ? items.length : count;
}
