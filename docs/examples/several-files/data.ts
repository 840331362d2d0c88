import * as tf from '@tensorflow/tfjs';

export interface Dataset {
  features: tf.Tensor2D;
  targets: tf.Tensor2D;
}

/** Energy use of houses: area, age and insulation, standardised, with a few broken meters. */
export function loadHouses(count = 80): Dataset {
  const features = tf.randomNormal<tf.Rank.R2>([count, 3], 0, 1, 'float32', 31);
  const coefficients = tf.tensor2d([[1.5], [0.7], [-1.1]]);
  const noise = tf.randomNormal([count, 1], 0, 0.1, 'float32', 32);
  const brokenMeters = tf.randomUniform([count, 1], 0, 1, 'float32', 33).less(0.05).toFloat().mul(8);
  const targets = features.matMul(coefficients).add(noise).add(brokenMeters) as tf.Tensor2D;
  return { features, targets };
}
