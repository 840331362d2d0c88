/** What a library is given whose shapes it looks at, written down for those who judge. */
import type { Circumstances } from '../domain/history.ts';
import type { Node } from '../domain/graph.ts';
import type { Arguments, Value } from '../domain/value.ts';
import { conditionsOf } from '../interpreter/machine/conditions.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Library } from '../libraries/library.ts';
import type { Site } from '../program/ir.ts';
import { knownArgument } from './ranges.ts';

/** `operation` is the name in the library's tables, `label` what the user wrote. */
export function tellShaped(m: Machine, library: Library, operation: string, label: string, { values, sites, others }: Arguments, site: Site): void {
  if (others !== undefined || library.contracts?.operations.has(operation) !== true) return;
  m.tell({
    kind: 'shaped', library, operation, label, site, sites, chain: m.frame.chain,
    given: values.map((value) => knownArgument(m, value)), nodes: values.map((value) => nodesOf(m, value)), circumstances: circumstancesOf(m),
  });
}

function nodesOf(m: Machine, value: Value): readonly (Node | undefined)[] {
  if (value.kind === 'tensor') return [value.node];
  return value.kind === 'object' && value.heap.isArray ? m.memory.list(value.heap).items.map((item) => (item.kind === 'tensor' ? item.node : undefined)) : [];
}

/** How the code at hand comes to be run. */
export function circumstancesOf(m: Machine): Circumstances {
  const conditions = conditionsOf(m);
  return {
    conditions: conditions.map(({ test }) => test), caught: m.frame.caught,
    // Where a generator is asked again, and in which order, is not followed in all cases.
    certain: m.frame.generator === undefined && conditions.every(({ of }) => of === 'loop'),
  };
}
