/** From static types to values: what an unknown value is by its declaration. */
import type { Expression, Site } from '../program/ir.ts';
import type { StaticType } from '../program/program.ts';
import { noFacts } from '../calculus/numbers/facts.ts';
import type { Library } from '../libraries/library.ts';
import { below, ownerOf } from '../libraries/owner.ts';
import type { Node } from '../domain/graph.ts';
import type { Machine } from './machine.ts';
import { type Value, literal, members, never, plainHost, undefinedValue } from '../domain/value.ts';

/** Where a value of a type comes from: the unknown value it stands for. */
export interface Provenance {
  readonly node: Node;
  readonly site: Site;
  readonly name: string;
}

/** What the checker says of an unknown value; others are known better than their type. */
export function refine(m: Machine, value: Value, e: Expression): Value {
  return refineAt(m, value, e.site);
}

export function refineAt(m: Machine, value: Value, site: Site): Value {
  if (value.kind === 'unknown') {
    const type = value.type === undefined || value.type.kind === 'unknown' ? m.program.typeOf(site) : value.type;
    return fromType(m, type, { node: value.node, site, name: value.node.label });
  }
  if (value.kind !== 'union' || !value.members.some((member) => member.kind === 'unknown')) return value;
  return m.joiner.all(members(value).map((member) => refineAt(m, member, site)));
}

export function fromType(m: Machine, type: StaticType, from: Provenance): Value {
  switch (type.kind) {
    case 'primitive': return plainHost;
    case 'literal': return literal(type.value);
    case 'nullish': return undefinedValue;
    case 'union': return m.joiner.all(type.members.map((member) => fromType(m, member, from)));
    case 'array': return m.realm.array(m, { items: [], others: fromType(m, type.element(), from) }, from.site);
    case 'tuple': return m.realm.array(m, { items: type.elements().map((element) => fromType(m, element, from)), others: never }, from.site);
    case 'promise': return { kind: 'promise', value: fromType(m, type.value(), from) };
    case 'module': return m.realm.target(m, type.target, from.site) ?? { kind: 'unknown', node: from.node, type };
    case 'instance': return instanceOfType(m, type, from);
    default: return { kind: 'unknown', node: from.node, type };
  }
}

function instanceOfType(m: Machine, type: Extract<StaticType, { kind: 'instance' }>, from: Provenance): Value {
  const library = libraryClass(m, type);
  if (library !== undefined) return libraryInstance(m, library.library, library.name, from);
  const exact = type.class && m.realm.instanceOfClass(m, type.class.module, type.class.code);
  return exact ?? { kind: 'unknown', node: from.node, type };
}

/** The library's class that a type is or extends. */
function libraryClass(m: Machine, type: StaticType, depth = 0): { readonly library: Library; readonly name: string } | undefined {
  if (type.kind !== 'instance' || depth > 8) return undefined;
  const owner = ownerOf(m.libraries, type);
  const name = below(owner?.module?.prefix ?? '', type.name);
  if (owner !== undefined && Object.hasOwn(owner.library.classes, name)) return { library: owner.library, name };
  if (type.class !== undefined) return undefined;
  for (const base of type.bases()) {
    const found = libraryClass(m, base, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function libraryInstance(m: Machine, library: Library, name: string, from: Provenance): Value {
  const meaning = library.classes[name];
  switch (meaning?.instance) {
    case 'tensor': return { kind: 'tensor', library, class: name, node: from.node, facts: noFacts };
    case 'variable': return { kind: 'tensor', library, class: name, node: m.realm.foreignSource(m, from), facts: noFacts };
    case 'parametrised': return { kind: 'instance', library, class: name, node: m.realm.foreignSource(m, from) };
    default: return { kind: 'instance', library, class: name, node: undefined };
  }
}
