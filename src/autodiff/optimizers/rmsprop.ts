import { add, div, mul, square, sub } from '../operations/arithmetic.ts';
import { sqrt } from '../operations/exponential.ts';
import type { Tensor } from '../tensor.ts';
import type { Variable } from '../variable.ts';
import { Accumulators, EPSILON, Optimizer } from './optimizer.ts';

/**
 * RMSProp: s ← ρ s + (1−ρ) g², m ← μ m + η g / √(s + ε), w ← w − m (Tieleman and Hinton 2012); centred, the mean of
 * the gradients squared is taken off s (Graves 2013).
 */
export class RMSPropOptimizer extends Optimizer {
  readonly #learningRate: number;
  readonly #decay: number;
  readonly #momentum: number;
  readonly #epsilon: number;
  readonly #centered: boolean;
  readonly #squares = new Accumulators();
  readonly #means = new Accumulators();
  readonly #steps = new Accumulators();

  constructor(learningRate: number, decay = 0.9, momentum = 0, epsilon: number | null = null, centered = false) {
    super();
    this.#learningRate = learningRate;
    this.#decay = decay;
    this.#momentum = momentum;
    this.#epsilon = epsilon ?? EPSILON;
    this.#centered = centered;
  }

  protected override step(trained: Variable, gradient: Tensor, index: number): void {
    const squares = this.#average(this.#squares.for(index, trained), square(gradient));
    const variance = this.#centered ? sub(squares, square(this.#average(this.#means.for(index, trained), gradient))) : squares;
    const steps = this.#steps.for(index, trained);
    steps.assign(add(mul(this.#momentum, steps), div(mul(this.#learningRate, gradient), sqrt(add(variance, this.#epsilon)))));
    trained.assign(sub(trained, steps));
  }

  #average(accumulator: Variable, value: Tensor): Variable {
    accumulator.assign(add(mul(this.#decay, accumulator), mul(1 - this.#decay, value)));
    return accumulator;
  }

  /** Disposes the accumulators. */
  override dispose(): void {
    for (const each of [this.#squares, this.#means, this.#steps]) each.dispose();
  }
}
