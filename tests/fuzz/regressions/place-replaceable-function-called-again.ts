import * as tf from '@tensorflow/tfjs';

const optimizer = tf.train.sgd(0.05);
const w3 = tf.variable(tf.tensor1d([-0.69, 0.31, -0.72]));
export const mode4: ((t: tf.Tensor) => tf.Tensor)[] = [(t6: tf.Tensor) => t6];
export async function train12(): Promise<void> {
  optimizer.computeGradients(() => {
    const h9 = w3;
    const parts10 = { b: mode4[0]!(tf.reshape(h9, [1, 3])) };
    return parts10.b.round().sum() as tf.Scalar;
  });
}
// afterwards, from outside
//   mode4.splice(0, 1, function (t5: tf.Tensor) {
//     return t5;
//   });
//   train12()
