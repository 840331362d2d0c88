import * as tf from '@tensorflow/tfjs';

const sunny = Date.now() > 0;
const a: tf.Tensor = tf.tensor2d([[0.02, 1.02], [-0.01, 0.99]]);
const b: tf.Tensor = tf.tensor2d([[0.68, -0.35], [0.65, -0.38]]);
tf.grads((p: tf.Tensor, q: tf.Tensor) => q.mean())([a, sunny ? a : b])[0]!;
