/** Matrix and vector products. */
import { toTensor, type TensorLike } from '../convert.ts';
import { allocate, arithmetic, upcast, type Values } from '../dtype.ts';
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
  const left = transposeA ? transposed(matrixOf($a)) : matrixOf($a);
  const right = transposeB ? transposed(matrixOf($b)) : matrixOf($b);
  if (left.columns !== right.rows) {
    throw new TensorError(
      'shape',
      `Error in matMul: inner shapes (${left.columns}) and (${right.rows}) of Tensors with shapes ${$a.shape} and ${$b.shape} and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
    );
  }
  const batch = broadcastShapes($a.shape.slice(0, -2), $b.shape.slice(0, -2), 'matMul');
  const dtype = arithmetic(upcast($a.dtype, $b.dtype));
  const size = left.rows * right.columns;
  const values = allocate(dtype, sizeOf(batch) * size);
  const [placesA, placesB] = [$a, $b].map(({ shape }) => walk(batch, broadcastStrides(shape.slice(0, -2), batch)));
  for (let each = 0; each * size < values.length; each += 1) {
    multiply(nth(left, placesA![each]!), nth(right, placesB![each]!), values.subarray(each * size, (each + 1) * size));
  }
  return resultOf('matMul', { a: $a, b: $b }, { values, shape: [...batch, left.rows, right.columns], dtype }, {
    a: (dy, saved) => (transposeA ? matMul(saved.b, dy, transposeB, true) : matMul(dy, saved.b, false, !transposeB)),
    b: (dy, saved) => (transposeB ? matMul(dy, saved.a, true, transposeA) : matMul(saved.a, dy, !transposeA, false)),
  });
}

/** A matrix, or the first of a batch, and how far apart neighbours in a column and in a row lie. */
interface Matrix {
  readonly values: Values;
  readonly rows: number;
  readonly columns: number;
  readonly down: number;
  readonly across: number;
}

function matrixOf(batch: Tensor): Matrix {
  const [rows, columns] = [batch.shape.at(-2)!, batch.shape.at(-1)!];
  return { values: valuesOf(batch), rows, columns, down: columns, across: 1 };
}

const transposed = ({ values, rows, columns, down, across }: Matrix): Matrix => ({ values, rows: columns, columns: rows, down: across, across: down });

const nth = (first: Matrix, index: number): Matrix => ({ ...first, values: first.values.subarray(index * first.rows * first.columns) });

/** Writes A B to `product`. Each element of A that is fetched serves four columns: fetching is what takes the time. */
function multiply(a: Matrix, b: Matrix, product: Values): void {
  const { columns, down, across, values } = b;
  const row = new Float64Array(a.columns);
  const fours = columns - (columns % 4);
  for (let line = 0; line < a.rows; line += 1) {
    for (let inner = 0; inner < row.length; inner += 1) row[inner] = a.values[line * a.down + inner * a.across]!;
    const at = line * columns;
    for (let column = 0; column < fours; column += 4) {
      let [first, second, third, fourth] = [0, 0, 0, 0];
      for (let inner = 0, from = column * across; inner < row.length; inner += 1, from += down) {
        const factor = row[inner]!;
        first += factor * values[from]!;
        second += factor * values[from + across]!;
        third += factor * values[from + 2 * across]!;
        fourth += factor * values[from + 3 * across]!;
      }
      product[at + column] = first;
      product[at + column + 1] = second;
      product[at + column + 2] = third;
      product[at + column + 3] = fourth;
    }
    for (let column = fours; column < columns; column += 1) {
      let total = 0;
      for (let inner = 0, from = column * across; inner < row.length; inner += 1, from += down) total += row[inner]! * values[from]!;
      product[at + column] = total;
    }
  }
}

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
