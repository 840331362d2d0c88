/** Places that only the code of a file itself can get at, by its own functions. */
import type { Cell } from '../../domain/cell.ts';
import type { HeapObject } from '../../domain/value.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import { isPrivate } from '../../program/private-names.ts';

/** Whether nobody else reads it: a variable that is not exported, or a property that is private, or of an object that nobody else has. */
export function isKeptToItself(m: Machine, cell: Cell): boolean {
  if (cell.holder === undefined) return !isExported(m, cell);
  if (isPrivate(cell.name) || cell.name.startsWith('_')) return true;
  const { escaped: { heaps, named } } = m;
  return [...heaps, ...named].every((heap) => heap.properties.get(cell.name) !== cell || isHidden(heap, cell.name));
}

function isExported({ modules, program }: Machine, cell: Cell): boolean {
  return [...modules.environments].some(([file, environment]) => {
    const bindings = [...program.module(file)?.exports.values() ?? []].flatMap((entry) => (entry.kind === 'binding' ? [entry.binding] : []));
    return bindings.some((binding) => environment.find(binding) === cell);
  });
}

/** Its class says that the field is private. */
function isHidden(heap: HeapObject, name: string): boolean {
  return heap.class?.code.members.some(({ key, hidden }) => hidden && key.op === 'constant' && key.value === name) === true;
}
