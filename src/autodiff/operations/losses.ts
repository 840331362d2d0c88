/** Losses, with TF.js's signatures: labels first, then predictions. Composites: their derivatives are those of their parts. */
import { optionalTensor, toTensor, type TensorLike } from '../convert.ts';
import { ones } from '../creation.ts';
import { TensorError } from '../errors.ts';
import { compose } from '../tape.ts';
import { sameShape } from '../../calculus/shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, div, minimum, mul, neg, squaredDifference, sub } from './arithmetic.ts';
import { logSoftmax, relu } from './activation.ts';
import { abs, log, softplus, square } from './exponential.ts';
import { cast } from './layout.ts';
import { mean, sum } from './reduction.ts';
import { notEqual } from './steps.ts';

/** How a loss per element becomes one number; `NONE` leaves it as it is. */
export const Reduction = { NONE: 0, MEAN: 1, SUM: 2, SUM_BY_NONZERO_WEIGHTS: 3 } as const;
export type Reduction = (typeof Reduction)[keyof typeof Reduction];

const STANDARD = Reduction.SUM_BY_NONZERO_WEIGHTS;

type Weights = TensorLike | null | undefined;

/** What TF.js calls the first two arguments of most losses. */
const PLAIN = ['labels', 'predictions'] as const;

/** @throws TensorError 'shape' when labels and predictions differ in shape */
function loss(
  name: string, parameters: readonly [labels: string, predictions: string], labels: TensorLike, predictions: TensorLike, weights: Weights, reduction: Reduction,
  perElement: (labels: Tensor, predictions: Tensor) => Tensor,
): Tensor {
  const $labels = toTensor(labels, parameters[0], name);
  const $predictions = toTensor(predictions, parameters[1], name);
  const $weights = optionalTensor(weights, 'weights', name);
  if (!sameShape($labels.shape, $predictions.shape)) {
    throw new TensorError('shape', `Error in ${name}:  Shapes ${$labels.shape} and ${$predictions.shape} must match`);
  }
  return compose(`losses.${name}`, () => computeWeightedLoss(perElement($labels, $predictions), $weights, reduction));
}

/**
 * Weighs a loss per element and reduces it. `SUM_BY_NONZERO_WEIGHTS` divides by the number of weights that are not zero.
 * @throws TensorError 'argument' for a reduction that is none
 */
export function computeWeightedLoss(losses: TensorLike, weights?: Weights, reduction: Reduction = STANDARD): Tensor {
  if (!Object.values(Reduction).includes(reduction)) throw new TensorError('argument', `Unknown reduction: ${reduction as unknown as string}`);
  return compose('losses.computeWeightedLoss', () => {
    const $losses = toTensor(losses, 'losses', 'computeWeightedLoss');
    const $weights = optionalTensor(weights, 'weights', 'computeWeightedLoss');
    const weighted = $weights === null ? $losses : mul($losses, $weights);
    if (reduction === Reduction.NONE) return weighted;
    if (reduction === Reduction.SUM) return sum(weighted);
    if ($weights === null) return mean(weighted);
    if (reduction === Reduction.MEAN) return div(div(sum(weighted), sum($weights)), $losses.size / $weights.size);
    const used = sum(notEqual(mul($weights, ones($losses.shape)), 0));
    return div(sum(weighted), cast(used, 'float32'));
  });
}

/** |label − prediction|. */
export const absoluteDifference = (labels: TensorLike, predictions: TensorLike, weights?: Weights, reduction: Reduction = STANDARD): Tensor =>
  loss('absoluteDifference', PLAIN, labels, predictions, weights, reduction, (label, prediction) => abs(sub(label, prediction)));

/** (label − prediction)². */
export const meanSquaredError = (labels: TensorLike, predictions: TensorLike, weights?: Weights, reduction: Reduction = STANDARD): Tensor =>
  loss('meanSquaredError', PLAIN, labels, predictions, weights, reduction, squaredDifference);

/** 1 − Σ label · prediction along `axis`, for vectors of length one. */
export const cosineDistance = (labels: TensorLike, predictions: TensorLike, axis: number, weights?: Weights, reduction: Reduction = STANDARD): Tensor =>
  loss('cosineDistance', PLAIN, labels, predictions, weights, reduction, (label, prediction) => sub(1, sum(mul(label, prediction), axis, true)));

/** max(0, 1 − (2 label − 1) prediction), for labels 0 and 1. */
export const hingeLoss = (labels: TensorLike, predictions: TensorLike, weights?: Weights, reduction: Reduction = STANDARD): Tensor =>
  loss('hingeLoss', PLAIN, labels, predictions, weights, reduction, (label, prediction) => relu(sub(1, mul(sub(mul(2, label), 1), prediction))));

/** Quadratic within `delta` of the label, linear beyond (Huber 1964). */
export const huberLoss = (labels: TensorLike, predictions: TensorLike, weights?: Weights, delta = 1, reduction: Reduction = STANDARD): Tensor =>
  loss('huberLoss', PLAIN, labels, predictions, weights, reduction, (label, prediction) => {
    const error = abs(sub(prediction, label));
    const quadratic = minimum(error, delta);
    return add(mul(0.5, square(quadratic)), mul(delta, sub(error, quadratic)));
  });

/** −label ln(prediction + ε) − (1 − label) ln(1 − prediction + ε). */
export const logLoss = (labels: TensorLike, predictions: TensorLike, weights?: Weights, epsilon = 1e-7, reduction: Reduction = STANDARD): Tensor =>
  loss('logLoss', PLAIN, labels, predictions, weights, reduction, (label, prediction) =>
    sub(neg(mul(label, log(add(prediction, epsilon)))), mul(sub(1, label), log(add(sub(1, prediction), epsilon)))),
  );

/** ln(1 + e^logit) − label · logit: the cross-entropy of sigmoid(logit). `labelSmoothing` moves labels towards ½. */
export const sigmoidCrossEntropy = (
  multiClassLabels: TensorLike, logits: TensorLike, weights?: Weights, labelSmoothing = 0, reduction: Reduction = STANDARD,
): Tensor =>
  loss('sigmoidCrossEntropy', ['multiClassLabels', 'logits'], multiClassLabels, logits, weights, reduction, (label, logit) =>
    sub(softplus(logit), mul(logit, smooth(label, labelSmoothing, 0.5))),
  );

/** −Σ label (logit − ln Σ e^logit) over the last axis. `labelSmoothing` moves labels towards even ones. */
export const softmaxCrossEntropy = (
  onehotLabels: TensorLike, logits: TensorLike, weights?: Weights, labelSmoothing = 0, reduction: Reduction = STANDARD,
): Tensor =>
  loss('softmaxCrossEntropy', ['onehotLabels', 'logits'], onehotLabels, logits, weights, reduction, (label, logit) => {
    const smoothed = smooth(label, labelSmoothing, 1 / (label.shape.at(-1) ?? 1));
    return neg(sum(mul(smoothed, logSoftmax(logit)), -1));
  });

const smooth = (labels: Tensor, amount: number, towards: number): Tensor => (amount > 0 ? add(mul(labels, 1 - amount), towards * amount) : labels);
