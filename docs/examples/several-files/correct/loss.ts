import * as tf from '@tensorflow/tfjs';

/** Squared error for small residuals, absolute error for large ones: outliers count less. */
export function huber(targets: tf.Tensor2D, predictions: tf.Tensor2D, delta = 1): tf.Scalar {
  const residuals = predictions.sub(targets).abs();
  const small = residuals.minimum(delta);
  return small.square().mul(0.5).add(residuals.sub(small).mul(delta)).mean();
}
