import * as tf from '@tensorflow/tfjs';

const rainy = Date.now() < 0;
const optimizer = tf.train.sgd(0.05);
const w11 = tf.variable(tf.scalar(-0.03));
optimizer.minimize(() => {
  let state22: tf.Tensor = w11;
  switch (rainy ? 'a' : 'b') {
    case 'a': {
      const h25 = helper18;
      break;
    }
    default: {
    }
  }
  return state22 as tf.Scalar;
}, true);
const helper18 = () => helper12;
