/** Norms, moments and what is made of them: composites, whose derivatives are those of their parts. */
import { optionalTensor, toTensor, type TensorLike } from '../convert.ts';
import { randomUniform } from '../creation.ts';
import { TensorError } from '../errors.ts';
import { compose } from '../tape.ts';
import { withUnitAxes } from '../../calculus/shape.ts';
import { normalAxes, type Axes } from '../axes.ts';
import type { Tensor } from '../tensor.ts';
import { add, div, mul, sub } from './arithmetic.ts';
import { abs, rsqrt, sqrt, square } from './exponential.ts';
import { cast, clone, reshape } from './layout.ts';
import { max, mean, min, sum } from './reduction.ts';
import { floor } from './steps.ts';

type NormOrder = number | 'euclidean' | 'fro';

/**
 * The norm over an axis, over two axes (a matrix norm), or of all elements. As in TF.js the derivative of a Euclidean
 * norm is NaN where the norm is 0.
 * @throws TensorError 'argument' for an order that is not defined
 */
export function norm(x: TensorLike, ord: NormOrder = 'euclidean', axis: Axes = null, keepDims = false): Tensor {
  const $x = toTensor(x, 'x', 'norm');
  return compose('norm', () => {
    const result = normOver($x, ord, axis);
    return keepDims ? reshape(result, withUnitAxes($x.shape, normalAxes(axis, $x.rank, 'norm'))) : result;
  });
}

function normOver(x: Tensor, ord: NormOrder, axis: Axes): Tensor {
  if (x.rank === 0) return abs(x);
  if (axis === null && x.rank > 1) return normOver(reshape(x, [-1]), ord, null);
  const axes = normalAxes(axis, x.rank, 'norm');
  if (axes.length === 1) {
    if (ord === 1) return sum(abs(x), axes);
    if (ord === Infinity) return max(abs(x), axes);
    if (ord === -Infinity) return min(abs(x), axes);
    if (ord === 2 || ord === 'euclidean') return sqrt(sum(square(x), axes));
  } else if (axes.length === 2) {
    const [rows, columns] = axes as [number, number];
    if (ord === 1) return max(sum(abs(x), rows), columns - 1);
    if (ord === Infinity) return max(sum(abs(x), columns), rows);
    if (ord === -Infinity) return min(sum(abs(x), columns), rows);
    if (ord === 'fro' || ord === 'euclidean') return sqrt(sum(square(x), axes));
  }
  throw new TensorError('argument', axes.length > 2 ? `Error in norm: invalid axis: ${axes}` : `Error in norm: invalid ord value: ${ord} over ${axes.length} axes`);
}

/** Mean and variance (with divisor n) over axes. */
export function moments(x: TensorLike, axis: Axes = null, keepDims = false): { mean: Tensor; variance: Tensor } {
  const $x = toTensor(x, 'x', 'moments');
  return compose('moments', () => {
    const unit = mean($x, axis, true);
    const variance = mean(square(sub(cast($x, 'float32'), unit)), axis, keepDims);
    return { mean: mean($x, axis, keepDims), variance };
  });
}

/** (x − mean) / √(variance + ε) · scale + offset, with statistics that broadcast (Ioffe and Szegedy 2015). */
export function batchNorm(
  x: TensorLike, mean: TensorLike, variance: TensorLike, offset?: TensorLike | null, scale?: TensorLike | null, varianceEpsilon?: number | null,
): Tensor {
  const [$x, $mean, $variance] = [toTensor(x, 'x', 'batchNorm'), toTensor(mean, 'mean', 'batchNorm'), toTensor(variance, 'variance', 'batchNorm')];
  const [$scale, $offset] = [optionalTensor(scale, 'scale', 'batchNorm'), optionalTensor(offset, 'offset', 'batchNorm')];
  return compose('batchNorm', () => {
    const normal = mul(sub($x, $mean), rsqrt(add($variance, varianceEpsilon ?? 0.001)));
    const scaled = $scale === null ? normal : mul(normal, $scale);
    return $offset === null ? scaled : add(scaled, $offset);
  });
}

/**
 * Sets a share of `rate` of the elements to zero and scales the others by 1 / (1 − rate). The mask is a constant.
 * @param noiseShape the shape of the mask, which broadcasts
 * @throws TensorError 'argument' unless 0 ≤ rate < 1
 */
export function dropout(x: TensorLike, rate: number, noiseShape?: readonly number[] | null, seed?: number | string | null): Tensor {
  const $x = toTensor(x, 'x', 'dropout', 'float32');
  if (!(rate >= 0 && rate < 1)) throw new TensorError('argument', `rate must be a float in the range [0, 1), but got ${rate}.`);
  return compose('dropout', () => {
    if (rate === 0) return clone($x);
    const noise = randomUniform(noiseShape ?? $x.shape, 0, 1, 'float32', seed);
    return mul($x, div(floor(add(noise, 1 - rate)), 1 - rate));
  });
}
