/** Functions that are constant between jumps: rounding, comparisons, logic. The derivative is zero wherever it exists. */
import { toTensor, type TensorLike } from '../convert.ts';
import type { Tensor } from '../tensor.ts';
import { binary, unary, type Binary, type Unary } from './elementwise.ts';

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

const comparison = (name: string, holds: (a: number, b: number) => boolean): Binary =>
  binary(name, (a, b) => Number(holds(a, b)), { a: 'zero-derivative', b: 'zero-derivative' }, { dtype: 'bool' });

const test = (name: string, holds: (x: number) => boolean): Unary =>
  unary(name, (x) => Number(holds(x)), 'zero-derivative', { dtype: 'bool' });

export const equal: Binary = comparison('equal', (a, b) => a === b);
export const notEqual: Binary = comparison('notEqual', (a, b) => a !== b);
export const greater: Binary = comparison('greater', (a, b) => a > b);
export const greaterEqual: Binary = comparison('greaterEqual', (a, b) => a >= b);
export const less: Binary = comparison('less', (a, b) => a < b);
export const lessEqual: Binary = comparison('lessEqual', (a, b) => a <= b);

export const isNaN: Unary = test('isNaN', Number.isNaN);
export const isInf: Unary = test('isInf', (x) => Math.abs(x) === Infinity);
export const isFinite: Unary = test('isFinite', Number.isFinite);

/** @throws TensorError 'dtype' (when called) for operands that are not boolean */
const logical = (name: string, f: (a: number, b: number) => number): Binary => {
  const apply = binary(name, f, { a: 'zero-derivative', b: 'zero-derivative' }, { dtype: 'bool' });
  return (a, b) => apply(toTensor(a, 'a', name, 'bool'), toTensor(b, 'b', name, 'bool'));
};

export const logicalAnd: Binary = logical('logicalAnd', (a, b) => a & b);
export const logicalOr: Binary = logical('logicalOr', (a, b) => a | b);
export const logicalXor: Binary = logical('logicalXor', (a, b) => a ^ b);

const not = unary('logicalNot', (x) => 1 - x, 'zero-derivative', { dtype: 'bool' });
export const logicalNot: Unary = (x) => not(toTensor(x, 'x', 'logicalNot', 'bool'));
