/** Operands from which no gradient comes back, because of the numbers and shapes that they have. */
import type { Cause } from '../cause.ts';
import { type Argument, factsOf, isAbsent, numberOf } from './argument.ts';
import { lengthAt } from './dimensions.ts';
import { sideBySide } from './elements.ts';
import { type Facts, elementsOf } from './facts.ts';
import { type Interval, anyNumber, valueOf } from './interval.ts';
import type { Precision } from './precision.ts';

/** Whether an element of the result gets nothing from an operand, by the ranges of the operands there. */
type Test = (precision: Precision, ...operands: readonly Interval[]) => boolean;

interface Flat {
  readonly operand: number;
  readonly cause: Cause;
  /** The operands that decide it. */
  readonly of: readonly number[];
  readonly test: Test;
}

const dead = (test: (x: Interval, precision: Precision) => boolean): readonly Flat[] => [{ operand: 0, cause: 'dead-activation', of: [0], test: (precision, x = anyNumber) => test(x, precision) }];

const two = (operand: number, cause: Cause, test: (a: Interval, b: Interval) => boolean): Flat => ({ operand, cause, of: [0, 1], test: (_, a = anyNumber, b = anyNumber) => test(a, b) });

const isZero = (x: Interval): boolean => valueOf(x) === 0;

/** By operation; ties as TF.js breaks them (measured: the first operand of `maximum` and `minimum` takes the gradient). */
const flats: Readonly<Record<string, readonly Flat[]>> = {
  relu: dead(({ high }) => high <= 0),
  relu6: dead(({ low, high }) => high <= 0 || low > 6),
  elu: dead(({ high }, { saturation }) => high < -saturation),
  sigmoid: dead(({ low, high }, { saturation, vanishing }) => low > saturation || high < vanishing),
  tanh: dead(({ low, high }, { saturation }) => low > saturation || high < -saturation),
  clipByValue: [{
    operand: 0, cause: 'dead-activation', of: [0, 1, 2],
    // Where both limits are the same, the library does not even look at the operand.
    test: (_, x = anyNumber, from = anyNumber, to = anyNumber) => from.high < to.low && (x.high < from.low || x.low > to.high),
  }],
  maximum: [two(0, 'constant-where', (a, b) => a.high < b.low), two(1, 'constant-where', (a, b) => b.high <= a.low)],
  minimum: [two(0, 'constant-where', (a, b) => a.low > b.high), two(1, 'constant-where', (a, b) => b.low >= a.high)],
  mul: [two(0, 'zero-derivative', (_, b) => isZero(b)), two(1, 'zero-derivative', (a) => isZero(a))],
  where: [1, 2].map((operand) => ({
    operand, cause: 'constant-where', of: [0],
    test: (_, condition = anyNumber) => operand === 1 ? isZero(condition) : condition.low > 0,
  })),
};

/** Products: where one factor is zero the derivative by the other one is zero there, and the derivative of that by the first factor is not. */
export const products: ReadonlySet<string> = new Set(['mul']);

/** Of a tensor and itself it takes away what it has given: nothing is left but of what is not finite. */
export const difference = 'sub';

/** What is the same whatever the one element of an axis is. */
const overOneElement: Readonly<Record<string, (call: readonly Facts[], args: readonly Argument[]) => readonly number[]>> = {
  softmax: ([x]) => (isSingle(x) ? [0] : []),
  logSoftmax: ([x]) => (isSingle(x) ? [0] : []),
  // TF.js gives the difference to the label, and that is nothing only for the label 1 (measured).
  'losses.softmaxCrossEntropy': ([labels, logits], args) => ((isSingle(labels) || isSingle(logits)) && labels !== undefined && valueOf(labels.range) === 1 && isUnsmoothed(args[3]) ? [0, 1] : []),
};

/** Whether an operation weighs the elements of an axis against one another, so that it is flat where there is only one. */
export function isNormalisation(operation: string): boolean {
  return Object.hasOwn(overOneElement, operation);
}

function isSingle(x: Facts | undefined): boolean {
  return x !== undefined && lengthAt(x.dimensions, -1) === 1;
}

function isUnsmoothed(smoothing: Argument | undefined): boolean {
  return smoothing === undefined || isAbsent(smoothing) || numberOf(smoothing) === 0;
}

/** The operands of a call that get no gradient for certain, by position, and why. */
export function flatOperands(precision: Precision, operation: string, args: readonly Argument[]): ReadonlyMap<number, Cause> {
  const causes = new Map<number, Cause>();
  const rows = Object.hasOwn(flats, operation) ? flats[operation] : undefined;
  const single = isNormalisation(operation) ? overOneElement[operation] : undefined;
  if (rows === undefined && single === undefined) return causes;
  const operands = args.map((argument) => factsOf(precision, argument));
  for (const operand of single?.(operands, args) ?? []) causes.set(operand, 'dead-activation');
  for (const { operand, cause, of, test } of rows ?? []) {
    const deciding = of.flatMap((at) => operands[at] ?? []);
    if (deciding.length === of.length && isEverywhere(precision, deciding, test)) causes.set(operand, cause);
  }
  return causes;
}

/** For each element where they are known, for all that there may be otherwise. */
function isEverywhere(precision: Precision, operands: readonly Facts[], test: Test): boolean {
  if (test(precision, ...operands.map(({ range }) => range))) return true;
  if (operands.every(({ elements }) => elements === undefined)) return false;
  const known = operands.map(elementsOf);
  const met = known.every((each) => each !== undefined) ? sideBySide(known) : undefined;
  return met !== undefined && met.rows.length > 0 && met.rows.every((row) => test(precision, ...row));
}
