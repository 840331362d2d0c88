/** Trigonometric and hyperbolic functions and their inverses. Derivatives: DLMF 4.20, 4.24, 4.34 and 4.38. */
import { add, div, mul, neg, sub } from './arithmetic.ts';
import { unary, type Unary } from './elementwise.ts';
import { sqrt, square } from './exponential.ts';

/** x̄ = ȳ cos x. */
export const sin: Unary = unary('sin', Math.sin, (dy, { x }) => mul(dy, cos(x)));
/** x̄ = −ȳ sin x. */
export const cos: Unary = unary('cos', Math.cos, (dy, { x }) => neg(mul(dy, sin(x))));
/** x̄ = ȳ (1 + y²). */
export const tan: Unary = unary('tan', Math.tan, (dy, { y }) => mul(dy, add(1, square(y))));
/** x̄ = ȳ / √(1 − x²). */
export const asin: Unary = unary('asin', Math.asin, (dy, { x }) => div(dy, sqrt(sub(1, square(x)))));
/** x̄ = −ȳ / √(1 − x²). */
export const acos: Unary = unary('acos', Math.acos, (dy, { x }) => neg(div(dy, sqrt(sub(1, square(x))))));
/** x̄ = ȳ / (1 + x²). */
export const atan: Unary = unary('atan', Math.atan, (dy, { x }) => div(dy, add(1, square(x))));
/** x̄ = ȳ cosh x. */
export const sinh: Unary = unary('sinh', Math.sinh, (dy, { x }) => mul(dy, cosh(x)));
/** x̄ = ȳ sinh x. */
export const cosh: Unary = unary('cosh', Math.cosh, (dy, { x }) => mul(dy, sinh(x)));
/** x̄ = ȳ (1 − y²). */
export const tanh: Unary = unary('tanh', Math.tanh, (dy, { y }) => mul(dy, sub(1, square(y))), { flat: 'dead-activation' });
/** x̄ = ȳ / √(x² + 1). */
export const asinh: Unary = unary('asinh', Math.asinh, (dy, { x }) => div(dy, sqrt(add(square(x), 1))));
/** x̄ = ȳ / √(x² − 1). */
export const acosh: Unary = unary('acosh', Math.acosh, (dy, { x }) => div(dy, sqrt(sub(square(x), 1))));
/** x̄ = ȳ / (1 − x²). */
export const atanh: Unary = unary('atanh', Math.atanh, (dy, { x }) => div(dy, sub(1, square(x))));
