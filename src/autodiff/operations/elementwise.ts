/** Makers for operations that work element by element, with broadcasting. */
import type { Cause } from '../../calculus/cause.ts';
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, arithmetic, upcast, type DataType, type Values } from '../dtype.ts';
import type { Adjoint, Adjoints, StaticBreak } from '../operation.ts';
import { resultOf } from '../result.ts';
import { broadcastStrides, sameShape, walk } from '../../calculus/shape.ts';
import { broadcastShapes } from '../axes.ts';
import { valuesOf, type Tensor } from '../tensor.ts';

export type Unary = (x: TensorLike) => Tensor;
export type Binary = (a: TensorLike, b: TensorLike) => Tensor;

/** How an operation's result is typed and explained. */
interface Traits {
  /**
   * The result's type; by default 'float32' for unary functions and the operands' common type for binary ones. 'same' is
   * for functions that take booleans to booleans, 'numeric' for those that take them to other integers.
   */
  readonly dtype?: DataType | 'same' | 'numeric';
  /** The cause to name when the adjoint yields only zeros. */
  readonly flat?: Cause;
}

/** y = f(x), for each element. */
export function unary(name: string, f: (x: number) => number, adjoint: Adjoint<'x'> | StaticBreak, traits: Traits = {}): Unary {
  return (x) => {
    const $x = toTensor(x, 'x', name);
    const values = valuesOf($x);
    const dtype = resultType($x.dtype, traits.dtype ?? 'float32');
    const mapped = allocate(dtype, values.length);
    for (let index = 0; index < mapped.length; index += 1) mapped[index] = f(values[index]!);
    return resultOf(name, { x: $x }, { values: mapped, shape: $x.shape, dtype }, { x: adjoint }, traits.flat);
  };
}

function resultType(operand: DataType, wanted: DataType | 'same' | 'numeric'): DataType {
  if (wanted === 'same') return operand;
  return wanted === 'numeric' ? arithmetic(operand) : wanted;
}

/** y = f(a, b), for each pair of elements of the broadcast operands. */
export function binary(
  name: string,
  f: (a: number, b: number) => number,
  adjoints: Adjoints<'a' | 'b'>,
  traits: Traits & { readonly dtype?: DataType } = {},
): Binary {
  return (a, b) => {
    const $a = toTensor(a, 'a', name);
    const $b = toTensor(b, 'b', name);
    const shape = broadcastShapes($a.shape, $b.shape, name);
    const dtype = traits.dtype ?? arithmetic(upcast($a.dtype, $b.dtype));
    const left = stretched($a, shape);
    const right = stretched($b, shape);
    const mapped = allocate(dtype, left.length);
    for (let index = 0; index < mapped.length; index += 1) mapped[index] = f(left[index]!, right[index]!);
    return resultOf(name, { a: $a, b: $b }, { values: mapped, shape, dtype }, adjoints, traits.flat);
  };
}

/** The elements of `tensor` as if it had the broadcast shape. */
export function stretched(tensor: Tensor, shape: readonly number[]): Values {
  const values = valuesOf(tensor);
  if (sameShape(tensor.shape, shape)) return values;
  const positions = walk(shape, broadcastStrides(tensor.shape, shape));
  const wide = allocate(tensor.dtype, positions.length);
  for (let index = 0; index < wide.length; index += 1) wide[index] = values[positions[index]!]!;
  return wide;
}
