/** The optimizers. Each is a rule: what it keeps of a weight from step to step, and the change it makes of a gradient. */
import { add, div, mul, sub } from '../operations/arithmetic.ts';
import { sqrt, square } from '../operations/exponential.ts';
import type { Tensor } from '../tensor.ts';
import { Optimizer, type Rule } from './optimizer.ts';

/** What keeps a step finite where a gradient is 0: TF.js's epsilon for single precision. */
const EPSILON = 1e-7;

/** Gradient descent: w ← w − η g. */
export class SGDOptimizer extends Optimizer {
  protected override readonly rule: Rule = { initial: {}, step: (gradient) => ({ change: mul(this.learningRate, gradient), kept: {} }) };
  protected learningRate: number;

  constructor(learningRate: number) {
    super();
    this.learningRate = learningRate;
  }

  setLearningRate(learningRate: number): void {
    this.learningRate = learningRate;
  }
}

/** Momentum: m ← μ m + g, w ← w − η m; with Nesterov's look ahead w ← w − η (g + μ m) (Sutskever et al. 2013). */
export class MomentumOptimizer extends SGDOptimizer {
  protected override readonly rule: Rule;

  constructor(learningRate: number, momentum: number, useNesterov = false) {
    super(learningRate);
    this.rule = {
      initial: { velocity: 0 },
      step: (gradient, kept: { velocity: Tensor }) => {
        const velocity = add(mul(momentum, kept.velocity), gradient);
        const direction = useNesterov ? add(gradient, mul(momentum, velocity)) : velocity;
        return { change: mul(this.learningRate, direction), kept: { velocity } };
      },
    };
  }
}

/** Adam (Kingma and Ba 2015, algorithm 1): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η m̂ / (√v̂ + ε). */
export class AdamOptimizer extends Optimizer {
  protected override readonly rule: Rule;

  constructor(learningRate: number, beta1: number, beta2: number, epsilon: number | null = null) {
    super();
    this.rule = {
      initial: { first: 0, second: 0 },
      step: (gradient, kept: { first: Tensor; second: Tensor }, count) => {
        const [first, second] = [average(beta1, kept.first, gradient), average(beta2, kept.second, square(gradient))];
        // The moments began as zeros; dividing takes off that bias.
        const [mean, spread] = [div(first, 1 - beta1 ** count), sqrt(div(second, 1 - beta2 ** count))];
        return { change: mul(learningRate, div(mean, add(spread, epsilon ?? EPSILON))), kept: { first, second } };
      },
    };
  }
}

/** Adagrad: s ← s + g², w ← w − η g / √(s + ε) (Duchi et al. 2011). */
export class AdagradOptimizer extends Optimizer {
  protected override readonly rule: Rule;

  constructor(learningRate: number, initialAccumulatorValue = 0.1) {
    super();
    this.rule = {
      initial: { squares: initialAccumulatorValue },
      step: (gradient, kept: { squares: Tensor }) => {
        const squares = add(kept.squares, square(gradient));
        return { change: mul(learningRate, div(gradient, sqrt(add(squares, EPSILON)))), kept: { squares } };
      },
    };
  }
}

/**
 * RMSProp: s ← ρ s + (1−ρ) g², m ← μ m + η g / √(s + ε), w ← w − m (Tieleman and Hinton 2012); centred, the mean of
 * the gradients squared is taken off s (Graves 2013).
 */
export class RMSPropOptimizer extends Optimizer {
  protected override readonly rule: Rule;

  constructor(learningRate: number, decay = 0.9, momentum = 0, epsilon: number | null = null, centered = false) {
    super();
    this.rule = {
      initial: { squares: 0, means: 0, velocity: 0 },
      step: (gradient, kept: { squares: Tensor; means: Tensor; velocity: Tensor }) => {
        const [squares, means] = [average(decay, kept.squares, square(gradient)), average(decay, kept.means, gradient)];
        const variance = centered ? sub(squares, square(means)) : squares;
        const velocity = add(mul(momentum, kept.velocity), div(mul(learningRate, gradient), sqrt(add(variance, epsilon ?? EPSILON))));
        return { change: velocity, kept: { squares, means, velocity } };
      },
    };
  }
}

/** An exponential moving average. */
const average = (decay: number, sofar: Tensor, value: Tensor): Tensor => add(mul(decay, sofar), mul(1 - decay, value));

/** Makers of optimizers, with TF.js's signatures and defaults. */
export const train = {
  sgd: (learningRate: number): SGDOptimizer => new SGDOptimizer(learningRate),
  momentum: (learningRate: number, momentum: number, useNesterov = false): MomentumOptimizer => new MomentumOptimizer(learningRate, momentum, useNesterov),
  adam: (learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon: number | null = null): AdamOptimizer => new AdamOptimizer(learningRate, beta1, beta2, epsilon),
  adagrad: (learningRate: number, initialAccumulatorValue = 0.1): AdagradOptimizer => new AdagradOptimizer(learningRate, initialAccumulatorValue),
  rmsprop: (learningRate: number, decay = 0.9, momentum = 0, epsilon: number | null = null, centered = false): RMSPropOptimizer =>
    new RMSPropOptimizer(learningRate, decay, momentum, epsilon, centered),
};
