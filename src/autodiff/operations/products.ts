/** Matrix and vector products. */
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, arithmetic, upcast } from '../dtype.ts';
import { TensorError } from '../errors.ts';
import { resultOf } from '../result.ts';
import { compose } from '../tape.ts';
import { broadcastStrides, sizeOf, walk } from '../../calculus/shape.ts';
import { broadcastShapes } from '../axes.ts';
import { valuesOf, type Tensor } from '../tensor.ts';
import { reshape } from './layout.ts';

/**
 * The product of matrices, or of batches of them, whose leading axes broadcast; either may be transposed first.
 * With Y = A B: Ā = Ȳ Bᵀ, B̄ = Aᵀ Ȳ, and accordingly for transposed operands (Giles 2008, "Collected matrix
 * derivative results", 2.2.2).
 * @throws TensorError 'shape' unless the inner lengths agree
 */
export function matMul(a: TensorLike, b: TensorLike, transposeA = false, transposeB = false): Tensor {
  const $a = toTensor(a, 'a', 'matMul');
  const $b = toTensor(b, 'b', 'matMul');
  if ($a.rank < 2 || $b.rank < 2) {
    throw new TensorError('shape', `Error in matMul: inputs must have at least rank 2, but have shapes [${$a.shape}] and [${$b.shape}]`);
  }
  const [rows, innerA] = matrixShape($a, transposeA);
  const [innerB, columns] = matrixShape($b, transposeB);
  if (innerA !== innerB) {
    throw new TensorError(
      'shape',
      `Error in matMul: inner shapes (${innerA}) and (${innerB}) of Tensors with shapes ${$a.shape} and ${$b.shape} and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
    );
  }
  const batch = broadcastShapes($a.shape.slice(0, -2), $b.shape.slice(0, -2), 'matMul');
  const dtype = arithmetic(upcast($a.dtype, $b.dtype));
  const values = allocate(dtype, sizeOf(batch) * rows * columns);
  const startsA = walk(batch, broadcastStrides($a.shape.slice(0, -2), batch));
  const startsB = walk(batch, broadcastStrides($b.shape.slice(0, -2), batch));
  const left = { values: valuesOf($a), row: transposeA ? 1 : innerA, column: transposeA ? rows : 1, size: rows * innerA };
  const right = { values: valuesOf($b), row: transposeB ? 1 : columns, column: transposeB ? innerB : 1, size: innerB * columns };
  for (let each = 0, at = 0; each < startsA.length; each += 1) {
    const startA = startsA[each]! * left.size;
    const startB = startsB[each]! * right.size;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, at += 1) {
        let total = 0;
        for (let inner = 0; inner < innerA; inner += 1) {
          total += left.values[startA + row * left.row + inner * left.column]! * right.values[startB + inner * right.row + column * right.column]!;
        }
        values[at] = total;
      }
    }
  }
  return resultOf('matMul', { a: $a, b: $b }, { values, shape: [...batch, rows, columns], dtype }, {
    a: (dy, saved) => (transposeA ? matMul(saved.b, dy, transposeB, true) : matMul(dy, saved.b, false, !transposeB)),
    b: (dy, saved) => (transposeB ? matMul(dy, saved.a, true, transposeA) : matMul(saved.a, dy, !transposeA, false)),
  });
}

const matrixShape = (matrix: Tensor, transposed: boolean): [rows: number, columns: number] => {
  const [rows, columns] = [matrix.shape.at(-2)!, matrix.shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
};

/**
 * The product of vectors and matrices: inner product, matrix times vector, vector times matrix, matrix product.
 * @throws TensorError 'shape' for other ranks
 */
export function dot(t1: TensorLike, t2: TensorLike): Tensor {
  const [$1, $2] = [toTensor(t1, 't1', 'dot'), toTensor(t2, 't2', 'dot')];
  if (![$1, $2].every((each) => each.rank === 1 || each.rank === 2)) {
    throw new TensorError('shape', `Error in dot: inputs must all be rank 1 or 2, but got ranks ${$1.rank} and ${$2.rank}.`);
  }
  return compose('dot', () => {
    const left = $1.rank === 1 ? reshape($1, [1, -1]) : $1;
    const right = $2.rank === 1 ? reshape($2, [-1, 1]) : $2;
    return reshape(matMul(left, right), [...$1.shape.slice(0, -1), ...$2.shape.slice(1)]);
  });
}

/** All products of an element of `v1` with one of `v2`, as a matrix. @throws TensorError 'shape' unless vectors */
export function outerProduct(v1: TensorLike, v2: TensorLike): Tensor {
  const [$1, $2] = [toTensor(v1, 'v1', 'outerProduct'), toTensor(v2, 'v2', 'outerProduct')];
  if ($1.rank !== 1 || $2.rank !== 1) {
    throw new TensorError('shape', `Error in outerProduct: inputs must be rank 1, but got ranks ${$1.rank} and ${$2.rank}.`);
  }
  return compose('outerProduct', () => matMul(reshape($1, [-1, 1]), reshape($2, [1, -1])));
}
