/**
 * Intervals: between which numbers every element of a tensor lies (Moore, "Interval Analysis", 1966). A bound that is
 * not known is infinite. Rounding is ignored: what is decided by intervals is decided with room to spare, or by bounds
 * that operations keep exactly (a square is never negative).
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const anyNumber: Interval = { low: -Infinity, high: Infinity };
const nonNegative: Interval = { low: 0, high: Infinity };
const unit: Interval = { low: 0, high: 1 };
const signed: Interval = { low: -1, high: 1 };

export function exactly(value: number): Interval {
  return { low: value, high: value };
}

/** The single value of every element, where there is one. */
export function valueOf({ low, high }: Interval): number | undefined {
  return low === high ? low : undefined;
}

export function hull(intervals: readonly Interval[]): Interval {
  if (intervals.length === 0) return anyNumber;
  return { low: Math.min(...intervals.map(({ low }) => low)), high: Math.max(...intervals.map(({ high }) => high)) };
}

/** The hull of two intervals, with every bound that moves given up but its sign, so that loops come to rest. */
export function widened(a: Interval, b: Interval): Interval {
  const [low, high] = [Math.min(a.low, b.low), Math.max(a.high, b.high)];
  return { low: a.low === b.low ? low : low >= 0 ? 0 : -Infinity, high: a.high === b.high ? high : high <= 0 ? 0 : Infinity };
}

export function sameInterval(a: Interval, b: Interval): boolean {
  return Object.is(a.low, b.low) && Object.is(a.high, b.high);
}

/** The range of a result, from the ranges of the operands. */
type Range = (...operands: readonly Interval[]) => Interval;

/** 0 · ∞ is 0 here: an infinite bound is one that is not known, and every known number times zero is zero. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function times(a: Interval, b: Interval): Interval {
  return hull([[a.low, b.low], [a.low, b.high], [a.high, b.low], [a.high, b.high]].map(([x, y]) => exactly(product(x ?? NaN, y ?? NaN))));
}

/** A function that only rises. */
function rising(f: (x: number) => number, range: Interval = anyNumber): Range {
  return (x = anyNumber) => ({ low: Math.max(f(x.low), range.low), high: Math.min(f(x.high), range.high) });
}

const same: Range = (x = anyNumber) => x;
const within = (range: Interval): Range => () => range;

const square: Range = (x = anyNumber) => {
  const low = x.low <= 0 && x.high >= 0 ? 0 : Math.min(x.low ** 2, x.high ** 2);
  return { low, high: Math.max(x.low ** 2, x.high ** 2) };
};

const abs: Range = (x = anyNumber) => {
  const low = x.low <= 0 && x.high >= 0 ? 0 : Math.min(Math.abs(x.low), Math.abs(x.high));
  return { low, high: Math.max(Math.abs(x.low), Math.abs(x.high)) };
};

/** To whole numbers towards zero, or to 0 and 1: which type it is is not known here. */
export function convertedRange(x: Interval): Interval {
  const value = valueOf(x);
  if (value === 0 || value === 1) return x;
  const truth = x.low > 0 || x.high < 0 ? exactly(1) : unit;
  return hull([x, { low: Math.trunc(x.low), high: Math.trunc(x.high) }, truth]);
}

const converted: Range = (x = anyNumber) => convertedRange(x);

const negated: Range = (x = anyNumber) => ({ low: -x.high, high: -x.low });
const sum: Range = (a = anyNumber, b = anyNumber) => ({ low: a.low + b.low, high: a.high + b.high });

/** A sum over elements keeps the sign, nothing more: how many there are is not known. */
const total: Range = (x = anyNumber) => ({ low: x.low >= 0 ? 0 : -Infinity, high: x.high <= 0 ? 0 : Infinity });

const quotient: Range = (a = anyNumber, b = anyNumber) => (b.low > 0 || b.high < 0 ? times(a, { low: 1 / b.high, high: 1 / b.low }) : anyNumber);

/** A comparison that always comes out the same. */
function decided(holds: boolean, fails: boolean): Interval {
  return holds ? exactly(1) : fails ? exactly(0) : unit;
}

