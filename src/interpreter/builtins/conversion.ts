/** How the language makes a text, a number or a key of an object: by asking the object's own methods. */
import { callWith } from '../../domain/invocation.ts';
import type { HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { isNullish, keyOfText, keyText, literal, members, plainHost, symbol } from '../../domain/values.ts';
import type { Expression, Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { accessorsOf } from '../values/attributes.ts';
import { unknownFrom } from '../values/unknown.ts';
import { ownMember } from '../values/class-members.ts';
import { languageError } from './errors.ts';

export type Hint = 'number' | 'string' | 'default';

/** Objects within objects that are looked into. */
const deepest = 3;

/** The methods that are asked, in no order. */
const asked: readonly string[] = [symbol('toPrimitive'), literal('valueOf'), literal('toString'), literal('toJSON')].flatMap((key) => keyText(key) ?? []);

/** What stands for the language's own way to make a text of an object. */
export const texts: readonly string[] = [...asked, 'join', keyText(symbol('toStringTag')) ?? ''];

/** What an operator takes in place of a value: of an object that says itself what it is worth, that. */
export function toPrimitive(m: Machine, written: Value, hint: Hint, site: Site): Value {
  const value = unboxed(m, written, hint);
  if (!members(value).every((member) => isSimple(member) || isAsked(m, member))) m.mayThrow();
  if (!members(value).some((member) => isAsked(m, member))) return value;
  return m.eitherValue(...members(value).map((member) => () => (isAsked(m, member) ? primitiveOf(m, member, hint, site) : member)));
}

/** What an object that stands for a plain value is worth, where nobody has said otherwise. */
export function unboxed(m: Machine, value: Value, hint: Hint): Value {
  if (value.kind !== 'object' || value.heap.primitive === undefined || isAsked(m, value) || m.builtIn.patches.touches(...asked) || value.heap.open !== undefined) return value;
  return literal(hint === 'string' ? String(value.heap.primitive) : value.heap.primitive);
}

/** What is a text, a number or a symbol already. */
function isSimple({ kind }: Value): boolean {
  return kind === 'literal' || kind === 'host' || kind === 'symbol' || kind === 'closure';
}

/** The key that an expression names. */
export function evaluateKey(m: Machine, e: Expression): Value {
  return e.op === 'constant' ? m.evaluate(e) : toPrimitive(m, m.evaluate(e), 'string', e.site);
}

/** `hint`: undefined where it is not known what is wanted. */
function primitiveOf(m: Machine, value: Value, hint: Hint | undefined, site: Site): Value {
  if (value.kind === 'object' && !value.heap.isRecord) return textOf(m, value, site);
  const own = m.getMember(value, symbol('toPrimitive'), site);
  if (!isNullish(own)) return m.invoke(own, value, callWith([hint === undefined ? plainHost : literal(hint)], site), site, 'toPrimitive');
  const names = hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString'];
  return ofMethods(m, value, names, site);
}

/** The first of some methods that gives no object. */
function ofMethods(m: Machine, value: Value, [name, ...others]: readonly string[], site: Site): Value {
  // None of them does: an error of the language.
  if (name === undefined) {
    m.throws(languageError(m, 'TypeError', site));
    return { kind: 'never' };
  }
  const method = m.getMember(value, literal(name), site);
  const next = (): Value => ofMethods(m, value, others, site);
  if (method.kind === 'literal') return next();
  const result = m.invoke(method, value, callWith([], site), site, name);
  if (!m.reachable) return result;
  if (result.kind === 'literal' || result.kind === 'host' || result.kind === 'symbol') return result;
  return members(result).every(isObject) ? next() : m.eitherValue(() => result, next);
}

function isObject({ kind }: Value): boolean {
  return kind === 'object' || kind === 'closure' || kind === 'class' || kind === 'native' || kind === 'promise';
}

/** An array asks its items. */
function textOf(m: Machine, { heap }: ObjectValue, site: Site): Value {
  for (const item of m.memory.contents(heap)) toPrimitive(m, item, 'string', site);
  return plainHost;
}

/** Whether code of the program says what an object is worth. */
export function isAsked(m: Machine, value: Value, depth = 0): boolean {
  if (value.kind === 'class') return asked.some((name) => value.statics.properties.has(name) || ownMember(value, name, 'method', 'static') !== undefined);
  if (value.kind !== 'object') return false;
  const { heap } = value;
  if (heap.isRecord) return asked.some((name) => isOwn(heap, name));
  return depth < deepest && m.memory.contents(heap).some((item) => members(item).some((member) => isAsked(m, member, depth + 1)));
}

function isOwn(heap: HeapObject, name: string): boolean {
  if (heap.redirected || heap.properties.has(name) || heap.accessors.has(name)) return true;
  if (heap.prototype !== undefined && heap.prototype !== heap && isOwn(heap.prototype, name)) return true;
  for (let home: Value | undefined = heap.class; home?.kind === 'class'; home = home.parent) {
    if (ownMember(home, name, 'method', 'instance') !== undefined || ownMember(home, name, 'get', 'instance') !== undefined) return true;
  }
  return false;
}

/** Functions of the language may ask whatever they are handed, in whatever way. */
export function mayConvert(m: Machine, values: readonly Value[], site: Site): void {
  for (const value of values) {
    // What is in a list is not looked at: that would be a reason to run code again whenever it changes.
    if (!members(value).some((member) => member.kind === 'object' && member.heap.isRecord && isAsked(m, member))) continue;
    m.perhaps(() => {
      for (const name of ['toJSON', 'valueOf', 'toString']) convertBy(m, value, name, site);
    });
  }
}

/** Functions that write down what is in an object read what is there by accessors, and ask what is in it how it is written. */
export function mayRead(m: Machine, value: Value, site: Site, depth = 0): void {
  for (const member of members(value)) {
    if (member.kind !== 'object' || depth > deepest) continue;
    if (depth > 0) mayConvert(m, [member], site);
    if (accessorsOf(m, member.heap).length > 0) m.perhaps(() => { readAll(m, member, site); });
    for (const held of m.memory.contents(member.heap)) mayRead(m, held, site, depth + 1);
  }
}

function readAll(m: Machine, member: ObjectValue, site: Site): void {
  for (const name of [...member.heap.accessors.keys(), ...member.heap.attributes?.keys() ?? []]) m.getMember(member, keyOfText(name), site);
}

function convertBy(m: Machine, value: Value, name: string, site: Site): void {
  for (const member of members(value)) {
    if (member.kind !== 'object') continue;
    m.either(() => undefined, () => {
      if (!member.heap.isRecord) textOf(m, member, site);
      else if (name === 'valueOf') primitiveOf(m, member, undefined, site);
      else if (isOwn(member.heap, name)) m.invoke(m.getMember(member, literal(name), site), member, { ...callWith([], site), others: unknownFrom(m, [], site) }, site, name);
    });
  }
}
