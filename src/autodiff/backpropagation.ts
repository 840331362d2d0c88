/**
 * Reverse accumulation: the chain rule, walked from the target to the sources (Griewank and Walther 2008, chapter 3;
 * Baydin et al. 2018, "Automatic differentiation in machine learning: a survey", section 3.2).
 */
import { TensorError } from './errors.ts';
import { exists, flows, operandNames, reachedFrom } from './reach.ts';
import type { Operation } from './operation.ts';
import { sameShape } from '../calculus/shape.ts';
import { zeros } from './creation.ts';
import { add } from './operations/arithmetic.ts';
import { reshape } from './operations/layout.ts';
import { sum } from './operations/reduction.ts';
import type { Tensor } from './tensor.ts';

/** What one operand of one executed operation contributed. */
export interface Contribution {
  readonly operation: Operation;
  readonly operand: string;
  /** The cotangent of the result, and what the adjoint made of it for the operand. */
  readonly dy: Tensor;
  readonly dx: Tensor;
}

/**
 * The cotangents of `sources`: zeros where the derivative is zero on every path, null where no path leads from the
 * source to the target.
 * @param seed the target's cotangent
 * @param observe told of every contribution, from the target backwards
 */
export function backpropagate(
  operations: readonly Operation[],
  target: Tensor,
  sources: readonly Tensor[],
  seed: Tensor,
  observe?: (contribution: Contribution) => void,
): (Tensor | null)[] {
  const ids = sources.map((source) => source.id);
  const varied = reachedFrom(ids, operations, flows);
  const cotangents = new Map<number, Tensor>([[target.id, seed]]);
  for (const operation of operations.toReversed()) {
    const dy = cotangents.get(operation.result.id);
    if (dy === undefined) continue;
    for (const operand of operandNames(operation)) {
      const adjoint = operation.adjoints[operand]!;
      const primal = operation.operands[operand]!;
      if (typeof adjoint !== 'function' || !varied.has(primal.id)) continue;
      const dx = sumTo(adjoint(dy, { ...operation.operands, y: operation.result }), primal.shape);
      checkCotangent(operation, operand, primal, dx);
      observe?.({ operation, operand, dy, dx });
      const sofar = cotangents.get(primal.id);
      cotangents.set(primal.id, sofar === undefined ? dx : add(sofar, dx));
    }
  }
  return sources.map((source) => {
    const cotangent = cotangents.get(source.id);
    if (cotangent !== undefined) return cotangent;
    return reachedFrom([source.id], operations, exists).has(target.id) ? zeros(source.shape) : null;
  });
}

/** Sums the axes that broadcasting stretched: the transpose of broadcasting. */
function sumTo(tensor: Tensor, shape: readonly number[]): Tensor {
  const missing = tensor.rank - shape.length;
  const stretchedAxes = tensor.shape.flatMap((length, axis) => (axis < missing || (shape[axis - missing] === 1 && length !== 1) ? [axis] : []));
  const summed = stretchedAxes.length === 0 ? tensor : sum(tensor, stretchedAxes, true);
  return summed.rank === shape.length ? summed : reshape(summed, shape);
}

function checkCotangent(operation: Operation, operand: string, primal: Tensor, dx: Tensor): void {
  if (sameShape(dx.shape, primal.shape)) return;
  throw new TensorError(
    'shape',
    `Error in gradient for op ${operation.name}. The gradient of input '${operand}' has shape '${dx.shape}', which does not match the shape of the input '${primal.shape}'`,
  );
}
