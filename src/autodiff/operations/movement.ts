/**
 * Moving elements without changing them. Each such operation is a linear map y[i] = x[from[i]]; its adjoint is the
 * transposed map x̄[from[i]] += ȳ[i]; and the adjoint of that is the first map again (Griewank and Walther,
 * "Evaluating Derivatives", 2008, section 3.2: the adjoint of an assignment).
 */
import { allocate, arithmetic } from '../dtype.ts';
import { resultOf } from '../result.ts';
import { sizeOf } from '../../calculus/shape.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import type { Adjoints } from '../operation.ts';

/** A place in the result that takes no element. */
export const NOWHERE = -1;

/**
 * y[i] = x[from[i]], and `filler` where from[i] is `NOWHERE`.
 * @param indices tensors that chose the places (the indices of `gather`): no gradient flows to them
 */
export function move(
  name: string,
  x: Tensor,
  from: Int32Array,
  shape: readonly number[],
  filler = 0,
  indices: Readonly<Record<string, Tensor>> = {},
): Tensor {
  const elements = valuesOf(x);
  const values = allocate(x.dtype, from.length);
  for (let index = 0; index < from.length; index += 1) values[index] = from[index] === NOWHERE ? filler : elements[from[index]!]!;
  const adjoints = { x: (dy: Tensor) => scatterAdd(dy, from, x.shape), ...zeros(indices) };
  return resultOf<string>(name, { x, ...indices }, { values, shape, dtype: x.dtype }, adjoints);
}

/** Indices choose; the choice is a step function of them. */
const zeros = (indices: Readonly<Record<string, Tensor>>): Adjoints<string> =>
  Object.fromEntries(Object.keys(indices).map((each) => [each, 'zero-derivative' as const]));

/** y[to[i]] += x[i]: the transpose of `move`. `indices`: as there. */
export function scatterAdd(
  x: Tensor,
  to: Int32Array,
  shape: readonly number[],
  name = 'scatterAdd',
  indices: Readonly<Record<string, Tensor>> = {},
): Tensor {
  const elements = valuesOf(x);
  const dtype = arithmetic(x.dtype);
  const values = allocate(dtype, sizeOf(shape));
  for (let index = 0; index < to.length; index += 1) {
    if (to[index] !== NOWHERE) values[to[index]!]! += elements[index]!;
  }
  return resultOf<string>(name, { x, ...indices }, { values, shape, dtype }, { x: (dy) => move('gather', dy, to, x.shape), ...zeros(indices) });
}
