/** Operations with a bias and an activation behind them, whose arguments are the fields of one object: of their numbers nothing is known. */
import { type Argument, absent, isAbsent } from '../argument.ts';
import { type Dimensions, broadcast, joinDimensions } from '../dimensions.ts';
import { type Facts, noFacts, rangeFacts } from '../facts.ts';
import { anyNumber } from '../interval.ts';
import type { Call, Result } from './call.ts';
import { matMul } from './products.ts';
import { windows } from './windows.ts';

/** The fields in the order of the arguments of the operation that is fused. */
const fusedFields: Readonly<Record<string, readonly string[]>> = {
  'fused.matMul': ['a', 'b', 'transposeA', 'transposeB'],
  'fused.conv2d': ['x', 'filter', 'strides', 'pad', 'dataFormat', 'dilations', 'dimRoundingMode'],
  'fused.depthwiseConv2d': ['x', 'filter', 'strides', 'pad', 'dataFormat', 'dilations', 'dimRoundingMode'],
};

/** What a field of the one argument is; undefined where the argument is not known. */
export function fieldOf(call: Call, name: string): Argument | undefined {
  const argument = call.argument(0);
  if (argument.kind !== 'record') return undefined;
  return Object.hasOwn(argument.fields, name) ? argument.fields[name] : absent;
}

/** The call of the operation that is fused. */
export function unfused(call: Call): Call | undefined {
  const fields = fusedFields[call.operation]?.map((name) => fieldOf(call, name)) ?? [];
  return fields.length > 0 && fields.every((field) => field !== undefined) ? call.with(fields) : undefined;
}

/** A bias, and the slopes of an activation, may stretch the result, or be refused where they would. */
const fused = (result: Result): Result => (call) => {
  const [product, bias, slopes] = [unfused(call), fieldOf(call, 'bias'), fieldOf(call, 'preluActivationWeights')];
  if (product === undefined || bias === undefined || slopes === undefined) return noFacts;
  const { dimensions, type }: Facts = result(product);
  const added = [bias, slopes].filter((argument) => !isAbsent(argument));
  const stretch = (before: Dimensions, by: Argument): Dimensions => joinDimensions(before, broadcast(before, call.with([by]).tensor(0).dimensions));
  return rangeFacts(anyNumber, added.reduce(stretch, dimensions), added.length === 0 ? type : undefined);
};

export const fusedResults: Readonly<Record<string, Result>> = {
  'fused.matMul': fused(matMul), 'fused.conv2d': fused(windows.conv2d!), 'fused.depthwiseConv2d': fused(windows.depthwiseConv2d!),
};
