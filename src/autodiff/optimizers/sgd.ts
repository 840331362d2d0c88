import { add, mul } from '../operations/arithmetic.ts';
import type { Tensor } from '../tensor.ts';
import type { Variable } from '../variable.ts';
import { Optimizer } from './optimizer.ts';

/** Gradient descent: w ← w − η g. */
export class SGDOptimizer extends Optimizer {
  protected learningRate: number;

  constructor(learningRate: number) {
    super();
    this.learningRate = learningRate;
  }

  setLearningRate(learningRate: number): void {
    this.learningRate = learningRate;
  }

  protected override step(trained: Variable, gradient: Tensor, _index: number): void {
    trained.assign(add(trained, mul(-this.learningRate, gradient)));
  }
}
