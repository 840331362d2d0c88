/**
 * Rounding: what a library's numbers may be off by. An interval is to hold what the library computes, not what is
 * true of real numbers; so a bound that no number of the library meets exactly is moved outwards, and there is room
 * for backends that are less exact than IEEE 754 asks for.
 */
import { type Interval, between } from './interval.ts';

/** The floating-point numbers that a library calculates with. */
export interface Precision {
  /** The number in which a literal is kept. */
  readonly nearest: (value: number) => number;
  /** By what part of itself a result may be off, with room to spare. */
  readonly slack: number;
  /** Beside 1, what is smaller than this is lost in a sum, with room to spare. */
  readonly lost: number;
  /** Above this, a sigmoid or hyperbolic tangent is 1 to the last bit, and its derivative 0. */
  readonly saturation: number;
  /** e to the power of this, or of anything below, is 0. */
  readonly vanishing: number;
  readonly largest: number;
  /** Below this, a number may be taken for 0. */
  readonly smallest: number;
}

/** IEEE 754 binary32, as TF.js has it. */
export const single: Precision = { nearest: Math.fround, slack: 2 ** -20, lost: 2 ** -26, saturation: 20, vanishing: -110, largest: 3.4e38, smallest: 1.2e-38 };

/** IEEE 754 binary64, JavaScript's own numbers. */
export const double: Precision = { nearest: (value) => value, slack: 2 ** -44, lost: 2 ** -56, saturation: 45, vanishing: -760, largest: 1.7e308, smallest: 2.3e-308 };

/** The result of an operation that is rounded as IEEE 754 asks for. A bound of few digits is met exactly in either precision. */
export function rounded(precision: Precision, { low, high }: Interval): Interval {
  return { low: lowered(precision, low, precision.slack), high: -lowered(precision, -high, precision.slack) };
}

/** The result of a function that is computed by approximation: no bound is met exactly but those that the function never passes. */
export function approximated(precision: Precision, { low, high }: Interval, never: Interval): Interval {
  const slack = 16 * precision.slack;
  const { low: from, high: to } = rounded(precision, { low: low - distance(low, slack), high: high + distance(high, slack) });
  return { low: Math.max(from, never.low), high: Math.min(to, never.high) };
}

/** A sum of so many values that all lie in an interval. */
export function repeated(precision: Precision, { low, high }: Interval, count: number): Interval {
  const bound = (value: number): Sum => ({ sum: value * count, magnitude: Math.abs(value) * count, whole: Number.isInteger(value) });
  return sumBetween(precision, bound(low), bound(high), count);
}

/** A sum of values, in whatever order. */
export function summed(precision: Precision, terms: readonly Interval[]): Interval {
  return sumBetween(precision, sumOf(terms.map(({ low }) => low)), sumOf(terms.map(({ high }) => high)), terms.length);
}

interface Sum {
  readonly sum: number;
  /** The sum of the absolute values. */
  readonly magnitude: number;
  /** Of whole numbers. */
  readonly whole: boolean;
}

function sumOf(values: readonly number[]): Sum {
  return { sum: values.reduce((sum, value) => sum + value, 0), magnitude: values.reduce((sum, value) => sum + Math.abs(value), 0), whole: values.every(Number.isInteger) };
}

/** Rounding never turns the order of two sums round, term by term; so each bound is off by what its own terms make of it. */
function sumBetween(precision: Precision, low: Sum, high: Sum, count: number): Interval {
  return rounded(precision, between(low.sum - errorOf(precision, low, count), high.sum + errorOf(precision, high, count)));
}

/** Whole numbers are added exactly, as long as they are not too large. */
function errorOf(precision: Precision, { magnitude, whole }: Sum, count: number): number {
  if (whole && magnitude < 2 ** 24) return 0;
  return Number.isFinite(magnitude) ? count * magnitude * precision.slack : 0;
}

/** How far a bound is moved; what is infinite stays. */
function distance(bound: number, slack: number): number {
  return Number.isFinite(bound) ? Math.abs(bound) * slack : 0;
}

function lowered(precision: Precision, bound: number, slack: number): number {
  if (bound > precision.largest) return precision.largest;
  if (bound < -precision.largest) return -Infinity;
  if (Math.abs(bound) < precision.smallest) return bound >= 0 ? 0 : -precision.smallest;
  return Math.fround(bound) === bound ? bound : bound - distance(bound, slack);
}
