import { isList, toTensors, type TensorLike } from '../convert.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { sameShape } from '../../calculus/shape.ts';
import { allocate, arithmetic, upcast } from '../dtype.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { binary, unary, type Binary, type Unary } from './elementwise.ts';
import { floor, greaterEqual, less } from './steps.ts';

/** a + b. ā = ȳ, b̄ = ȳ. */
export const add: Binary = binary('add', (a, b) => a + b, { a: (dy) => dy, b: (dy) => dy });

/** a − b. ā = ȳ, b̄ = −ȳ. */
export const sub: Binary = binary('sub', (a, b) => a - b, { a: (dy) => dy, b: (dy) => neg(dy) });

/** a · b. ā = ȳ b, b̄ = ȳ a (product rule). */
export const mul: Binary = binary('mul', (a, b) => a * b, { a: (dy, { b }) => mul(dy, b), b: (dy, { a }) => mul(dy, a) });

const divide: Binary = binary('div', (a, b) => a / b, {
  a: (dy, { b }) => divide(dy, b),
  b: (dy, { a, b }) => neg(divide(mul(dy, a), mul(b, b))),
});

/** a / b; for two integer tensors the floor of it, as in TF.js. ā = ȳ / b, b̄ = −ȳ a / b² (quotient rule). */
export const div: Binary = (a, b) => (isInteger(a) && isInteger(b) ? floorDiv(a, b) : divide(a, b));

/** a / b, and 0 where b is 0. The adjoints are those of `div`, and 0 where b is 0. */
export const divNoNan: Binary = binary('divNoNan', (a, b) => (b === 0 ? 0 : a / b), {
  a: (dy, { b }) => divNoNan(dy, b),
  b: (dy, { a, b }) => neg(divNoNan(mul(dy, a), mul(b, b))),
});

/** ⌊a / b⌋ as integers. A step function: its derivative is zero. */
export const floorDiv: Binary = binary('floorDiv', (a, b) => Math.floor(a / b), { a: 'zero-derivative', b: 'zero-derivative' }, { dtype: 'int32' });

/** The remainder of truncated division moved to the sign of b, as TensorFlow's FloorMod: a finite a keeps all its digits. */
const floorMod = (a: number, b: number): number => {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
};

/** a − b ⌊a / b⌋, with the sign of b. ā = ȳ, b̄ = −ȳ ⌊a / b⌋, as ⌊a / b⌋ is constant almost everywhere. */
export const mod: Binary = binary('mod', floorMod, {
  a: (dy) => dy,
  b: (dy, { a, b }) => neg(mul(dy, floor(divide(a, b)))),
});

/** −x. x̄ = −ȳ. */
export const neg: Unary = unary('neg', (x) => -x, (dy) => neg(dy), { dtype: 'numeric' });

/** The greater of each pair. The cotangent goes to the one that was taken; at a tie to `a`, as in TF.js. */
export const maximum: Binary = binary(
  'maximum',
  Math.max,
  { a: (dy, { a, b }) => mul(dy, greaterEqual(a, b)), b: (dy, { a, b }) => mul(dy, less(a, b)) },
  { flat: 'constant-where' },
);

/** The smaller of each pair. The cotangent goes to the one that was taken; at a tie to `a`, as in TF.js. */
export const minimum: Binary = binary(
  'minimum',
  Math.min,
  { a: (dy, { a, b }) => mul(dy, greaterEqual(b, a)), b: (dy, { a, b }) => mul(dy, less(b, a)) },
  { flat: 'constant-where' },
);

/** (a − b)². ā = 2 ȳ (a − b), b̄ = −ā. */
export const squaredDifference: Binary = binary('squaredDifference', (a, b) => (a - b) ** 2, {
  a: (dy, { a, b }) => mul(dy, mul(2, sub(a, b))),
  b: (dy, { a, b }) => mul(dy, mul(2, sub(b, a))),
});

/** The angle of the point (b, a). ā = ȳ b / (a² + b²), b̄ = −ȳ a / (a² + b²). DLMF 4.23. */
export const atan2: Binary = binary('atan2', Math.atan2, {
  a: (dy, { a, b }) => divide(mul(dy, b), add(mul(a, a), mul(b, b))),
  b: (dy, { a, b }) => neg(divide(mul(dy, a), add(mul(a, a), mul(b, b)))),
}, { dtype: 'float32' });

/**
 * The sum of tensors of one shape. Each operand's cotangent is ȳ.
 * @throws TensorError 'shape' when the shapes differ
 */
export function addN(tensors: readonly TensorLike[]): Tensor {
  if (!isList(tensors)) throw new TensorError('not-a-tensor', 'The argument passed to tf.addN() must be a list of tensors');
  const $tensors = toTensors(tensors, 'tensors', 'addN');
  const first = $tensors[0]!;
  if (!$tensors.every((each) => sameShape(each.shape, first.shape))) {
    throw new TensorError('shape', `All tensors passed to tf.addN() must have the same shape, but they have ${$tensors.map((each) => `[${each.shape}]`).join(', ')}`);
  }
  const dtype = arithmetic($tensors.map((each) => each.dtype).reduce(upcast));
  const values = allocate(dtype, first.size);
  for (const each of $tensors) valuesOf(each).forEach((value, index) => { values[index]! += value; });
  const operands: Record<string, Tensor> = Object.fromEntries($tensors.map((each, index) => [`${index}`, each]));
  const adjoints = Object.fromEntries($tensors.map((_, index) => [`${index}`, (dy: Tensor) => dy]));
  return resultOf('addN', operands, { values, shape: first.shape, dtype }, adjoints);
}

const isInteger = (x: TensorLike): boolean =>
  x instanceof Int32Array || x instanceof Uint8Array || (typeof x === 'object' && 'dtype' in x && x.dtype === 'int32');
