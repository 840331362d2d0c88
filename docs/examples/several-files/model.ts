import * as tf from '@tensorflow/tfjs';

export interface Model {
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable;
  forward(features: tf.Tensor2D): tf.Tensor2D;
}

export default function createModel(inputs: number): Model {
  const kernel = tf.variable(tf.randomNormal([inputs, 1], 0, 0.1, 'float32', 34));
  const bias = tf.variable(tf.zeros([1]));
  return {
    kernel,
    bias,
    forward: (features) => features.matMul(kernel).add(bias),
  };
}
