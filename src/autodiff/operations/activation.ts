/** Activations that are more than one formula, and softmax. Each source is named where the constants come from. */
import { toTensor, type TensorLike } from '../convert.ts';
import { resultOf } from '../result.ts';
import { TensorError } from '../errors.ts';
import type { Values } from '../dtype.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { add, mul, sub } from './arithmetic.ts';
import { binary, unary, type Binary, type Unary } from './elementwise.ts';
import { exp } from './exponential.ts';
import { sum } from './reduction.ts';
import { maxOf } from './rows.ts';
import { where } from './selection.ts';
import { greater, lessEqual, step } from './steps.ts';

/** max(x, 0). x̄ = ȳ where x > 0, else 0 (also at the kink). */
export const relu: Unary = unary('relu', (x) => Math.max(x, 0), (dy, { x }) => mul(dy, step(x)), { dtype: 'same', flat: 'dead-activation' });

/** min(max(x, 0), 6). x̄ = ȳ where 0 < x ≤ 6, else 0. */
export const relu6: Unary = unary(
  'relu6',
  (x) => Math.min(Math.max(x, 0), 6),
  (dy, { x }) => mul(dy, mul(step(x), lessEqual(x, 6))),
  { dtype: 'same', flat: 'dead-activation' },
);

/** x for x > 0, else eˣ − 1 (Clevert et al. 2015). x̄ = ȳ, or ȳ (y + 1). */
export const elu: Unary = unary(
  'elu',
  (x) => (x > 0 ? x : Math.expm1(x)),
  (dy, { x, y }) => mul(dy, where(greater(x, 0), 1, add(y, 1))),
  { flat: 'dead-activation' },
);

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** λ x for x > 0, else λ α (eˣ − 1) (Klambauer et al. 2017). x̄ = λ ȳ, or ȳ (y + λ α). */
export const selu: Unary = unary(
  'selu',
  (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
  (dy, { x, y }) => mul(dy, where(greater(x, 0), SELU_SCALE, add(y, SELU_SCALE * SELU_ALPHA))),
  { flat: 'dead-activation' },
);

/** x for x > 0, else α x. x̄ = ȳ, or α ȳ. */
export const leakyRelu = (x: TensorLike, alpha = 0.2): Tensor =>
  unary('leakyRelu', (value) => (value > 0 ? value : alpha * value), (dy, saved) => mul(dy, where(greater(saved.x, 0), 1, alpha)), {
    flat: 'dead-activation',
  })(x);

const parametric = binary('prelu', (x, alpha) => (x > 0 ? x : alpha * x), {
  a: (dy, { a: x, b: alpha }) => mul(dy, where(greater(x, 0), 1, alpha)),
  b: (dy, { a: x }) => mul(dy, where(greater(x, 0), 0, x)),
}, { flat: 'dead-activation' });

/** As `leakyRelu` with a tensor α that broadcasts (He et al. 2015). x̄ = ȳ or α ȳ; ᾱ = 0 or ȳ x. */
export const prelu: Binary = (x, alpha) => parametric(toTensor(x, 'x', 'prelu'), toTensor(alpha, 'alpha', 'prelu'));

/** Writes a function of the row of `values` from `start` to `end` into the same places of `target`. */
type RowWriter = (values: Values, start: number, end: number, target: Float64Array) => void;

const softmaxRow: RowWriter = (values, start, end, target) => {
  const top = maxOf(values, start, end, 1);
  let total = 0;
  for (let at = start; at < end; at += 1) {
    const power = Math.exp(values[at]! - top);
    target[at] = power;
    total += power;
  }
  for (let at = start; at < end; at += 1) target[at]! /= total;
};

/**
 * eˣⁱ / Σ eˣʲ over the last axis. x̄ = y (ȳ − Σ ȳ y), from ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ − yⱼ) (Bridle 1990).
 * @throws TensorError 'argument' for another axis, as TF.js
 */
export const softmax = (logits: TensorLike, dim = -1): Tensor =>
  overLastAxis('softmax', logits, { of: 'Softmax', name: 'dim', value: dim }, softmaxRow, (dy, y) => mul(y, sub(dy, sum(mul(dy, y), -1, true))));

const logSoftmaxRow: RowWriter = (values, start, end, target) => {
  const top = maxOf(values, start, end, 1);
  let total = 0;
  for (let at = start; at < end; at += 1) total += Math.exp(values[at]! - top);
  const logTotal = Math.log(total);
  for (let at = start; at < end; at += 1) target[at] = values[at]! - top - logTotal;
};

/**
 * ln softmax over the last axis. x̄ = ȳ − softmax(x) Σ ȳ.
 * @throws TensorError 'argument' for another axis, as TF.js
 */
export const logSoftmax = (logits: TensorLike, axis = -1): Tensor =>
  overLastAxis('logSoftmax', logits, { of: 'Log Softmax', name: 'axis', value: axis }, logSoftmaxRow, (dy, y) => sub(dy, mul(exp(y), sum(dy, -1, true))));

function overLastAxis(
  name: string,
  logits: TensorLike,
  axis: { readonly of: string; readonly name: string; readonly value: number },
  write: RowWriter,
  adjoint: (dy: Tensor, y: Tensor) => Tensor,
): Tensor {
  const $logits = toTensor(logits, 'logits', name);
  if (axis.value !== -1 && axis.value !== $logits.rank - 1) {
    throw new TensorError(
      'argument',
      `${axis.of} along a non-last dimension is not yet supported. Logits was rank ${$logits.rank} and ${axis.name} was ${axis.value}. (${name})`,
    );
  }
  const length = $logits.shape.at(-1) ?? 1;
  const source = valuesOf($logits);
  const values = new Float64Array(source.length);
  for (let start = 0; start < values.length; start += length) write(source, start, start + length, values);
  return resultOf(name, { logits: $logits }, { values, shape: $logits.shape, dtype: 'float32' }, { logits: (dy, { y }) => adjoint(dy, y) }, 'dead-activation');
}
