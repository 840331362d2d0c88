/** Assignment to the left-hand sides of the language. */
import type { ListState, Value } from '../domain/value.ts';
import { isNullish, members, nonNullish } from '../domain/values.ts';
import type { Pattern, PatternElement, Site } from '../program/ir.ts';
import { evaluateKey, toPrimitive } from './builtins/conversion.ts';
import { fails, languageError } from './builtins/errors.ts';
import { isRefused, iterate, ownIterator, unknownIterator } from './builtins/iteration.ts';
import { hasOwnIterator, type OwnIterator } from './builtins/own-iterator.ts';
import type { Machine } from './machine/machine.ts';
import { globalObject } from './members/global-object.ts';
import { setMember, writeTo } from './members/writing.ts';
import { store } from './modules.ts';
import { itemAt, ownArray } from './values/lists.ts';
import { handedOn, nameSources } from './values/naming.ts';
import { omitMembers } from './values/properties.ts';
import { refineAt } from './values/types.ts';

/** `depth` is that of the names given to sources: of the calls in progress, or `handedOn`. */
export function assign(m: Machine, target: Pattern, value: Value, depth = m.depth): void {
  switch (target.kind) {
    case 'binding': {
      if (!target.declares) m.semantics.used([value]);
      if (target.binding.kind !== 'kept') nameSources(m, value, target.binding.name, target.binding.kind === 'parameter' ? handedOn : depth);
      store(m, target.binding, value, target.declares);
      return;
    }
    case 'free':
      m.mayThrow();
      writeTo(m, globalObject(m, target.site), { name: target.name, value, site: target.site, refused: 'may fail' });
      return;
    case 'member': {
      const object = m.evaluate(target.object);
      const key = evaluateKey(m, target.key);
      setMember(m, object, key, value, target);
      return;
    }
    case 'object': assignObject(m, target, value, depth); return;
    case 'array': assignArray(m, target, value, depth); return;
  }
}

/** Of nothing no part can be taken. */
function isAbsent(m: Machine, value: Value, site: Site): boolean {
  if (isNullish(value) && m.trial !== undefined) m.throws(languageError(m, 'TypeError', site));
  else if (members(value).some((member) => isNullish(member) || member.kind === 'unknown' || member.kind === 'host')) m.mayThrow();
  return !m.reachable;
}

function assignObject(m: Machine, target: Extract<Pattern, { kind: 'object' }>, given: Value, depth: number): void {
  if (isAbsent(m, given, target.site)) return;
  const source = refineAt(m, nonNullish(given), target.site);
  const taken: string[] = [];
  for (const property of target.properties) {
    const key = evaluateKey(m, property.key);
    if (key.kind === 'literal') taken.push(String(key.value));
    if (source.kind === 'native' && key.kind === 'literal') m.semantics.misused(source, { as: 'record', key: String(key.value) });
    const give = placed(m, property.pattern, depth);
    if (!m.reachable) return;
    const value = m.getMember(source, key, property.pattern.site);
    if (m.comesOut) give(withDefault(m, property, value));
  }
  if (target.rest !== undefined) assign(m, target.rest, omitMembers(m, source, taken, target.site), depth);
}

type ArrayPattern = Extract<Pattern, { kind: 'array' }>;

function assignArray(m: Machine, target: ArrayPattern, value: Value, depth: number): void {
  if (isAbsent(m, value, target.site)) return;
  const source = refineAt(m, nonNullish(value), target.site);
  const each = members(source);
  // What one of them does when it is asked the others do not.
  if (each.length > 1 && each.some((member) => hasOwnIterator(m, member))) m.either(...each.map((member) => () => { assignFrom(m, target, member, depth); }));
  else assignFrom(m, target, source, depth);
}

function assignFrom(m: Machine, target: ArrayPattern, source: Value, depth: number): void {
  if (isRefused(m, source)) fails(m, 'TypeError', target.site);
  if (!m.reachable) return;
  const own = ownIterator(m, source, target.site);
  if (own === undefined) assignItems(m, target, hasOwnIterator(m, source) ? unknownIterator(m, source, target.site) : iterate(m, source, target.site), depth);
  else assignAsked(m, target, own, depth);
}

/** Items are asked for where they are assigned, and no more of them than that. */
function assignAsked(m: Machine, target: ArrayPattern, own: OwnIterator, depth: number): void {
  own.closing(() => {
    for (const part of target.elements) {
      const give = part === undefined ? undefined : placed(m, part.pattern, depth);
      if (!m.reachable) return;
      const item = own.ask();
      if (part !== undefined && m.comesOut) give?.(withDefault(m, part, item));
    }
    if (target.rest === undefined || !m.reachable) return;
    const give = placed(m, target.rest, depth);
    if (m.comesOut) give(ownArray(m, own.rest(), target.rest.site));
  });
  if (m.reachable) own.leave();
}

/** Computes where a value goes, before the value is asked for. */
function placed(m: Machine, target: Pattern, depth: number): (value: Value) => void {
  if (target.kind !== 'member') return (value) => { assign(m, target, value, depth); };
  const object = m.evaluate(target.object);
  // It is made a text only when it is needed.
  const key = m.evaluate(target.key);
  return (value) => { setMember(m, object, toPrimitive(m, key, 'string', target.site), value, target); };
}

function assignItems(m: Machine, target: ArrayPattern, items: ListState, depth: number): void {
  for (const [index, part] of target.elements.entries()) {
    if (part !== undefined) element(m, part, itemAt(m, items, index), depth);
  }
  if (target.rest !== undefined) {
    assign(m, target.rest, ownArray(m, { items: items.items.slice(target.elements.length), others: items.others }, target.rest.site), depth);
  }
}

/** Assigns with the default where the value may be undefined. */
function element(m: Machine, part: PatternElement, value: Value, depth: number): void {
  assign(m, part.pattern, withDefault(m, part, value), depth);
}

export function withDefault(m: Machine, part: PatternElement, value: Value): Value {
  const fallback = part.default;
  if (fallback === undefined) return value;
  const absent = members(value).some((member) => member.kind === 'literal' && member.value === undefined);
  if (!absent) return value.kind === 'unknown' && value.type === undefined ? m.eitherValue(() => value, () => m.evaluate(fallback)) : value;
  if (isNullish(value)) return m.evaluate(fallback);
  return m.eitherValue(() => nonNullish(value), () => m.evaluate(fallback));
}
