import { expect, test } from 'vitest';
import { Allowance, StepsExceeded } from '../../src/interpreter/machine/allowance.ts';

const limits = { base: 10, perPlace: { here: 5, elsewhere: 2 }, most: 18, share: 1 };

/** How many steps it lets code take. */
function taken(allowance: Allowance): number {
  for (let count = 0; ; count++) {
    try {
      allowance.step();
    } catch (error) {
      expect(error).toBeInstanceOf(StepsExceeded);
      return count;
    }
  }
}

function at(file: string, start: number): Parameters<Allowance['worthwhile']>[0] {
  return { file, start, end: start + 1, line: 1, column: 1 } as Parameters<Allowance['worthwhile']>[0];
}

test('code in which nothing happens ends early', () => {
  expect(taken(new Allowance('a.ts', limits))).toBe(10);
});

test('each place at which something happens lets it go on, once', () => {
  const allowance = new Allowance('a.ts', limits);
  allowance.worthwhile(at('a.ts', 1));
  allowance.worthwhile(at('a.ts', 1));
  allowance.worthwhile(at('b.ts', 1));
  expect(taken(allowance)).toBe(17);
});

test('there is an end to it', () => {
  const allowance = new Allowance('a.ts', limits);
  for (let place = 0; place < 9; place++) allowance.worthwhile(at('a.ts', place));
  expect(taken(allowance)).toBe(18);
});

test('an entry leaves the others their part', () => {
  const allowance = new Allowance('a.ts', { ...limits, share: 0.5 });
  expect(taken(allowance)).toBe(5);
  allowance.enter();
  expect(taken(allowance)).toBe(2);
});
