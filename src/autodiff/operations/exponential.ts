/** Exponentials, logarithms, powers and roots. Derivatives: DLMF 4.2 and 4.4, unless a line says otherwise. */
import { toTensor } from '../convert.ts';
import { add, div, mul, neg, sub } from './arithmetic.ts';
import { binary, unary, type Binary, type Unary } from './elementwise.ts';
import { where } from './selection.ts';
import { equal, greater, logicalAnd, sign } from './steps.ts';

/** eˣ. x̄ = ȳ y. */
export const exp: Unary = unary('exp', Math.exp, (dy, { y }) => mul(dy, y));

/** eˣ − 1, exact near 0. x̄ = ȳ eˣ. */
export const expm1: Unary = unary('expm1', Math.expm1, (dy, { x }) => mul(dy, exp(x)));

/** ln x. x̄ = ȳ / x. */
export const log: Unary = unary('log', Math.log, (dy, { x }) => div(dy, x));

/** ln(1 + x), exact near 0. x̄ = ȳ / (1 + x). */
export const log1p: Unary = unary('log1p', Math.log1p, (dy, { x }) => div(dy, add(1, x)));

/** √x. x̄ = ȳ / (2 √x); infinite at 0. */
export const sqrt: Unary = unary('sqrt', Math.sqrt, (dy, { y }) => div(dy, mul(2, y)));

/** 1 / √x. x̄ = −½ ȳ y³. */
export const rsqrt: Unary = unary('rsqrt', (x) => 1 / Math.sqrt(x), (dy, { y }) => mul(dy, mul(-0.5, mul(y, square(y)))));

/** x². x̄ = 2 ȳ x. */
export const square: Unary = unary('square', (x) => x * x, (dy, { x }) => mul(dy, mul(2, x)), { dtype: 'same' });

const power: Binary = binary('pow', (a, b) => a ** b, {
  a: (dy, { a, b }) => {
    const zeroToZero = logicalAnd(equal(a, 0), equal(b, 0));
    return mul(dy, mul(b, power(a, where(zeroToZero, 1, sub(b, 1)))));
  },
  b: (dy, { a, y }) => mul(dy, mul(y, log(where(greater(a, 0), a, 1)))),
});

/**
 * aᵇ. ā = ȳ b aᵇ⁻¹, and 0 for a⁰ also at a = 0; b̄ = ȳ y ln a, and 0 where a ≤ 0, where the derivative in b does not
 * exist (the choice of TensorFlow). DLMF 4.2.
 */
export const pow: Binary = (base, exp) => power(toTensor(base, 'base', 'pow'), toTensor(exp, 'exp', 'pow'));

/** 1 / x. x̄ = −ȳ y². */
export const reciprocal: Unary = unary('reciprocal', (x) => 1 / x, (dy, { y }) => neg(mul(dy, square(y))));

/** |x|. x̄ = ȳ sign x, and 0 at the kink. */
export const abs: Unary = unary('abs', Math.abs, (dy, { x }) => mul(dy, sign(x)), { dtype: 'same' });

/**
 * The error function 2/√π ∫₀ˣ e^(−t²) dt, by Kummer's series (DLMF 7.6.2), whose terms are all positive.
 * x̄ = ȳ 2/√π e^(−x²), the definition (DLMF 7.2.1).
 */
export const erf: Unary = unary(
  'erf',
  (x) => {
    if (Number.isNaN(x) || Math.abs(x) > 6) return Math.sign(x);
    let term = x;
    let total = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n += 1) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
  },
  (dy, { x }) => mul(dy, mul(2 / Math.sqrt(Math.PI), exp(neg(square(x))))),
);

/** 1 / (1 + e⁻ˣ). x̄ = ȳ y (1 − y). */
export const sigmoid: Unary = unary('sigmoid', (x) => 1 / (1 + Math.exp(-x)), (dy, { y }) => mul(dy, mul(y, sub(1, y))), { flat: 'dead-activation' });

/** ln(1 + eˣ). x̄ = ȳ sigmoid(x). */
export const softplus: Unary = unary('softplus', (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), (dy, { x }) => mul(dy, sigmoid(x)), {
  flat: 'dead-activation',
});

/** ln sigmoid(x). x̄ = ȳ sigmoid(−x). */
export const logSigmoid: Unary = unary(
  'logSigmoid',
  (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
  (dy, { x }) => mul(dy, sigmoid(neg(x))),
  { flat: 'dead-activation' },
);
