/** Operations that make each element of the result from those in the same place of the operands. */
import { anyDimensions, broadcast } from '../dimensions.ts';
import { mapped } from '../elements.ts';
import { type Facts, elementsOf, rangeFacts } from '../facts.ts';
import { anyNumber } from '../interval.ts';
import { type Range, pointwise } from '../pointwise.ts';
import { converted, keptAs, resultType } from '../types.ts';
import { typeOf } from '../argument.ts';
import { type Call, type Result, resultFacts } from './call.ts';

/** How many operands there are, where it is not one. */
const two = new Set(['add', 'sub', 'mul', 'div', 'squaredDifference', 'pow', 'maximum', 'minimum', 'greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual', 'logicalAnd', 'logicalOr']);
const three = new Set(['where', 'clipByValue']);

export function elementwise(operation: string): Result | undefined {
  const range = Object.hasOwn(pointwise, operation) ? pointwise[operation] : undefined;
  const count = two.has(operation) ? 2 : three.has(operation) ? 3 : 1;
  return range && ((call) => applied(call, range, Array.from({ length: count }, (_, index) => call.tensor(index))));
}

function applied(call: Call, range: Range, operands: readonly Facts[]): Facts {
  const type = resultType(call.operation, operands.map((operand) => operand.type));
  const kept: Range = (precision, ...ranges) => keptAs(type, range(precision, ...ranges));
  // Of no elements and scalars TF.js makes one element.
  const isEmpty = call.operation === 'where' && operands.some(({ dimensions: { lengths } }) => lengths.includes(0));
  const dimensions = isEmpty ? anyDimensions : operands.map((operand) => operand.dimensions).reduce(broadcast);
  return resultFacts(eachOf(call, kept, operands), () => kept(call.precision, ...operands.map((operand) => operand.range)), dimensions, type);
}

function eachOf({ precision }: Call, range: Range, operands: readonly Facts[]): ReturnType<typeof mapped> {
  if (operands.every(({ elements }) => elements === undefined)) return undefined;
  const known = operands.map(elementsOf);
  return known.every((each) => each !== undefined) ? mapped(precision, range, known) : undefined;
}

/** `cast(x, type)`, `x.asType(type)`. */
export const cast: Result = (call) => conversion(call, typeOf(call.argument(1)));

export const castTo = (type: 'float32' | 'int32' | 'bool'): Result => (call) => conversion(call, type);

function conversion(call: Call, type: ReturnType<typeof typeOf>): Facts {
  const x = call.tensor(0);
  const range: Range = (_, each = anyNumber) => converted(type, each);
  return resultFacts(eachOf(call, range, [x]), () => range(call.precision, x.range), x.dimensions, type);
}

/** Operations of which nothing is known but that they keep the shape. */
export const shapeKept: Result = (call) => rangeFacts(anyNumber, call.tensor(0).dimensions, undefined);

/** As `shapeKept`, of two operands that broadcast. */
export const shapeBroadcast: Result = (call) => rangeFacts(anyNumber, broadcast(call.tensor(0).dimensions, call.tensor(1).dimensions), undefined);
