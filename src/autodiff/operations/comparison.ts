/** Comparisons: step functions of their operands, so the derivative is zero. */
import { binary, unary, type Binary, type Unary } from './elementwise.ts';

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
