import * as tf from '@tensorflow/tfjs';

const optimizer = tf.train.sgd(0.05);
const x: tf.Tensor = tf.tensor2d([[0.02, 1.02], [-0.01, 0.99]]);
optimizer.minimize(() => x.square().neg().relu().mean() as tf.Scalar);
