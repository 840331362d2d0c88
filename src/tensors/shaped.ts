/** What a library is given whose shapes it looks at, written down for those who judge. */
import type { Circumstances } from '../domain/circumstances.ts';
import type { Node } from '../domain/graph.ts';
import type { Arguments, Value } from '../domain/value.ts';
import { conditionsOf } from '../interpreter/machine/conditions.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Library } from '../libraries/library.ts';
import type { Site } from '../program/ir.ts';
import { knownArgument } from './ranges.ts';

/** A call of a library: `operation` is the name in its tables, `label` what the user wrote. */
interface Call {
  readonly library: Library;
  readonly operation: string;
  readonly label: string;
  readonly args: Arguments;
  readonly site: Site;
}

/** Gives whether the call fails: of what it gives nothing is to be believed then. */
export function tellShaped(m: Machine, { library, operation, label, args: { values, sites, others }, site }: Call): 'fails' | 'may fit' {
  const { contracts, precision } = library;
  if (others !== undefined || contracts?.operations.has(operation) !== true) return 'may fit';
  const given = values.map((value) => knownArgument(m, value));
  const verdict = contracts.verdict(precision, operation, given);
  const failure = verdict.kind === 'fails' ? verdict : undefined;
  m.tell({ kind: 'shaped', library, operation, label, failure, given, nodes: values.map((value) => nodesOf(m, value)), site, sites, chain: m.frame.chain, circumstances: circumstancesOf(m) });
  return failure === undefined ? 'may fit' : 'fails';
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
