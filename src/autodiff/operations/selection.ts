import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, upcast } from '../dtype.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { broadcastShapes } from '../axes.ts';
import type { Tensor } from '../tensor.ts';
import { mul } from './arithmetic.ts';
import { stretched, unary } from './elementwise.ts';
import { greaterEqual, lessEqual, logicalAnd } from './steps.ts';

/**
 * `a` where `condition` holds, else `b`; all three broadcast. Each element's cotangent goes to the operand it was
 * taken from: ā = where(c, ȳ, 0), b̄ = where(c, 0, ȳ). A step function of its condition.
 * @throws TensorError 'dtype' unless the condition is boolean, 'shape' when shapes do not broadcast
 */
export function where(condition: TensorLike, a: TensorLike, b: TensorLike): Tensor {
  const operands = { condition: toTensor(condition, 'condition', 'where', 'bool'), a: toTensor(a, 'a', 'where'), b: toTensor(b, 'b', 'where') };
  const shape = broadcastShapes(broadcastShapes(operands.condition.shape, operands.a.shape, 'where'), operands.b.shape, 'where');
  const dtype = upcast(operands.a.dtype, operands.b.dtype);
  const [chosen, left, right] = [stretched(operands.condition, shape), stretched(operands.a, shape), stretched(operands.b, shape)];
  const values = allocate(dtype, chosen.length);
  for (let index = 0; index < values.length; index += 1) values[index] = (chosen[index] === 0 ? right : left)[index]!;
  return resultOf(
    'where',
    operands,
    { values, shape, dtype },
    { condition: 'zero-derivative', a: (dy, saved) => where(saved.condition, dy, 0), b: (dy, saved) => where(saved.condition, 0, dy) },
    'constant-where',
  );
}

/**
 * x, held between two bounds. x̄ = ȳ within the bounds and on them, else 0; with equal bounds it is a constant.
 * @throws TensorError 'argument' when the bounds cross
 */
export function clipByValue(x: TensorLike, clipValueMin: number, clipValueMax: number): Tensor {
  if (!(clipValueMin <= clipValueMax)) {
    throw new TensorError('argument', `Error in clip: min (${clipValueMin}) must be less than or equal to max (${clipValueMax}).`);
  }
  return unary(
    'clipByValue',
    (value) => Math.min(Math.max(value, clipValueMin), clipValueMax),
    clipValueMin === clipValueMax
      ? 'zero-derivative'
      : (dy, saved) => mul(dy, logicalAnd(greaterEqual(saved.x, clipValueMin), lessEqual(saved.x, clipValueMax))),
    { dtype: 'numeric', flat: 'dead-activation' },
  )(x);
}
