import * as tf from '@tensorflow/tfjs';

const optimizer = tf.train.sgd(0.05);
const x1: tf.Tensor = tf.tensor2d([[0.02, 1.02], [-0.01, 0.99]]);
const early17 = x1.norm();
optimizer.minimize(function () {
  const loss18 = early17.minimum(tf.scalar(-0.74));
  return loss18 as tf.Scalar;
});
