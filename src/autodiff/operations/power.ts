import { mul, sub } from './arithmetic.ts';
import { equal, greater } from './comparison.ts';
import { binary, type Binary } from './elementwise.ts';
import { log } from './exponential.ts';
import { logicalAnd } from './logic.ts';
import { where } from './selection.ts';

/**
 * aᵇ. ā = ȳ b aᵇ⁻¹, and 0 for a⁰ also at a = 0; b̄ = ȳ y ln a, and 0 where a ≤ 0, where the derivative in b does not
 * exist (the choice of TensorFlow). DLMF 4.2.
 */
export const pow: Binary = binary('pow', (a, b) => a ** b, {
  a: (dy, { a, b }) => {
    const zeroToZero = logicalAnd(equal(a, 0), equal(b, 0));
    return mul(dy, mul(b, pow(a, where(zeroToZero, 1, sub(b, 1)))));
  },
  b: (dy, { a, y }) => mul(dy, mul(y, log(where(greater(a, 0), a, 1)))),
});
