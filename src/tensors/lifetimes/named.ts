/** Variables with names of the program's own: a library does not take a name twice while the first one is there. */
import { Cell } from '../../domain/cell.ts';
import type { Node } from '../../domain/graph.ts';
import type { Invocation, Value } from '../../domain/value.ts';
import { literal, undefinedValue } from '../../domain/values.ts';
import type { Machine } from '../../interpreter/machine/machine.ts';
import type { Library } from '../../libraries/library.ts';
import { statesOf } from './states.ts';

/** A variable is made by a name: it may be the second one, in every run that gets here. */
export function tellNamed(m: Machine, library: Library, node: Node, name: Value, { site, label }: Invocation): void {
  if (library.lifetimes === undefined || name.kind !== 'literal' || typeof name.value !== 'string') return;
  const { named, names } = m.history.lifetimes;
  let cell = names.get(name.value);
  if (cell === undefined) {
    names.set(name.value, (cell = new Cell(name.value)));
    // On ways that do not make it the name is free.
    m.memory.root.write(cell, undefinedValue);
  }
  const last = m.memory.read(cell);
  const first = last?.kind === 'literal' ? named[Number(last.value)] : undefined;
  if (first !== undefined && isThere(m, first)) {
    m.tell({ kind: 'renamed', library, first, name: name.value, label, site, chain: m.frame.chain, error: library.lifetimes.named.replace('{name}', name.value) });
  }
  m.memory.write(cell, literal(named.push(node) - 1));
}

/** Nobody has disposed it, on whatever way. */
function isThere(m: Machine, node: Node): boolean {
  const states = statesOf(m, node) ?? [];
  return states.length > 0 && states.every((state) => state === 'static');
}
