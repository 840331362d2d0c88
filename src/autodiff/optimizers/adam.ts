import { add, div, mul, square } from '../operations/arithmetic.ts';
import { sqrt } from '../operations/exponential.ts';
import type { Tensor } from '../tensor.ts';
import type { Variable } from '../variable.ts';
import { Accumulators, EPSILON, Optimizer } from './optimizer.ts';

/** Adam (Kingma and Ba 2015, algorithm 1): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η m̂ / (√v̂ + ε). */
export class AdamOptimizer extends Optimizer {
  readonly #learningRate: number;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  /** β₁ᵗ and β₂ᵗ, which correct the bias of moments that began as zeros. */
  #power1: number;
  #power2: number;
  readonly #first = new Accumulators();
  readonly #second = new Accumulators();

  constructor(learningRate: number, beta1: number, beta2: number, epsilon: number | null = null) {
    super();
    this.#learningRate = learningRate;
    this.#beta1 = this.#power1 = beta1;
    this.#beta2 = this.#power2 = beta2;
    this.#epsilon = epsilon ?? EPSILON;
  }

  protected override step(trained: Variable, gradient: Tensor, index: number): void {
    const [first, second] = [this.#first.for(index, trained), this.#second.for(index, trained)];
    first.assign(add(mul(this.#beta1, first), mul(1 - this.#beta1, gradient)));
    second.assign(add(mul(this.#beta2, second), mul(1 - this.#beta2, square(gradient))));
    const mean = div(first, 1 - this.#power1);
    const spread = add(sqrt(div(second, 1 - this.#power2)), this.#epsilon);
    trained.assign(add(trained, mul(-this.#learningRate, div(mean, spread))));
  }

  protected override afterSteps(): void {
    this.#power1 *= this.#beta1;
    this.#power2 *= this.#beta2;
  }

  /** Disposes the accumulators. */
  override dispose(): void {
    this.#first.dispose();
    this.#second.dispose();
  }
}
