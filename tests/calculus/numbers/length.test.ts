/** Lengths that are no numbers are equal where they are equal for all numbers, and differ where they do for all from 1 on. */
import { describe, expect, it } from 'vitest';

import { type Length, differ, dividedBy, newLength, plus, times } from '../../../src/calculus/numbers/length.ts';

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

  it('are divided where nothing is left over', () => {
    expect(dividedBy(times(6, times(n, m)), times(2, n))).toBe(times(3, m));
    expect(dividedBy(plus(n, 1), n)).toBeUndefined();
    expect(dividedBy(times(3, n), 2)).toBeUndefined();
    expect(dividedBy(undefined, n)).toBeUndefined();
  });

  it('are told as the user may write them', () => {
    expect(plus(times(2, n), 1)).toMatchObject({ text: '2 * n + 1' });
    expect(plus(n, -1)).toMatchObject({ text: 'n - 1' });
  });
});
