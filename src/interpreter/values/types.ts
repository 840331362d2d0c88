/** From static types to values: what an unknown value is by its declaration. */
import { newLength } from '../../calculus/numbers/length.ts';
import type { ListState, UnknownValue, Value } from '../../domain/value.ts';
import { literal, members, never, plainHost, undefinedValue } from '../../domain/values.ts';
import type { Expression, Site } from '../../program/ir.ts';
import type { StaticType } from '../../program/program.ts';
import { touched } from '../later.ts';
import type { Machine } from '../machine/machine.ts';
import type { Provenance } from '../machine/semantics.ts';
import { declaredArray } from './lists.ts';
import { partOf } from './unknown.ts';

/** What the checker says of an unknown value; others are known better than their type. */
export function refine(m: Machine, value: Value, e: Expression): Value {
  return refineAt(m, value, e.site);
}

export function refineAt(m: Machine, value: Value, site: Site): Value {
  if (value.kind === 'unknown') {
    const type = value.type === undefined || value.type.kind === 'unknown' ? m.program.typeOf(site) : value.type;
    // A variable that functions set is nothing yet for the checker, wherever they are called.
    if (type.kind === 'nullish') return value;
    return fromType(m, type, { node: value.node, site, name: value.node.label });
  }
  if (value.kind !== 'union' || !value.members.some((member) => member.kind === 'unknown')) return value;
  return m.memory.joiner.all(members(value).map((member) => refineAt(m, member, site)));
}

/** `within`: the types that this one is a part of. A type that is a part of itself is followed once. */
export function fromType(m: Machine, type: StaticType, from: Provenance, within: readonly StaticType[] = []): Value {
  if (within.includes(type)) return { kind: 'unknown', node: from.node, type: undefined };
  const part = (of: StaticType): Value => fromType(m, of, from, [...within, type]);
  switch (type.kind) {
    case 'primitive': return from.plain ?? plainHost;
    case 'literal': return literal(type.value);
    case 'nullish': return undefinedValue;
    case 'union': return m.memory.joiner.all(type.members.map(part));
    case 'array': return declaredArray(m, { items: [], others: part(type.element()), ...within.length === 0 ? ownCount(m, from) : {} }, from.site);
    case 'tuple': return declaredArray(m, { items: type.elements().map(part), others: never }, from.site);
    case 'promise': return { kind: 'promise', value: part(type.value()) };
    case 'module': return moduleOf(m, type) ?? { kind: 'unknown', node: from.node, type };
    case 'instance': return m.semantics.typed(type, from) ?? ownInstance(m, type) ?? { kind: 'unknown', node: from.node, type };
    default: return { kind: 'unknown', node: from.node, type };
  }
}

/** Of an array that is handed over, as long as it is then. */
function ownCount(m: Machine, { node, name }: Provenance): Pick<ListState, 'count'> {
  return node.handed && !m.allocator.isRepeating ? { count: newLength(`${node.name ?? name}.length`) } : {};
}

function moduleOf(m: Machine, { target }: Extract<StaticType, { kind: 'module' }>): Value | undefined {
  return m.semantics.exported(target, '*') ?? (target.kind === 'source' ? { kind: 'module', file: target.file } : undefined);
}

function ownInstance(m: Machine, { class: of }: Extract<StaticType, { kind: 'instance' }>): Value | undefined {
  return of && m.instanceOf(of.module, of.code);
}

/** What an unknown value has under a key, by its type; undefined stands for a key that is not known. */
export function memberOfUnknown(m: Machine, object: UnknownValue, name: string | undefined, site: Site): Value {
  m.mayThrow();
  touched(m);
  const member = name === undefined || object.type === undefined || !('member' in object.type) ? undefined : object.type.member(name);
  const value = partOf(m, object, site, member);
  return member === undefined ? value : fromType(m, member, { node: value.node, site, name: name ?? '' });
}
