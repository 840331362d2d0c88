/** Object and array literals. */
import type { Node } from '../domain/graph.ts';
import type { ObjectValue, Value } from '../domain/value.ts';
import { isOfLibrary, keyText, members, never, nodeOf } from '../domain/values.ts';
import type { Expression, Property } from '../program/ir.ts';
import { evaluateKey } from './builtins/conversion.ts';
import { evaluateRow } from './arguments.ts';
import { closureOf } from './closures.ts';
import { escape } from './escape.ts';
import type { Machine } from './machine/machine.ts';
import { inherit } from './members/inheriting.ts';
import { inAnyOrder, ownArray } from './values/lists.ts';
import { copyMembers, defineMember, setUnknownMember } from './values/properties.ts';
import { refine } from './values/types.ts';
import { unknownFrom } from './values/unknown.ts';

export function makeObject(m: Machine, e: Extract<Expression, { op: 'object' }>): Value {
  const object: ObjectValue = { kind: 'object', heap: m.own({ kind: 'record' }, e.site) };
  for (const property of e.properties) {
    if (property.kind === 'spread') {
      const source = refine(m, m.evaluate(property.value), property.value);
      // To copy what others have may run code of theirs.
      if (members(source).some(({ kind }) => kind === 'unknown' || kind === 'host')) m.mayThrow();
      copyMembers(m, source, object.heap, property.value.site);
      continue;
    }
    if (property.kind === 'prototype') {
      inherit(m, object.heap, m.evaluate(property.value), property.value.site);
      continue;
    }
    const key = keyText(evaluateKey(m, property.key));
    if (property.kind === 'value') {
      defineProperty(m, object, key, property);
    } else {
      defineAccessor(m, object, key, property);
    }
  }
  return object;
}

function defineProperty(m: Machine, object: ObjectValue, key: string | undefined, property: Extract<Property, { kind: 'value' }>): void {
  const { heap } = object;
  const value = bound(m, m.evaluate(property.value), object);
  if (key === undefined) setUnknownMember(m, heap, value);
  else {
    // It stands where the accessor stood.
    if (heap.accessors.delete(key)) heap.unordered = true;
    defineMember(m, heap, key, value);
  }
}

/** An accessor under a key that is not known may be that of any name: it is in the hands of whoever reads or writes. */
function defineAccessor(m: Machine, object: ObjectValue, key: string | undefined, { kind, function: code }: Extract<Property, { kind: 'get' | 'set' }>): void {
  const { accessors, properties } = object.heap;
  const closure = closureOf(m, code);
  if (key === undefined) escape(m, [object, closure], unknownFrom(m, [], code.site));
  else accessors.set(key, { before: properties.size, ...accessors.get(key), [kind]: closure });
}

/** A method of an object literal remembers its object, for when it is called by code that is not known. */
function bound(m: Machine, value: Value, object: ObjectValue): Value {
  if (value.kind === 'closure' && !value.code.arrow) m.history.executed.closures.set(value.code, { ...value, receiver: object });
  return value;
}

export function makeArray(m: Machine, e: Extract<Expression, { op: 'array' }>): Value {
  const items = e.elements.map((element) => element ?? { spread: false, value: { op: 'constant' as const, value: undefined, site: e.site } });
  const { values, others, loose, count } = evaluateRow(m, items);
  const list = { items: values, others: others ?? never, ...others === undefined || count === undefined ? {} : { count } };
  // A hole is read as undefined, but methods that call back pass it over.
  const made = ownArray(m, e.elements.includes(undefined) ? inAnyOrder(m, list) : list, e.site);
  if (others !== undefined && !made.heap.allocation.summary) made.heap.certain = { nodes: loose.flatMap(certainNodes), list: m.memory.list(made.heap) };
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
