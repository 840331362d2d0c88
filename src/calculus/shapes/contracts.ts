/** What TF.js asks of the shapes and types that its operations are given, by operation. */
import type { Argument } from '../numbers/argument.ts';
import type { Precision } from '../numbers/precision.ts';
import { Call } from '../numbers/results/call.ts';
import { arrangementContracts } from './arrangements.ts';
import { assignment } from './assignment.ts';
import { axisContracts } from './axes.ts';
import { type Gap, gapOf } from './backward.ts';
import { blockContracts } from './blocks.ts';
import { broadcastingContracts } from './broadcasting.ts';
import { fusedContracts } from './fused.ts';
import { imageContracts } from './images.ts';
import { indexedContracts } from './indexed.ts';
import { leafContract, scalar } from './leaves.ts';
import { metricContracts } from './metrics.ts';
import { namedTypes } from './types.ts';
import { type PreconditionTable, preconditionContract } from './preconditions.ts';
import { numeric, symbolicVerdict } from './symbolic.ts';
import { productContracts } from './products.ts';
import { type Contract, type Verdict, each, unknown } from './verdict.ts';

const ranked = [1, 2, 3, 4, 5, 6] as const;

/** What is asked of operands together, and of other arguments. */
const relations: Readonly<Record<string, Contract>> = {
  ...broadcastingContracts, ...productContracts, ...arrangementContracts, ...axisContracts, ...imageContracts, ...metricContracts, ...indexedContracts, ...blockContracts,
  tensor: leafContract({ data: 0, shape: 1, rank: undefined }), tensor1d: leafContract({ data: 0, shape: undefined, rank: 1 }),
  ...Object.fromEntries(ranked.slice(1).map((rank) => [`tensor${String(rank)}d`, leafContract({ data: 0, shape: 1, rank })])),
  scalar, assign: assignment,
};

/** Of what else an operation asks nothing is said. */
const asksMore: Contract = () => unknown;

/** One contract for each operation, from several tables of them: what stands in an earlier one is looked at first. */
function joined(...tables: readonly Readonly<Record<string, Contract>>[]): Readonly<Record<string, Contract>> {
  const names = new Set(tables.flatMap((table) => Object.keys(table)));
  return Object.fromEntries([...names].map((name) => {
    const found = tables.flatMap((table) => (Object.hasOwn(table, name) ? [table[name]!] : []));
    return [name, each(...found, ...Object.hasOwn(relations, name) ? [] : [asksMore])];
  }));
}

export class OperationContracts {
  readonly #contracts: Readonly<Record<string, Contract>>;
  /** The operations that a contract is known of. */
  readonly operations: ReadonlySet<string>;

  constructor(preconditions: PreconditionTable) {
    const alone = Object.fromEntries(Object.entries(preconditions).map(([name, operands]) => [name, preconditionContract(operands)]));
    const unfused = joined(alone, relations, namedTypes);
    this.#contracts = { ...unfused, ...fusedContracts(unfused) };
    this.operations = new Set(Object.keys(this.#contracts));
  }

  verdict(precision: Precision, operation: string, args: readonly Argument[]): Verdict {
    const contract = Object.hasOwn(this.#contracts, operation) ? this.#contracts[operation] : undefined;
    const verdict = contract?.(new Call(operation, args.map(numeric), precision)) ?? unknown;
    return verdict.kind === 'unknown' ? symbolicVerdict(new Call(operation, args, precision)) : verdict;
  }

  /** Why no gradient comes back to the operand at a position, where its shape is the reason. */
  gap(precision: Precision, operation: string, args: readonly Argument[], at: number): Gap | undefined {
    return gapOf(precision, operation, args, at);
  }
}
