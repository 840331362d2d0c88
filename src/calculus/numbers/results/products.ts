/** Products of matrices. */
import { flagOf } from '../argument.ts';
import { anyDimensions, lengthAt, matrixProduct } from '../dimensions.ts';
import { type Elements, multiplied, transposed } from '../elements.ts';
import { type Facts, elementsOf, rangeFacts } from '../facts.ts';
import { type Interval, isAny, times, total } from '../interval.ts';
import { repeated, rounded } from '../precision.ts';
import { promoted } from '../types.ts';
import { type Call, type Result, resultFacts } from './call.ts';

/** `matMul(a, b, transposeA, transposeB)`. */
export const matMul: Result = (call) => {
  const [a, b] = [call.tensor(0), call.tensor(1)];
  const [turnA, turnB] = [flagOf(call.argument(2)), flagOf(call.argument(3))];
  const type = promoted([a.type, b.type]);
  if (turnA === undefined || turnB === undefined) return rangeFacts(total(times(a.range, b.range)), anyDimensions, type);
  const inner = [lengthAt(a.dimensions, turnA ? -2 : -1), lengthAt(b.dimensions, turnB ? -1 : -2)].find((length) => typeof length === 'number');
  return resultFacts(product(call, a, b, turnA, turnB), () => sumOfProducts(call, a, b, inner), matrixProduct(a.dimensions, b.dimensions, [turnA, turnB]), type);
};

function product({ precision }: Call, a: Facts, b: Facts, turnA: boolean, turnB: boolean): Elements | undefined {
  if (isAny(a.range) || isAny(b.range)) return undefined;
  const [x, y] = [elementsOf(a), elementsOf(b)];
  return x && y && multiplied(precision, turned(x, turnA), turned(y, turnB));
}

function turned(matrix: Elements, isTurned: boolean): Elements {
  return isTurned && matrix.shape.length === 2 ? transposed(matrix, [1, 0]) : matrix;
}

function sumOfProducts({ precision }: Call, a: Facts, b: Facts, count: number | undefined): Interval {
  const term = rounded(precision, times(a.range, b.range));
  return count === undefined ? total(term) : repeated(precision, term, count);
}
