import { add, div, mul, square } from '../operations/arithmetic.ts';
import { sqrt } from '../operations/exponential.ts';
import type { Tensor } from '../tensor.ts';
import type { Variable } from '../variable.ts';
import { Accumulators, EPSILON, Optimizer } from './optimizer.ts';

/** Adagrad: s ← s + g², w ← w − η g / √(s + ε) (Duchi et al. 2011). */
export class AdagradOptimizer extends Optimizer {
  readonly #learningRate: number;
  readonly #squares: Accumulators;

  constructor(learningRate: number, initialAccumulatorValue = 0.1) {
    super();
    this.#learningRate = learningRate;
    this.#squares = new Accumulators(initialAccumulatorValue);
  }

  protected override step(trained: Variable, gradient: Tensor, index: number): void {
    const squares = this.#squares.for(index, trained);
    squares.assign(add(squares, square(gradient)));
    trained.assign(add(trained, mul(-this.#learningRate, div(gradient, sqrt(add(squares, EPSILON))))));
  }

  /** Disposes the accumulators. */
  override dispose(): void {
    this.#squares.dispose();
  }
}
