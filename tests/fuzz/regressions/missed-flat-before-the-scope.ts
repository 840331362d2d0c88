import * as tf from '@tensorflow/tfjs';

const optimizer = tf.train.sgd(0.05);
const x: tf.Tensor = tf.tensor2d([[0.02, 1.02], [-0.01, 0.99], [-0.04, 0.96]]);
const w = tf.variable(tf.tensor2d([[0.68, -0.35], [0.65, -0.38]]));
const early = tf.argMax(x.matMul(w), 0).toFloat();
optimizer.minimize(() => tf.losses.meanSquaredError(tf.tensor([-0.69, 0.31], [2]), early) as tf.Scalar);
