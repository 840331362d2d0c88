import * as tf from '@tensorflow/tfjs';

const optimizer = tf.train.sgd(0.05);
const x2: tf.Tensor = tf.tensor2d([[0.68, -0.35, 0.65]]);
optimizer.minimize(function () {
  const h11 = x2.sum(1).logSoftmax();
  return tf.losses.sigmoidCrossEntropy(tf.tensor([-0.08], [1]), h11) as tf.Scalar;
}, true);