/** What operations do to intervals, by name; an operation that is not listed may give any number. */
const ranges: Readonly<Record<string, Range>> = {
  abs, square, neg: negated,
  add: sum, sub: (a = anyNumber, b = anyNumber) => sum(a, negated(b)),
  mul: (a = anyNumber, b = anyNumber) => times(a, b), div: quotient,
  squaredDifference: within(nonNegative),
  exp: rising(Math.exp, nonNegative), sqrt: rising((x) => Math.sqrt(Math.max(x, 0)), nonNegative),
  softplus: within(nonNegative), sigmoid: within(unit), softmax: within(unit), tanh: within(signed), sin: within(signed), cos: within(signed), erf: within(signed),
  logSigmoid: within({ low: -Infinity, high: 0 }), logSoftmax: within({ low: -Infinity, high: 0 }),
  relu: rising((x) => Math.max(x, 0)), relu6: rising((x) => Math.min(Math.max(x, 0), 6)),
  cosh: within({ low: 1, high: Infinity }), sign: within(signed),
  greater: (a = anyNumber, b = anyNumber) => decided(a.low > b.high, a.high <= b.low), greaterEqual: (a = anyNumber, b = anyNumber) => decided(a.low >= b.high, a.high < b.low),
  less: (a = anyNumber, b = anyNumber) => decided(a.high < b.low, a.low >= b.high), lessEqual: (a = anyNumber, b = anyNumber) => decided(a.high <= b.low, a.low > b.high),
  equal: within(unit), notEqual: within(unit),
  logicalAnd: within(unit), logicalOr: within(unit), logicalNot: (x = unit) => ({ low: 1 - Math.min(x.high, 1), high: 1 - Math.max(x.low, 0) }),
  zerosLike: within(exactly(0)), onesLike: within(exactly(1)),
  maximum: (a = anyNumber, b = anyNumber) => ({ low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) }),
  minimum: (a = anyNumber, b = anyNumber) => ({ low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) }),
  clipByValue: (x = anyNumber, from = anyNumber, to = anyNumber) => ({ low: Math.min(Math.max(x.low, from.low), to.high), high: Math.max(Math.min(x.high, to.high), from.low) }),
  sum: total, mean: same, max: same, min: same, norm: within(nonNegative), euclideanNorm: within(nonNegative),
  clone: same, reshape: same, flatten: same, expandDims: same, squeeze: same, transpose: same, tile: same, broadcastTo: same,
  slice: same, gather: same, reverse: same, toFloat: same, asScalar: same, as1D: same, as2D: same, as3D: same, as4D: same, asType: converted, cast: converted,
  where: (_, a = anyNumber, b = anyNumber) => hull([a, b]),
};

export function rangeOf(operation: string, operands: readonly Interval[]): Interval {
  const range = Object.hasOwn(ranges, operation) ? ranges[operation] : undefined;
  const result = range?.(...operands);
  return result === undefined || Number.isNaN(result.low) || Number.isNaN(result.high) ? anyNumber : result;
}

/** Above this, a sigmoid or hyperbolic tangent is 1 to the last bit of a float32, and its derivative 0. */
const saturation = 20;

/** Operands from which nothing comes back, for the ranges that they have: an operand's position, and why. */
type Flat = (operands: readonly Interval[]) => readonly { readonly operand: number; readonly cause: 'dead-activation' | 'constant-where' }[];

const dead = (test: (x: Interval) => boolean): Flat => ([x = anyNumber]) => (test(x) ? [{ operand: 0, cause: 'dead-activation' }] : []);

function chosen(a: boolean, b: boolean): ReturnType<Flat> {
  return [...(a ? [{ operand: 0, cause: 'constant-where' as const }] : []), ...(b ? [{ operand: 1, cause: 'constant-where' as const }] : [])];
}

/** By operation; ties as TF.js breaks them (measured: the first operand of `maximum` and `minimum` takes the gradient). */
const flats: Readonly<Record<string, Flat>> = {
  relu: dead(({ high }) => high <= 0),
  relu6: dead(({ low, high }) => high < 0 || low > 6),
  sigmoid: dead(({ low }) => low > saturation),
  tanh: dead(({ low, high }) => low > saturation || high < -saturation),
  clipByValue: ([x = anyNumber, from = anyNumber, to = anyNumber]) => (x.high < from.low || x.low > to.high ? [{ operand: 0, cause: 'dead-activation' }] : []),
  maximum: ([a = anyNumber, b = anyNumber]) => chosen(a.high < b.low, b.high <= a.low),
  minimum: ([a = anyNumber, b = anyNumber]) => chosen(a.low > b.high, b.low >= a.high),
  where: ([condition = anyNumber]) => {
    const value = valueOf(condition);
    return value === undefined ? [] : [{ operand: value === 0 ? 1 : 2, cause: 'constant-where' }];
  },
};

/** The operands of a call that get no gradient for certain, by the ranges of all of them. */
export function flatOperands(operation: string, operands: readonly Interval[]): ReturnType<Flat> {
  return Object.hasOwn(flats, operation) ? flats[operation]?.(operands) ?? [] : [];
}
