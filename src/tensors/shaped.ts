/** What a library is given whose shapes it looks at, or of whose numbers there may be no result, written down for those who judge. */
import type { Argument } from '../calculus/numbers/argument.ts';
import { mayGiveNoNumber } from '../calculus/numbers/not-a-number.ts';
import type { Gap } from '../calculus/shapes/backward.ts';
import type { Circumstances } from '../domain/circumstances.ts';
import type { Node } from '../domain/graph.ts';
import type { Arguments, Value } from '../domain/value.ts';
import { conditionsOf } from '../interpreter/machine/conditions.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Library } from '../libraries/library.ts';
import type { Site } from '../program/ir.ts';

/** A call of a library: `operation` is the name in its tables, `label` what the user wrote. */
interface Call {
  readonly library: Library;
  readonly operation: string;
  readonly label: string;
  readonly args: Arguments;
  /** What is known of the arguments. */
  readonly given: readonly Argument[];
  /** What an operation gives. */
  readonly node?: Node;
  readonly site: Site;
}

/** `fails`: of what the call gives nothing is to be believed. */
export interface Look {
  readonly outcome: 'fails' | 'may fit';
  readonly gaps: readonly Gap[];
}

export function tellShaped(m: Machine, { library, operation, label, args: { values, sites, others }, given, site, node }: Call): Look {
  const { contracts, precision } = library;
  if (contracts === undefined || others !== undefined || !(contracts.operations.has(operation) || mayGiveNoNumber(operation))) return { outcome: 'may fit', gaps: [] };
  const verdict = contracts.verdict(precision, operation, given);
  const failure = verdict.kind === 'fails' ? verdict : undefined;
  const gaps = failure === undefined ? gapsIn(library, operation, given) : [];
  m.tell({ kind: 'shaped', library, operation, label, failure, gaps, node, given, nodes: values.map((value) => nodesOf(m, value)), site, sites, chain: m.frame.chain, circumstances: circumstancesOf(m) });
  return { outcome: failure === undefined ? 'may fit' : 'fails', gaps };
}

/** A call that works, and whose gradient does not. */
export function tellGaps(m: Machine, { library, operation, label, args: { values, sites }, given, site, node }: Call, gaps: readonly Gap[]): void {
  m.tell({ kind: 'shaped', library, operation, label, failure: undefined, gaps, node, given, nodes: values.map((value) => nodesOf(m, value)), site, sites, chain: m.frame.chain, circumstances: circumstancesOf(m) });
}

/** Of the operands that are measured to get no gradient when their shapes are of a kind, those whose shapes are. */
function gapsIn({ contracts, exceptions, operations, precision }: Library, operation: string, given: readonly Argument[]): readonly Gap[] {
  const rows = exceptions.get(operation)?.filter(({ condition: { kind } }) => kind === 'broadcast' || kind === 'rank outside') ?? [];
  const places = new Set(rows.flatMap(({ operand }) => operations[operation]?.operands.find(({ name }) => name === operand)?.at ?? []));
  return [...places].flatMap((at) => contracts?.gap(precision, operation, given, at) ?? []);
}

function nodesOf(m: Machine, value: Value): readonly (Node | undefined)[] {
  if (value.kind === 'tensor') return [value.node];
  return value.kind === 'object' && value.heap.isArray ? m.memory.list(value.heap).items.map((item) => (item.kind === 'tensor' ? item.node : undefined)) : [];
}

/** How the code at hand comes to be run. */
export function circumstancesOf(m: Machine): Circumstances {
  const conditions = conditionsOf(m);
  return {
    conditions: conditions.filter(({ of }) => of !== 'choice').map(({ test }) => test), chosen: conditions.some(({ of }) => of === 'choice'), caught: m.frame.caught,
    // Where a generator is asked again, and in which order, is not followed in all cases.
    certain: m.frame.generator === undefined && conditions.every(({ of }) => of === 'loop'),
  };
}
