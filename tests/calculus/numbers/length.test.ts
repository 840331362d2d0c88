/** Lengths that are no numbers are equal where they are equal for all numbers, and differ where they do for all from 1 on. */
import { describe, expect, it } from 'vitest';

import { type Length, differ, dividedBy, newLength, plus, roundedTo, times } from '../../../src/calculus/numbers/length.ts';

const [n, m] = [newLength('n'), newLength('m')];

/** All polynomials that few steps lead to, each with what it is for two numbers. */
function reached(): readonly { readonly length: Length; readonly of: (n: number, m: number) => number }[] {
  const first: readonly { readonly length: Length; readonly of: (n: number, m: number) => number }[] = [{ length: n, of: (a: number) => a }, { length: m, of: (_: number, b: number) => b }, ...[1, 2].map((count) => ({ length: count, of: () => count }))];
  const next = (all: typeof first): typeof first => all.flatMap((a) => first.flatMap((b) => [
    { length: plus(a.length, b.length), of: (x: number, y: number) => a.of(x, y) + b.of(x, y) },
    { length: times(a.length, b.length), of: (x: number, y: number) => a.of(x, y) * b.of(x, y) },
    { length: plus(a.length, times(-1, b.length)), of: (x: number, y: number) => a.of(x, y) - b.of(x, y) },
  ]));
  return [...first, ...next(first), ...next(next(first).slice(0, 8))];
}

const tried = [[1, 1], [2, 1], [1, 2], [3, 5], [7, 4], [6, 6]] as const;

describe('lengths that nobody has counted', () => {
  it('are one object if they are equal, and differ where no numbers make them equal', () => {
    const all = reached();
    for (const a of all) {
      for (const b of all) {
        const equal = tried.map(([x, y]) => a.of(x, y) === b.of(x, y));
        expect(a.length === b.length).toBe(equal.every(Boolean));
        if (differ(a.length, b.length)) expect(equal).not.toContain(true);
      }
    }
  });

  it('are divided into fractions', () => {
    expect(dividedBy(times(6, times(n, m)), times(2, n))).toBe(times(3, m));
    expect(dividedBy(plus(n, 1), n)).toBeUndefined();
    expect(times(dividedBy(times(3, n), 2), 2)).toBe(times(3, n));
    expect(times(dividedBy(n, 49), 49)).toBe(n);
    expect(plus(dividedBy(n, 3), dividedBy(n, -3))).toBe(0);
    expect(dividedBy(n, 0)).toBeUndefined();
    expect(dividedBy(undefined, n)).toBeUndefined();
  });

  it('are rounded to what is equal to itself, and may be nothing', () => {
    const half = roundedTo('floor', dividedBy(n, 2));
    expect(roundedTo('floor', dividedBy(n, 2))).toBe(half);
    expect(roundedTo('floor', times(2, n))).toBe(times(2, n));
    expect(plus(half, plus(n, times(-1, half)))).toBe(n);
    expect(differ(plus(half, n), n)).toBe(false);
    expect(differ(plus(half, 1), half)).toBe(true);
    expect(differ(n, 0)).toBe(false);
    expect(differ(roundedTo('floor', plus(dividedBy(n, 2), -1)), -1)).toBe(false);
  });

  it('are not compared where a fraction is rounded at each step', () => {
    expect(differ(times(times(n, 0.1), 3), times(n, 0.3))).toBe(false);
    expect(differ(times(n, 0.5), n)).toBe(false);
  });

  it('are told as the user may write them', () => {
    expect(plus(times(2, n), 1)).toMatchObject({ text: '2 * n + 1' });
    expect(plus(n, -1)).toMatchObject({ text: 'n - 1' });
    expect(roundedTo('floor', dividedBy(n, 2))).toMatchObject({ text: 'floor(n / 2)' });
    expect(plus(n, dividedBy(times(-3, m), 2))).toMatchObject({ text: '-3 * m / 2 + n' });
  });
});
