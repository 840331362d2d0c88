import * as tf from '@tensorflow/tfjs';

const optimizer = tf.train.sgd(0.05);
const x1: tf.Tensor = tf.scalar(0.02);
const weights3 = [tf.variable(tf.tensor2d([[-0.03, 0.97], [-0.06, 0.94], [-0.09, 0.91]]))];
optimizer.minimize(() => {
  const cut19 = x1.mul(0);
  return tf.valueAndGrad((p20: tf.Tensor) => p20.mul(tf.addN(weights3)))(cut19).grad as tf.Scalar;
}, true);
