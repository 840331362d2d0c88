/** What values of the language have under symbols, such as their iterators. */
import type { HeapObject, Value } from '../../domain/value.ts';
import { absent, keyText, mayBeAbsent, presentIn, undefinedValue } from '../../domain/values.ts';
import type { Site } from '../../program/ir.ts';
import type { Machine } from '../machine/machine.ts';
import { unknownFrom } from '../values/unknown.ts';
import { functionMember } from './function-members.ts';
import { iterator, picks } from './iterators.ts';

export function symbolMember(m: Machine, object: Value, key: Extract<Value, { kind: 'symbol' }>, site: Site): Value {
  if (object.kind === 'native') return functionMember(m, object, keyText(key), site);
  if (object.kind !== 'object') return unknownFrom(m, object.kind === 'library' ? [] : [object], site);
  const { heap } = object;
  const own = ownOf(m, heap, key);
  if (own !== undefined) return mayBeAbsent(own) ? m.memory.joiner.values(presentIn(own), unknownFrom(m, [object], site)) : own;
  if (heap.form.kind === 'generator' && heap.open === undefined) return key.name === (heap.form.async ? 'asyncIterator' : 'iterator') ? { kind: 'native', name: 'self', call: () => ({ kind: 'object', heap }) } : key.name === 'asyncIterator' || key.name === 'iterator' ? undefinedValue : unknownFrom(m, [object], site);
  if (key.name !== 'iterator' || heap.isRecord || heap.open !== undefined) return unknownFrom(m, [object], site);
  return { kind: 'native', name: 'values', call: ({ site: at }) => builtInIterator(m, heap, at) };
}

/** What the program itself has put there. */
function ownOf(m: Machine, heap: HeapObject, key: Value): Value | undefined {
  const name = keyText(key);
  const cell = name === undefined ? undefined : heap.properties.get(name);
  const value = cell && m.memory.read(cell);
  return value === absent ? undefined : value;
}

function builtInIterator(m: Machine, heap: HeapObject, site: Site): Value {
  if (heap.form.kind === 'iterator') return { kind: 'object', heap };
  return iterator(m, heap, heap.form.kind === 'map' ? picks.entries : picks.values, site);
}
