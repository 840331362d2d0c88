/** What operations do to a range, element by element. */
import { type Interval, anyNumber, exactly, hull, negated, plus, quotient, times, valueOf } from './interval.ts';
import { type Precision, approximated, rounded } from './precision.ts';

/** The range of a result, from the ranges of the operands. */
export type Range = (precision: Precision, ...operands: readonly Interval[]) => Interval;

const nonNegative: Interval = { low: 0, high: Infinity };
const nonPositive: Interval = { low: -Infinity, high: 0 };
const unit: Interval = { low: 0, high: 1 };
const signed: Interval = { low: -1, high: 1 };

/** An operation that is rounded as IEEE 754 asks for. */
function exact(range: (...operands: readonly Interval[]) => Interval): Range {
  return (precision, ...operands) => rounded(precision, range(...operands));
}

/** A function that only rises, and never leaves a range. */
function rising(f: (x: number) => number, never: Interval): Range {
  return (precision, x = anyNumber) => approximated(precision, { low: f(x.low), high: f(x.high) }, never);
}

/** Of what is below, a function gives no number, and then a comparison may come out either way. */
function from(start: number, range: Range): Range {
  return (precision, x = anyNumber) => (x.low < start ? anyNumber : range(precision, x));
}

/** As `rising`, for a function that comes to its bounds as far as the library's numbers can tell. */
function saturating(f: (x: number) => number, never: Interval, bottom: (precision: Precision) => number): Range {
  const between = rising(f, never);
  return (precision, x = anyNumber) => {
    const { low, high } = between(precision, x);
    return { low: x.low > precision.saturation ? never.high : low, high: x.high < bottom(precision) ? never.low : high };
  };
}

/** A function that only rises and is met exactly. */
function met(f: (x: number) => number): Range {
  return (_, x = anyNumber) => ({ low: f(x.low), high: f(x.high) });
}

const within = (range: Interval): Range => () => range;

function magnitude({ low, high }: Interval): Interval {
  const [a, b] = [Math.abs(low), Math.abs(high)];
  return { low: low <= 0 && high >= 0 ? 0 : Math.min(a, b), high: Math.max(a, b) };
}

function squared(x: Interval): Interval {
  const { low, high } = magnitude(x);
  return { low: low * low, high: high * high };
}

const minus = (a: Interval, b: Interval): Interval => plus(a, negated(b));

/** A comparison that always comes out the same. */
function decided(holds: boolean, fails: boolean): Interval {
  return holds ? exactly(1) : fails ? exactly(0) : unit;
}

function areEqual(a: Interval, b: Interval): Interval {
  return decided(valueOf(a) !== undefined && valueOf(a) === valueOf(b), a.low > b.high || a.high < b.low);
}

/** Whether it is true: anything but 0. */
function truth({ low, high }: Interval): Interval {
  return decided(low > 0 || high < 0, low === 0 && high === 0);
}

function power(precision: Precision, base: Interval, exponent: number | undefined): Interval {
  if (exponent === 2) return approximated(precision, squared(base), nonNegative);
  // There is a zero below zero, and what is divided by it is negative.
  return base.low > 0 || (base.low === 0 && exponent !== undefined && exponent >= 0) || (exponent !== undefined && exponent % 2 === 0) ? nonNegative : anyNumber;
}

const not = ({ low, high }: Interval): Interval => ({ low: 1 - high, high: 1 - low });

const binary = (f: (a: Interval, b: Interval) => Interval) => (a = anyNumber, b = anyNumber): Interval => f(a, b);
const unary = (f: (x: Interval) => Interval) => (x = anyNumber): Interval => f(x);
/** Of two operands, without any rounding. */
const comparison = (f: (a: Interval, b: Interval) => Interval): Range => (_, a = anyNumber, b = anyNumber) => f(a, b);

/** By name; an operation that is not listed may give any number. */
export const pointwise: Readonly<Record<string, Range>> = {
  abs: (_, x = anyNumber) => magnitude(x),
  neg: (_, x = anyNumber) => negated(x),
  square: exact(unary(squared)),
  add: exact(binary(plus)), sub: exact(binary(minus)), mul: exact(binary(times)), div: exact(binary(quotient)),
  squaredDifference: exact(binary((a, b) => squared(minus(a, b)))),
  reciprocal: exact(unary((x) => quotient(exactly(1), x))),
  // Near 0 it is 1 + x, rounded: what is not positive is taken to 1 at most.
  exp: (precision, x = anyNumber) => rising(Math.exp, x.high <= 0 ? unit : nonNegative)(precision, x),
  log: from(0, rising(Math.log, anyNumber)), log1p: from(-1, rising(Math.log1p, anyNumber)), sqrt: from(0, rising(Math.sqrt, nonNegative)),
  softplus: rising((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), nonNegative),
  sigmoid: saturating((x) => 1 / (1 + Math.exp(-x)), unit, ({ vanishing }) => vanishing),
  tanh: saturating(Math.tanh, signed, ({ saturation }) => -saturation),
  sin: within(signed), cos: within(signed), erf: within(signed), sign: within(signed), step: within(unit),
  logSigmoid: within(nonPositive), cosh: within({ low: 0.99, high: Infinity }),
  relu: met((x) => Math.max(x, 0)), relu6: met((x) => Math.min(Math.max(x, 0), 6)),
  elu: rising((x) => (x > 0 ? x : Math.expm1(x)), { low: -1, high: Infinity }),
  floor: met(Math.floor), ceil: met(Math.ceil), round: (_, x = anyNumber) => ({ low: Math.floor(x.low), high: Math.ceil(x.high) }),
  pow: (precision, a = anyNumber, b = anyNumber) => power(precision, a, valueOf(b)),
  maximum: comparison((a, b) => ({ low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) })),
  minimum: comparison((a, b) => ({ low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) })),
  clipByValue: (_, x = anyNumber, from = anyNumber, to = anyNumber) => ({ low: Math.min(Math.max(x.low, from.low), to.high), high: Math.max(Math.min(x.high, to.high), from.low) }),
  greater: comparison((a, b) => decided(a.low > b.high, a.high <= b.low)),
  greaterEqual: comparison((a, b) => decided(a.low >= b.high, a.high < b.low)),
  less: comparison((a, b) => decided(a.high < b.low, a.low >= b.high)),
  lessEqual: comparison((a, b) => decided(a.high <= b.low, a.low > b.high)),
  equal: comparison(areEqual), notEqual: comparison((a, b) => not(areEqual(a, b))),
  logicalNot: (_, x = unit) => not(truth(x)),
  logicalAnd: comparison((a, b) => times(truth(a), truth(b))),
  logicalOr: comparison((a, b) => not(times(not(truth(a)), not(truth(b))))),
  zerosLike: within(exactly(0)), onesLike: within(exactly(1)),
  clone: (_, x = anyNumber) => x, toFloat: (_, x = anyNumber) => x,
  where: (_, condition = anyNumber, a = anyNumber, b = anyNumber) => {
    const value = valueOf(condition);
    return value === undefined ? hull([a, b]) : value === 0 ? b : a;
  },
};
