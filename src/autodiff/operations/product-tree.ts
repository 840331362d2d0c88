import { mul } from './arithmetic.ts';
import { pad, slice } from './indexing.ts';
import { concat } from './joining.ts';
import { onesLike } from './steps.ts';
import type { Tensor } from '../tensor.ts';

/**
 * For each element of a row the product of the others in its row, without division, so that zeros are no exception.
 * The two halves are multiplied element by element; what the product of the others is for a pair, each half passes on
 * times the other half. That is linear in the length of a row, and made of operations that are differentiated again.
 * @param rows [count, length]
 * @returns the shape of `rows`
 */
export function productsOfOthers(rows: Tensor): Tensor {
  const [count, length] = rows.shape as [number, number];
  if (length <= 1) return onesLike(rows);
  if (length % 2 === 1) {
    const even = pad(rows, [[0, 0], [0, 1]], 1);
    return slice(productsOfOthers(even), [0, 0], [count, length]);
  }
  const half = length / 2;
  const [left, right] = [slice(rows, [0, 0], [count, half]), slice(rows, [0, half], [count, half])];
  const others = productsOfOthers(mul(left, right));
  return concat([mul(others, right), mul(others, left)], 1);
}
