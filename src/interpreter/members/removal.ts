/** `delete`. */
import type { HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { absent, isNullish, keyText, literal, mayBeNullish, members, nonNullish, plainHost, undefinedValue } from '../../domain/values.ts';
import type { Expression, Site } from '../../program/ir.ts';
import { evaluateKey } from '../builtins/conversion.ts';
import { fails } from '../builtins/errors.ts';
import { touched } from '../later.ts';
import type { Machine } from '../machine/machine.ts';
import { describeAs } from '../values/attributes.ts';
import { arrayIndex, asLong, isExact } from '../values/lists.ts';
import { putUnder } from '../values/properties.ts';
import { ownerOf } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';
import { isStrict, keeperOf, type Own, ownProperty } from './own.ts';

/** What is deleted is not read: a getter under the key does not run. */
export function remove(m: Machine, operand: Expression): Value {
  if (operand.op !== 'member' || operand.object === 'super') {
    m.evaluate(operand);
    return plainHost;
  }
  const object = m.evaluate(operand.object);
  const removed = (of: Value): Value => removeMember(m, of, evaluateKey(m, operand.key), operand.site);
  if (operand.chain === 'none' || !mayBeNullish(object)) return removed(object);
  // Where the chain is cut nothing behind it is evaluated, and nothing is deleted; what it was cut from is not told apart from what is not there.
  if (operand.chain === 'follows') m.mayThrow();
  return isNullish(object) ? literal(true) : m.eitherValue(() => literal(true), () => removed(nonNullish(object)));
}

/** What becomes of what cannot be taken away: strict code throws. */
type Refused = 'throws' | 'says so';

/** What an object holds under a key is gone. */
export function removeMember(m: Machine, object: Value, key: Value, site: Site, refused: Refused = 'throws'): Value {
  const objects = members(object);
  const known = ownDescription(m, object, key, site);
  if (known !== undefined) return refused === 'says so' && known.own.kind !== 'none' && !known.own.configurable ? literal(false) : removeKnown(m, known, site);
  if (!objects.every((member) => member.kind === 'object' && member.heap.isRecord && member.heap.writable === 'always')) m.mayThrow();
  for (const member of objects) {
    if (member.kind === 'closure' || member.kind === 'class') m.renamed.add(member.code);
    if (member.kind === 'unknown') touched(m);
    if (member.kind !== 'object') continue;
    const step = (): void => {
      // What stands under a global name once that has been taken away is not followed.
      if (member.heap === m.builtIn.global) putUnder(m, member.heap, keyText(key), unknownFrom(m, [], site));
      else removeFrom(m, member, key);
    };
    if (objects.length === 1) step();
    else m.either(() => undefined, step);
  }
  return plainHost;
}

interface Known {
  readonly heap: HeapObject;
  readonly name: string;
  readonly own: Own;
  /** It was there before the program put anything there. */
  readonly isInherent: boolean;
}

/** What stands there, where that is known and no item of a list. */
function ownDescription(m: Machine, object: Value, key: Value, site: Site): Known | undefined {
  const name = keyText(key);
  const own = name === undefined ? undefined : ownProperty(m, object, name);
  if (name === undefined || own === undefined) return undefined;
  const heap = object.kind === 'object' ? object.heap : object.kind === 'class' ? object.statics : keeperOf(m, object, site);
  return heap?.isRecord === true ? { heap, name, own, isInherent: object.kind === 'native' || object.kind === 'class' || ownerOf(m, heap) !== undefined || m.constructors.has(heap) } : undefined;
}

/** Whether it is gone then. */
function removeKnown(m: Machine, { heap, name, own, isInherent }: Known, site: Site): Value {
  if (own.kind === 'none') return literal(true);
  if (!own.configurable) return isStrict(m, site) ? fails(m, 'TypeError', site) : orThrows(m, literal(false));
  const cell = heap.properties.get(name);
  if (ownerOf(m, heap) !== undefined) m.builtIn.patches.add(name, false);
  if (cell !== undefined) m.memory.write(cell, absent);
  // It is found nowhere else either: not among the accessors that were written, and not in the body of a class.
  if (cell === undefined || isInherent || heap.attributes?.has(name) === true || heap.accessors.has(name) || heap.class !== undefined) describeAs(m, heap, name, { kind: 'gone' }, site);
  return literal(true);
}

function orThrows(m: Machine, value: Value): Value {
  m.mayThrow();
  return value;
}

function removeFrom(m: Machine, { heap }: ObjectValue, key: Value): void {
  if (heap.writable === 'never') return;
  if (ownerOf(m, heap) !== undefined) m.builtIn.patches.add(keyText(key), false);
  const step = (): void => {
    const name = keyText(key);
    if (heap.isArray) removeItem(m, heap, name);
    else if (name === undefined) for (const cell of heap.properties.values()) m.memory.write(cell, m.memory.joiner.values(m.memory.read(cell) ?? absent, absent));
    else removeProperty(m, heap, name);
  };
  if (heap.writable === 'always') step();
  else m.either(() => undefined, step);
}

function removeProperty(m: Machine, heap: HeapObject, name: string): void {
  const cell = heap.properties.get(name);
  if (cell !== undefined) m.memory.write(cell, absent);
  // Accessors are those of all branches: from now on nothing is said of what stands there.
  if (heap.accessors.delete(name)) heap.open ??= unknownFrom(m, [], heap.site);
}

/** It leaves a hole, which is passed over by those that call back: what stands behind it is known in no order. */
function removeItem(m: Machine, heap: HeapObject, name: string | undefined): void {
  const { joiner } = m.memory;
  const list = m.memory.list(heap);
  const index = name === undefined ? 0 : arrayIndex(name);
  if (index === undefined) {
    const cell = heap.properties.get(name ?? '');
    if (cell !== undefined) m.memory.write(cell, absent);
    return;
  }
  if (index >= list.items.length && isExact(list)) return;
  const others = joiner.all([...list.items.filter((_, at) => at >= index && (name === undefined || at !== index)), list.others, undefinedValue]);
  m.memory.writeList(heap, asLong({ items: list.items.slice(0, index), others }, list));
}
