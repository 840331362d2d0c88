import * as tf from '@tensorflow/tfjs';
import { mode5 } from './mode5';

const optimizer = tf.train.sgd(0.05);
const x1: tf.Tensor = tf.tensor2d([[0.02, 1.02], [-0.01, 0.99]]);
const x2: tf.Tensor = tf.tensor2d([[0.68, -0.35, 0.65], [-0.38, 0.62, -0.41]]);
const w3 = tf.variable(tf.tensor1d([-0.69, 0.31, -0.72]));
optimizer.minimize(function () {
  const h8 = w3;
  let state9: tf.Tensor = h8;
  const h10 = mode5.value(tf.tensor2d([[0.63, -0.4], [0.6, -0.43]]).mul(tf.mean(state9)));
  const loss12 = tf.losses.sigmoidCrossEntropy(tf.tensor([-0.08, 0.92, -0.11, 0.89], [2, 2]), h10);
  return loss12 as tf.Scalar;
});
const loss14 = () => {
  const loss13 = tf.losses.absoluteDifference(x1, tf.customGrad((input) => { const t = input as tf.Tensor; return { value: t.clone(), gradFunc: (dy) => tf.zerosLike(dy) }; })(mode5.value(x2.matMul(tf.tensor2d([[0.58, -0.45], [0.55, -0.48], [0.52, -0.52]])))));
  return loss13;
};
tf.variableGrads(loss14 as () => tf.Scalar);
// ./mode5
//   import * as tf from '@tensorflow/tfjs';
//   
//   const mode5Given: { value?: ((t: tf.Tensor) => tf.Tensor) } = {};
//   const mode5: { value: ((t: tf.Tensor) => tf.Tensor) } = { value: (t7: tf.Tensor) => t7, ...mode5Given };
//   export { mode5 };
