/** Functions that are constant between jumps: the derivative is zero wherever it exists. */
import type { TensorLike } from '../convert.ts';
import type { Tensor } from '../tensor.ts';
import { unary, type Unary } from './elementwise.ts';

const steps = (name: string, f: (x: number) => number): Unary => unary(name, f, 'zero-derivative', { dtype: 'same' });

export const floor: Unary = steps('floor', Math.floor);
export const ceil: Unary = steps('ceil', Math.ceil);
/** To the nearest integer, halves to the even one (IEEE 754). */
export const round: Unary = steps('round', (x) => {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
});
export const sign: Unary = steps('sign', Math.sign);

/** 1 where x > 0, else `alpha`. */
export const step = (x: TensorLike, alpha = 0): Tensor =>
  unary('step', (value) => (Number.isNaN(value) ? NaN : value > 0 ? 1 : alpha), 'zero-derivative', { dtype: 'numeric' })(x);

/** Zeros of the shape and dtype of `x`. */
export const zerosLike: Unary = steps('zerosLike', () => 0);
/** Ones of the shape and dtype of `x`. */
export const onesLike: Unary = steps('onesLike', () => 1);
