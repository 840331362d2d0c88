/** Object and array literals. */
import type { Expression } from '../program/ir.ts';
import { evaluate, evaluateArguments } from './expressions.ts';
import { closureOf } from './functions.ts';
import type { Machine } from './machine.ts';
import { copyMembers, defineMember, setUnknownMember } from './members.ts';
import { refine } from './types.ts';
import type { Node } from '../domain/graph.ts';
import { type ObjectValue, type Value, keyText, members, never } from '../domain/value.ts';

export function makeObject(m: Machine, e: Extract<Expression, { op: 'object' }>): Value {
  const object: ObjectValue = { kind: 'object', heap: m.heap('record', e.site) };
  for (const property of e.properties) {
    if (property.kind === 'spread') {
      copyMembers(m, refine(m, evaluate(m, property.value), property.value), object.heap, property.value.site);
      continue;
    }
    const key = keyText(evaluate(m, property.key));
    if (property.kind === 'value') {
      const value = bound(m, evaluate(m, property.value), object);
      if (key === undefined) setUnknownMember(m, object.heap, value);
      else defineMember(m, object.heap, key, value, undefined);
    } else if (key !== undefined) {
      const accessors = object.heap.accessors.get(key) ?? {};
      object.heap.accessors.set(key, { ...accessors, [property.kind]: closureOf(m, property.function) });
    }
  }
  return object;
}

/** A method of an object literal remembers its object, for when it is called by code that is not known. */
function bound(m: Machine, value: Value, object: ObjectValue): Value {
  if (value.kind === 'closure' && !value.code.arrow) m.observer.created({ ...value, receiver: object });
  return value;
}

export function makeArray(m: Machine, e: Extract<Expression, { op: 'array' }>): Value {
  const items = e.elements.map((element) => element ?? { spread: false, value: { op: 'constant' as const, value: undefined, site: e.site } });
  const { values, others } = evaluateArguments(m, items);
  const array = m.realm.array(m, { items: values, others: others ?? never }, e.site);
  if (others !== undefined) array.heap.certain = certainNodes(others);
  return array;
}

/** The values that one value, of a list whose length is not known, stands for: each of them is in the list. */
function certainNodes(others: Value): readonly Node[] {
  return members(others).flatMap((member) => (member.kind === 'tensor' ? (member.node.kind === 'join' ? member.node.inputs.map(({ from }) => from) : [member.node]) : []));
}
