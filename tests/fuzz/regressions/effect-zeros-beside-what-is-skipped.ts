import * as tf from '@tensorflow/tfjs';

const optimizer = tf.train.sgd(0.05);
const a = tf.variable(tf.tensor1d([0.02, 1.02]));
const b = tf.variable(tf.tensor1d([0.68, -0.35]));
optimizer.minimize(() => tf.losses.meanSquaredError(tf.customGrad((input) => { const t = input as tf.Tensor; return { value: t.clone(), gradFunc: (dy) => tf.zerosLike(dy) }; })(a), tf.tensor(b.dataSync(), [2])) as tf.Scalar);
