import { describe, expect, it } from 'vitest';
import { core, numbersOf } from './tfjs.ts';

/** The shortest of some runs, in milliseconds. */
function fastest(program: () => void, runs = 5): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    program();
    return performance.now() - start;
  });
  return Math.min(...times);
}

describe('the gradient of prod', () => {
  const gradientOf = (length: number): (() => void) => {
    const x = core.tensor(Array.from({ length }, (_, index) => 1 + 0.001 * Math.sin(index)));
    return () => { core.grad((each) => core.prod(each))(x); };
  };

  it('takes time in proportion to the elements', () => {
    const [few, many] = [gradientOf(4_000), gradientOf(64_000)];
    few();
    // Sixteen times the elements: linear is 16, quadratic 256.
    expect(fastest(many) / fastest(few)).toBeLessThan(64);
  });

  it('is the product of the others', () => {
    const x = core.tensor(Array.from({ length: 1_001 }, (_, index) => (index % 2 === 0 ? 2 : 0.5)));
    const expected = Array.from({ length: 1_001 }, (_, index) => (index % 2 === 0 ? 1 : 4));
    expect(numbersOf(core.grad((each) => core.prod(each))(x))).toEqual(expected);
  });
});
