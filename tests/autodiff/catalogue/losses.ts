import { floats, given, positives, type Api, type Case, type Input, type Tensor } from './case.ts';

type Loss = (labels: Tensor, predictions: Tensor, ...rest: unknown[]) => Tensor;
const loss = (tf: Api, name: string): Loss => (tf.losses as unknown as Record<string, Loss>)[name]!;

const probabilities = (shape: readonly number[]): Input => floats(shape, 0.15, 0.85);

/** Each row sums to 1, as TF.js takes labels to do. */
const distributions = (): Input => given([0.2, 0.5, 0.3, 0.6, 0.1, 0.3], [2, 3]);

const kinds: readonly { name: string; labels: (shape: readonly number[]) => Input; predictions: (shape: readonly number[]) => Input; before?: readonly unknown[]; after?: readonly unknown[]; labelsDepart?: string }[] = [
  { name: 'absoluteDifference', labels: floats, predictions: (shape) => floats(shape, -1.9, 2.3) },
  { name: 'meanSquaredError', labels: floats, predictions: floats },
  { name: 'cosineDistance', labels: floats, predictions: floats, before: [1] },
  { name: 'hingeLoss', labels: probabilities, predictions: floats },
  { name: 'huberLoss', labels: floats, predictions: (shape) => floats(shape, -1.9, 2.3) },
  { name: 'logLoss', labels: probabilities, predictions: probabilities },
  { name: 'sigmoidCrossEntropy', labels: probabilities, predictions: floats },
  { name: 'softmaxCrossEntropy', labels: distributions, predictions: floats, labelsDepart: 'softmax-cross-entropy-labels' },
];

export const losses: readonly Case[] = [
  ...kinds.flatMap(({ name, labels, predictions, before = [], labelsDepart }): Case[] => {
    const operation = `losses.${name}`;
    const departs = labelsDepart === undefined ? {} : { departs: { 0: labelsDepart } };
    return [
      { operation, note: '', inputs: [labels([2, 3]), predictions([2, 3])], run: (tf, y, p) => loss(tf, name)(y, p, ...before), ...departs },
      {
        operation, note: 'weights are numbers', inputs: [labels([2, 3]), predictions([2, 3])],
        run: (tf, y, p) => loss(tf, name)(y, p, ...before, tf.scalar(0.7)), ...departs,
      },
    ];
  }),
  ...([0, 1, 2, 3] as const).map((reduction): Case => ({
    operation: 'losses.computeWeightedLoss', note: `reduction ${reduction}`, inputs: [floats([2, 3])],
    run: (tf, each) => tf.losses.computeWeightedLoss(each, undefined, reduction), ...(reduction === 0 ? { departs: { 0: 'identity' } } : {}),
  })),
  ...([0, 1, 2, 3] as const).map((reduction): Case => ({
    operation: 'losses.computeWeightedLoss', note: `weighted, reduction ${reduction}`, inputs: [floats([2, 3])],
    run: (tf, each) => tf.losses.computeWeightedLoss(each, tf.tensor1d([0.5, 0, 2]), reduction),
  })),
  {
    operation: 'losses.computeWeightedLoss', note: 'gradient in weights', inputs: [floats([2, 3]), positives([3])],
    run: (tf, each, weights) => tf.losses.computeWeightedLoss(each, weights), departs: { 1: 'loss-weights' },
  },
  { operation: 'losses.huberLoss', note: 'delta', inputs: [floats([4]), floats([4], -1.9, 2.3)], run: (tf, y, p) => tf.losses.huberLoss(y, p, undefined, 0.4) },
  { operation: 'losses.logLoss', note: 'epsilon', inputs: [probabilities([4]), probabilities([4])], run: (tf, y, p) => tf.losses.logLoss(y, p, undefined, 0.01) },
  { operation: 'losses.sigmoidCrossEntropy', note: 'smoothing', inputs: [probabilities([4]), floats([4])], run: (tf, y, p) => tf.losses.sigmoidCrossEntropy(y, p, undefined, 0.2) },
  {
    operation: 'losses.softmaxCrossEntropy', note: 'smoothing', inputs: [distributions(), floats([2, 3])],
    run: (tf, y, p) => tf.losses.softmaxCrossEntropy(y, p, undefined, 0.2), departs: { 0: 'softmax-cross-entropy-labels' },
  },
];
