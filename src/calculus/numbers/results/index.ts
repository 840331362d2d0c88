/** What is known of the results of operations. */
import { type Argument, isAbsent, numberOf } from '../argument.ts';
import { type Facts, type NamedType, noFacts, rangeFacts } from '../facts.ts';
import { total } from '../interval.ts';
import type { Precision } from '../precision.ts';
import { arrangements } from './arrangements.ts';
import { Call, type Result, named } from './call.ts';
import { cast, castTo, elementwise, shapeBroadcast, shapeKept } from './elementwise.ts';
import { fusedResults } from './fused.ts';
import { indexedResults } from './indexed.ts';
import { matMul } from './products.ts';
import { reductions } from './reductions.ts';
import { nothingOfSeveral, type SeveralFacts, severalResults } from './several.ts';
import { shapedResults } from './shaped.ts';
import { signalResults } from './signals.ts';
import { windows } from './windows.ts';

/** Operations that keep the shape of their first operand, whatever the numbers. */
const keepers = ['movingAverage', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'expm1', 'isFinite', 'isInf', 'isNaN', 'leakyRelu', 'rsqrt', 'selu', 'sinh', 'tan', 'batchNorm', 'batchNorm2d', 'batchNorm3d', 'batchNorm4d'];
/** Sums and products up to an element. Of an axis that is counted from the end TF.js makes a shape that is none. */
const cumulative: Result = (call) => {
  const axis = call.argument(1);
  return isAbsent(axis) || (numberOf(axis) ?? -1) >= 0 ? shapeKept(call) : noFacts;
};

const broadcasters = ['atan2', 'divNoNan', 'floorDiv', 'logicalXor', 'mod', 'prelu'];

const results: Readonly<Record<string, Result>> = {
  ...named(keepers, shapeKept), ...named(['cumsum', 'cumprod'], cumulative), ...named(broadcasters, shapeBroadcast),
  ...reductions, ...arrangements, ...windows, ...shapedResults, ...fusedResults, ...indexedResults, ...signalResults, matMul,
  cast, asType: cast, toFloat: castTo('float32'), toInt: castTo('int32'), toBool: castTo('bool'),
  // What is not dropped is scaled up.
  dropout: (call) => rangeFacts(total(call.tensor(0).range), call.tensor(0).dimensions, call.tensor(0).type),
};

/** By operation: of which type the result is where the first operand is of floats, whatever the others are. */
export type ResultTypes = Readonly<Record<string, NamedType>>;

/** What is known of a result, with its type where what is known of the operation does not tell it. */
export function typedResult(types: ResultTypes, precision: Precision, operation: string, args: readonly Argument[]): Facts {
  const facts = factsOfResult(precision, operation, args);
  const type = facts.type ?? (Object.hasOwn(types, operation) && new Call(operation, args, precision).tensor(0).type === 'float32' ? types[operation] : undefined);
  return type === facts.type ? facts : { ...facts, type };
}

/** By the operation's name; of one that is not listed nothing is known. */
export function factsOfResult(precision: Precision, operation: string, args: readonly Argument[]): Facts {
  const result = Object.hasOwn(results, operation) ? results[operation] : elementwise(operation);
  return result?.(new Call(operation, args, precision)) ?? noFacts;
}

/** As `factsOfResult`, of an operation that gives several tensors. */
export function factsOfResults(precision: Precision, operation: string, args: readonly Argument[]): SeveralFacts {
  const result = Object.hasOwn(severalResults, operation) ? severalResults[operation] : undefined;
  return result?.(new Call(operation, args, precision)) ?? nothingOfSeveral;
}
