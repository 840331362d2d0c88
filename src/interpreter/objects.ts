/** Object and array literals. */
import type { Node } from '../domain/graph.ts';
import type { ObjectValue, Value } from '../domain/value.ts';
import { isOfLibrary, keyText, members, never, nodeOf } from '../domain/values.ts';
import type { Expression } from '../program/ir.ts';
import { evaluateArguments } from './arguments.ts';
import { closureOf } from './closures.ts';
import type { Machine } from './machine/machine.ts';
import { array, inAnyOrder } from './values/lists.ts';
import { copyMembers, defineMember, record, setUnknownMember } from './values/properties.ts';
import { refine } from './values/types.ts';

export function makeObject(m: Machine, e: Extract<Expression, { op: 'object' }>): Value {
  const object = record(m, e.site);
  for (const property of e.properties) {
    if (property.kind === 'spread') {
      copyMembers(m, refine(m, m.evaluate(property.value), property.value), object.heap, property.value.site);
      continue;
    }
    const key = keyText(m.evaluate(property.key));
    if (property.kind === 'value') {
      const value = bound(m, m.evaluate(property.value), object);
      if (key === undefined) setUnknownMember(m, object.heap, value);
      else defineMember(m, object.heap, key, value);
    } else if (key !== undefined) {
      const accessors = object.heap.accessors.get(key) ?? {};
      object.heap.accessors.set(key, { ...accessors, [property.kind]: closureOf(m, property.function) });
    }
  }
  return object;
}

/** A method of an object literal remembers its object, for when it is called by code that is not known. */
function bound(m: Machine, value: Value, object: ObjectValue): Value {
  if (value.kind === 'closure' && !value.code.arrow) m.history.executed.closures.set(value.code, { ...value, receiver: object });
  return value;
}

export function makeArray(m: Machine, e: Extract<Expression, { op: 'array' }>): Value {
  const items = e.elements.map((element) => element ?? { spread: false, value: { op: 'constant' as const, value: undefined, site: e.site } });
  const { values, others } = evaluateArguments(m, items);
  const list = { items: values, others: others ?? never };
  // A hole is read as undefined, but methods that call back pass it over.
  const made = array(m, e.elements.includes(undefined) ? inAnyOrder(m, list) : list, e.site);
  if (others !== undefined) made.heap.certain = certainNodes(others);
  return made;
}

/** The values that one value, of a list whose length is not known, stands for: each of them is in the list. */
function certainNodes(others: Value): readonly Node[] {
  return members(others).flatMap((member) => {
    const node = isOfLibrary(member) ? nodeOf(member) : undefined;
    if (node === undefined) return [];
    if (node.kind !== 'join') return [node];
    // Of what may be one or the other, it is not known which is there.
    return node.isChoice ? [] : node.inputs.map(({ from }) => from);
  });
}
