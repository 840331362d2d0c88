import * as tf from '@tensorflow/tfjs';

const rainy = Date.now() < 0;
const a: tf.Tensor = tf.tensor2d([[0.02, 1.02], [-0.01, 0.99]]);
const b: tf.Tensor = tf.tensor2d([[0.68, -0.35], [0.65, -0.38]]);
tf.grad((p: tf.Tensor) => tf.customGrad((input) => { const t = input as tf.Tensor; return { value: t.clone(), gradFunc: (dy) => tf.zerosLike(dy) }; })(a).add(tf.tensor(b.dataSync(), [2, 2])).mean())(rainy ? b : a);
