import { add, mul } from '../operations/arithmetic.ts';
import type { Tensor } from '../tensor.ts';
import type { Variable } from '../variable.ts';
import { Accumulators } from './optimizer.ts';
import { SGDOptimizer } from './sgd.ts';

/** Momentum: m ← μ m + g, w ← w − η m; with Nesterov's look ahead w ← w − η (g + μ m) (Sutskever et al. 2013). */
export class MomentumOptimizer extends SGDOptimizer {
  readonly #momentum: number;
  readonly #useNesterov: boolean;
  readonly #accumulated = new Accumulators();

  constructor(learningRate: number, momentum: number, useNesterov = false) {
    super(learningRate);
    this.#momentum = momentum;
    this.#useNesterov = useNesterov;
  }

  protected override step(trained: Variable, gradient: Tensor, index: number): void {
    const accumulator = this.#accumulated.for(index, trained);
    const accumulated = add(mul(this.#momentum, accumulator), gradient);
    accumulator.assign(accumulated);
    const direction = this.#useNesterov ? add(gradient, mul(this.#momentum, accumulated)) : accumulated;
    trained.assign(add(trained, mul(-this.learningRate, direction)));
  }

  /** Disposes the accumulators. */
  override dispose(): void {
    this.#accumulated.dispose();
  }
}
