/** What TF.js asks of the shapes that its operations are given, by operation. */
import type { Argument } from '../numbers/argument.ts';
import type { Precision } from '../numbers/precision.ts';
import { Call } from '../numbers/results/call.ts';
import { arrangementContracts } from './arrangements.ts';
import { assignment } from './assignment.ts';
import { axisContracts } from './axes.ts';
import { broadcastingContracts } from './broadcasting.ts';
import { fusedContracts } from './fused.ts';
import { imageContracts } from './images.ts';
import { leafContract } from './leaves.ts';
import { metricContracts } from './metrics.ts';
import { numeric, symbolicVerdict } from './symbolic.ts';
import { productContracts } from './products.ts';
import { typeContract, wantedTypes } from './types.ts';
import { type Contract, type Verdict, each, unknown } from './verdict.ts';

const ranked = [1, 2, 3, 4, 5, 6] as const;

const shapes: Readonly<Record<string, Contract>> = {
  ...broadcastingContracts, ...productContracts, ...arrangementContracts, ...axisContracts, ...imageContracts, ...metricContracts, ...fusedContracts,
  tensor: leafContract({ data: 0, shape: 1, rank: undefined }), tensor1d: leafContract({ data: 0, shape: undefined, rank: 1 }),
  ...Object.fromEntries(ranked.slice(1).map((rank) => [`tensor${String(rank)}d`, leafContract({ data: 0, shape: 1, rank })])),
  assign: assignment,
};

/** The types are looked at first. */
const contracts: Readonly<Record<string, Contract>> = {
  ...shapes,
  ...Object.fromEntries(Object.entries(wantedTypes).map(([name, wanted]) => [name, Object.hasOwn(shapes, name) ? each(typeContract(name, wanted), shapes[name]!) : typeContract(name, wanted)])),
};

/** The operations that a contract is known of. */
export const contracted: ReadonlySet<string> = new Set(Object.keys(contracts));

export function verdictOn(precision: Precision, operation: string, args: readonly Argument[]): Verdict {
  const contract = Object.hasOwn(contracts, operation) ? contracts[operation] : undefined;
  const verdict = contract?.(new Call(operation, args.map(numeric), precision)) ?? unknown;
  return verdict.kind === 'unknown' ? symbolicVerdict(new Call(operation, args, precision)) : verdict;
}
