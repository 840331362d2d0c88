/** Writing to the items of arrays. */
import type { HeapObject, ListState, Value } from '../../domain/value.ts';
import { members, never, undefinedValue } from '../../domain/values.ts';
import { mayConvert } from '../builtins/conversion.ts';
import type { Machine } from '../machine/machine.ts';
import { arrayIndex, asLong, isArguments, isExact, numbersIn, resized, stored } from '../values/lists.ts';
import { nameAdded } from '../values/naming.ts';
import { defineMember } from '../values/properties.ts';
import { inheritUnknown } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';
import type { Writing } from './write.ts';

export function setItem(m: Machine, heap: HeapObject, { name, among, prefix, value: written, site }: Writing): void {
  const { memory } = m;
  if (name === undefined && among === undefined && isNamed(written)) inheritUnknown(m, heap, heap.open ?? unknownFrom(m, [written], site));
  const list = memory.list(heap);
  const index = name === undefined ? undefined : arrayIndex(name);
  if (name !== undefined && index === undefined) {
    if (name === 'length') mayConvert(m, [written], site);
    if (name === 'length') memory.writeList(heap, numbersIn(heap) === undefined ? resized(m, list, written) : list);
    else defineMember(m, heap, name, written, prefix ?? heap.name);
    return;
  }
  const value = stored(m, heap, written);
  nameAdded(m, heap, value, index === undefined ? undefined : String(index));
  if (index === undefined) setAnywhere(m, heap, value);
  else if (index < list.items.length) memory.writeList(heap, asLong({ items: list.items.map((item, at) => (at === index ? value : item)), others: list.others }, list));
  // What is written behind the end of a typed array is dropped.
  else if (numbersIn(heap) !== undefined) memory.writeList(heap, asLong({ items: list.items, others: isExact(list) ? never : memory.joiner.values(list.others, value) }, list));
  else if (typeof list.count === 'number' && index < list.count) memory.writeList(heap, asLong({ items: list.items, others: memory.joiner.values(list.others, value) }, list));
  // What is written behind the end of `arguments` is no item of it: there may be one more, or not.
  else if (index === list.items.length && isExact(list) && !isArguments(heap)) memory.writeList(heap, { items: [...list.items, value], others: never });
  // Between the last item and this one there may be holes.
  else memory.writeList(heap, { items: list.items, others: memory.joiner.all([list.others, value, undefinedValue]) });
}

/** What may stand in the place of a method, or be what the array inherits from. */
function isNamed(value: Value): boolean {
  return members(value).some(({ kind }) => kind === 'closure' || kind === 'native' || kind === 'object' || kind === 'class');
}

/** A key that is not known may be that of any item or property, or of none so far. */
function setAnywhere(m: Machine, heap: HeapObject, value: Value): void {
  const { memory } = m;
  const list = memory.list(heap);
  const isTyped = numbersIn(heap) !== undefined;
  const others = isTyped && isExact(list) ? never : memory.joiner.values(list.others, value);
  const written: ListState = { items: list.items.map((item) => memory.joiner.values(item, value)), others };
  // A typed array stays as long as it is.
  memory.writeList(heap, isTyped ? asLong(written, list) : written);
  for (const cell of heap.properties.values()) memory.write(cell, memory.joiner.values(memory.read(cell) ?? undefinedValue, value));
}
