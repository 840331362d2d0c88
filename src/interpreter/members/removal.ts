/** `delete`. */
import type { HeapObject, ObjectValue, Value } from '../../domain/value.ts';
import { absent, keyText, members, plainHost, undefinedValue } from '../../domain/values.ts';
import type { Expression } from '../../program/ir.ts';
import { evaluateKey } from '../builtins/conversion.ts';
import type { Machine } from '../machine/machine.ts';
import { ownerOf } from '../values/prototypes.ts';
import { unknownFrom } from '../values/unknown.ts';

/** What is deleted is not read: a getter under the key does not run. */
export function remove(m: Machine, operand: Expression): Value {
  if (operand.op !== 'member' || operand.object === 'super') {
    m.evaluate(operand);
    return plainHost;
  }
  return removeMember(m, m.evaluate(operand.object), evaluateKey(m, operand.key));
}

/** What an object holds under a key is gone. */
export function removeMember(m: Machine, object: Value, key: Value): Value {
  const objects = members(object);
  if (!objects.every((member) => member.kind === 'object' && member.heap.isRecord && member.heap.writable === 'always')) m.mayThrow();
  for (const member of objects) {
    if (member.kind === 'closure' || member.kind === 'class') m.renamed.add(member.code);
    if (member.kind !== 'object') continue;
    const step = (): void => { removeFrom(m, member, key); };
    if (objects.length === 1) step();
    else m.either(() => undefined, step);
  }
  return plainHost;
}

function removeFrom(m: Machine, { heap }: ObjectValue, key: Value): void {
  if (heap.writable === 'never') return;
  m.builtIn.isPatched ||= ownerOf(m, heap) !== undefined;
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

/** It leaves a hole. */
function removeItem(m: Machine, heap: HeapObject, name: string | undefined): void {
  const { joiner } = m.memory;
  const { items, others } = m.memory.list(heap);
  m.memory.writeList(heap, {
    items: items.map((item, index) => (name === undefined ? joiner.values(item, undefinedValue) : String(index) === name ? undefinedValue : item)),
    others: others.kind === 'never' ? others : joiner.values(others, undefinedValue),
  });
}
