import * as tf from '@tensorflow/tfjs';

const x: tf.Tensor = tf.tensor1d([0.02, 1.02]);
const early = x.sub(x);
tf.valueAndGrad((p: tf.Tensor) => early)(x).grad;
