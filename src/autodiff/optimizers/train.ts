import { AdagradOptimizer } from './adagrad.ts';
import { AdamOptimizer } from './adam.ts';
import { MomentumOptimizer } from './momentum.ts';
import { RMSPropOptimizer } from './rmsprop.ts';
import { SGDOptimizer } from './sgd.ts';

/** Makers of optimizers, with TF.js's signatures and defaults. */
export const train = {
  sgd: (learningRate: number): SGDOptimizer => new SGDOptimizer(learningRate),
  momentum: (learningRate: number, momentum: number, useNesterov = false): MomentumOptimizer => new MomentumOptimizer(learningRate, momentum, useNesterov),
  adam: (learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon: number | null = null): AdamOptimizer => new AdamOptimizer(learningRate, beta1, beta2, epsilon),
  adagrad: (learningRate: number, initialAccumulatorValue = 0.1): AdagradOptimizer => new AdagradOptimizer(learningRate, initialAccumulatorValue),
  rmsprop: (learningRate: number, decay = 0.9, momentum = 0, epsilon: number | null = null, centered = false): RMSPropOptimizer =>
    new RMSPropOptimizer(learningRate, decay, momentum, epsilon, centered),
};
