/** Lists that a model keeps and does not fill itself, where one would look for something. */
import type { Block, Value } from '../../domain/value.ts';
import { never } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { array, isExact } from '../../interpreter/values/lists.ts';
import { unknownFrom } from '../../interpreter/values/unknown.ts';
import type { Site } from '../../program/ir.ts';
import type { Subject } from '../subject.ts';

/** Of a model that has just been made. */
export function beginEmptyList(m: Machine, { empty, site }: Block): void {
  // It is not the list of the model's parts, which is made in the same call.
  m.memory.write(empty, m.allocator.along('empty', () => array(m, { items: [], others: never }, site)));
}

/** `model.losses`: the same list each time, so that it has what the program itself puts into it. */
export function emptyListOf(m: Machine, { receiver }: Subject, site: Site): Value {
  const kept = receiver?.kind === 'instance' && receiver.block !== undefined ? m.memory.read(receiver.block.empty) : undefined;
  return kept ?? unknownFrom(m, receiver === undefined ? [] : [receiver], site);
}

/** `model.addLoss(…)`: one, or an array of them. */
export function fillList(m: Machine, subject: Subject, added: Value, site: Site): void {
  const list = emptyListOf(m, subject, site);
  const given = added.kind === 'object' && added.heap.isArray ? m.memory.list(added.heap) : { items: [added], others: never };
  if (list.kind !== 'object') return;
  const { items, others } = m.memory.list(list.heap);
  m.memory.writeList(list.heap, isExact({ items, others }) ? { items: [...items, ...given.items], others: given.others } : { items, others: m.memory.joiner.all([others, ...given.items, given.others]) });
}
