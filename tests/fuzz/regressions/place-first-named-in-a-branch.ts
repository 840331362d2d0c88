import * as tf from '@tensorflow/tfjs';

const sunny = Date.now() > 0;
const optimizer = tf.train.sgd(0.05);
const x: tf.Tensor = tf.scalar(0.02);
const w = tf.variable(tf.scalar(0.68));
const early = w.square();
optimizer.minimize(() => {
  const parts = { a: sunny ? early : x };
  return parts.a as tf.Scalar;
});
