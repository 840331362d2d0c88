import * as tf from '@tensorflow/tfjs';

/** Squared error for small residuals, absolute error for large ones: outliers count less. */
export function huber(targets: tf.Tensor2D, predictions: tf.Tensor2D, delta = 1): tf.Scalar {
  const residuals = predictions.sub(targets).abs().arraySync() as number[][];
  const losses = residuals.map(([residual]) =>
    residual <= delta ? 0.5 * residual ** 2 : delta * (residual - 0.5 * delta),
  );
  return tf.tensor1d(losses).mean();
}
