/**
 * Intervals: between which numbers a value lies (Moore, "Interval Analysis", 1966). A bound that is not known is
 * infinite; what is not a number lies in no interval, and nothing is said of it.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const anyNumber: Interval = { low: -Infinity, high: Infinity };

export function exactly(value: number): Interval {
  return Number.isNaN(value) ? anyNumber : { low: value, high: value };
}

/** The single value that there is, where there is one. */
export function valueOf({ low, high }: Interval): number | undefined {
  return low === high ? low : undefined;
}

/** An interval from bounds that came out of arithmetic; infinities that cancel leave nothing known. */
export function between(low: number, high: number): Interval {
  return Number.isNaN(low) || Number.isNaN(high) ? anyNumber : { low, high };
}

export function hull(intervals: readonly Interval[]): Interval {
  if (intervals.length === 0) return anyNumber;
  let [low, high] = [Infinity, -Infinity];
  for (const each of intervals) {
    if (each.low < low) low = each.low;
    if (each.high > high) high = each.high;
  }
  return { low, high };
}

/** The hull of two intervals, with every bound that moves given up but its sign, so that loops come to rest. */
export function widened(a: Interval, b: Interval): Interval {
  const [low, high] = [Math.min(a.low, b.low), Math.max(a.high, b.high)];
  return { low: a.low === b.low ? low : low >= 0 ? 0 : -Infinity, high: a.high === b.high ? high : high <= 0 ? 0 : Infinity };
}

export function sameInterval(a: Interval, b: Interval): boolean {
  return Object.is(a.low, b.low) && Object.is(a.high, b.high);
}

export function isAny({ low, high }: Interval): boolean {
  return low === -Infinity && high === Infinity;
}

export function negated({ low, high }: Interval): Interval {
  return { low: -high, high: -low };
}

export function plus(a: Interval, b: Interval): Interval {
  return between(a.low + b.low, a.high + b.high);
}

/** 0 · ∞ is 0 here: an infinite bound is one that is not known, and every known number times zero is zero. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

export function times(a: Interval, b: Interval): Interval {
  const products = [product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)];
  return { low: Math.min(...products), high: Math.max(...products) };
}

export function quotient(a: Interval, b: Interval): Interval {
  if (b.low <= 0 && b.high >= 0) return anyNumber;
  const quotients = [a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high];
  return between(Math.min(...quotients), Math.max(...quotients));
}

/** A sum of values of which it is not known how many there are keeps the sign, nothing more. */
export function total({ low, high }: Interval): Interval {
  return { low: low >= 0 ? 0 : -Infinity, high: high <= 0 ? 0 : Infinity };
}
