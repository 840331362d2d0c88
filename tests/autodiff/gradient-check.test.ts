import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../src/autodiff/index.ts';
import { core } from './tfjs.ts';

const { customGrad, gradientCheck, tensor1d } = core;

describe('gradientCheck', () => {
  it('passes a right gradient and says how much it compared', () => {
    const check = gradientCheck((x, y) => x.mul(y.exp()).sum(), [[1, 2, 3], [0.1, 0.2, 0.3]]);
    expect(check).toMatchObject({ passed: true, compared: 6, failures: [] });
    expect(check.worst!.relativeError).toBeLessThan(1e-8);
  });

  it('catches a wrong custom gradient, and names the element', () => {
    const wrong = customGrad((x: Tensor, save: (saved: Tensor[]) => void) => {
      save([x]);
      return { value: x.square(), gradFunc: (dy, [saved]) => dy.mul(saved!) };
    });
    const check = gradientCheck((x) => wrong(x), [[0, 1.5]]);
    expect(check.passed).toBe(false);
    expect(check.failures).toHaveLength(1);
    expect(check.worst).toMatchObject({ input: 0, element: 1, analytic: 1.5 });
    expect(check.worst!.numeric).toBeCloseTo(3);
  });

  it('catches a stopped gradient', () => {
    expect(gradientCheck((x) => core.stopGradient(x.square()), [[1, 2]])).toMatchObject({ passed: false });
  });

  it('compares float inputs only', () => {
    expect(gradientCheck((x, n) => x.mul(n), [tensor1d([1, 2]), tensor1d([3, 4], 'int32')])).toMatchObject({ passed: true, compared: 2 });
  });

  it('weighs the results by dy', () => {
    expect(gradientCheck((x) => x.square(), [[1, 2]], { dy: [0, 5] }).worst).toMatchObject({ element: 1, analytic: 20 });
  });

  it('refuses a function that returns no tensor', () => {
    expect(() => gradientCheck((() => 1) as never, [1])).toThrow('must return a tensor');
  });
});
