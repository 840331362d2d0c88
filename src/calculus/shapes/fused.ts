/** Operations with a bias and an activation behind them, whose arguments are the fields of one object. */
import { isAbsent } from '../numbers/argument.ts';
import type { Call } from '../numbers/results/call.ts';
import { fieldOf, fusedResults, unfused } from '../numbers/results/fused.ts';
import { broadcastVerdict } from './broadcasting.ts';
import { type Contract, type Verdict, all, fits, shapeText, unknown } from './verdict.ts';

/** TF.js takes the operations apart where a gradient is wanted; `shared`: the errors that are the same either way. */
const fused = (contract: Contract | undefined, shared: RegExp): Contract => (call) => {
  const parts = unfused(call);
  const verdict = parts && contract?.(parts);
  return verdict === undefined ? unknown : all([told(verdict, shared), told(biased(call), shared), unknown]);
};

function biased(call: Call): Verdict {
  const bias = fieldOf(call, 'bias');
  const result = fusedResults[call.operation]?.(withoutBias(call));
  if (bias === undefined || result === undefined) return unknown;
  if (isAbsent(bias)) return fits;
  const added = call.with([bias]).tensor(0);
  return broadcastVerdict(result.dimensions, added.dimensions, [result, added].map(({ dimensions }) => ({ text: shapeText(dimensions), argument: 0 })));
}

function withoutBias(call: Call): Call {
  const argument = call.argument(0);
  return argument.kind === 'record' ? call.with([{ kind: 'record', fields: { ...argument.fields, bias: { kind: 'constant', value: undefined } } }]) : call;
}

/** All of it is in the one argument. */
function told(verdict: Verdict, shared: RegExp): Verdict {
  if (verdict.kind !== 'fails') return verdict;
  return { ...verdict, error: shared.test(verdict.error) ? verdict.error : '', given: verdict.given.map(({ text }) => ({ text, argument: 0 })) };
}

/** By the contracts of the operations that are fused with what is behind them. */
export function fusedContracts(contracts: Readonly<Record<string, Contract>>): Readonly<Record<string, Contract>> {
  return {
    'fused.matMul': fused(contracts.matMul, /^Operands could not be broadcast together with shapes \d+,\d+ and/u),
    'fused.conv2d': fused(contracts.conv2d, /^Error in conv2d: depth of input/u),
    'fused.depthwiseConv2d': fused(contracts.depthwiseConv2d, /^$/u),
  };
}
