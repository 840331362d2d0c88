/** Deep copies, as `structuredClone` makes them. */
import type { ClassValue, HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { host, literal, members } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import { isPrivate } from '../../program/private-names.ts';
import type { Machine } from '../machine/machine.ts';
import { array } from './lists.ts';
import { defineMember, hasUnknownKeys, ownKeys, record, setUnknownMember, unknownProperties } from './properties.ts';
import { unknownFrom } from './unknown.ts';

/** What may be copied field by field is. A copy has the data of its source, and no class of the program: of what else is copied that is all that is known, whatever its declaration says. */
export function copyOf(m: Machine, value: Value, site: Site, made = new Map<HeapObject, ObjectValue>()): Value {
  return m.memory.joiner.all(members(value).map((member) => {
    if (member.kind === 'never' || member.kind === 'literal' || member.kind === 'host') return member;
    if (member.kind !== 'object' || m.allocator.isRepeating) return data(m, member, site);
    return made.get(member.heap) ?? copyObject(m, member, site, made);
  }));
}

function copyObject(m: Machine, source: ObjectValue, site: Site, made: Map<HeapObject, ObjectValue>): Value {
  const { heap } = source;
  if (heap.isArray) {
    const copy = array(m, { items: [], others: literal(undefined) }, site);
    made.set(heap, copy);
    const { items, others } = m.memory.list(heap);
    m.memory.writeList(copy.heap, { items: items.map((item) => copyOf(m, item, site, made)), others: copyOf(m, others, site, made) });
    return copy;
  }
  if (!heap.isRecord || isMadeByOthers(heap)) return data(m, source, site);
  const copy = record(m, site);
  made.set(heap, copy);
  for (const name of ownKeys(m, heap)) if (!isPrivate(name)) defineMember(m, copy.heap, name, copyOf(m, m.getMember(source, literal(name), site), site, made));
  copy.heap.unordered = hasUnknownKeys(m, heap);
  setUnknownMember(m, copy.heap, copyOf(m, unknownProperties(m, heap), site, made));
  if (heap.open !== undefined) copy.heap.open ??= heap.open;
  return copy;
}

/** What it extends may have given it more than fields, as an error has. */
function isMadeByOthers({ base, class: home }: HeapObject): boolean {
  return base !== undefined || (home !== undefined && rootOf(home).parent !== undefined);
}

function rootOf(of: ClassValue): ClassValue {
  return of.parent?.kind === 'class' ? rootOf(of.parent) : of;
}

function data(m: Machine, source: Value, site: Site): Value {
  return host(unknownFrom(m, [source], site).node);
}
