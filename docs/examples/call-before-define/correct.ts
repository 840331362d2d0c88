// Logistic regression in one module, read from top to bottom.
import * as tf from '@tensorflow/tfjs';

const weights = tf.variable(tf.zeros([2, 1]));
const bias = tf.variable(tf.scalar(0));
const optimizer = tf.train.sgd(0.5);

const logLoss = (labels: tf.Tensor, logits: tf.Tensor): tf.Scalar =>
  logits.relu().sub(logits.mul(labels)).add(logits.abs().neg().exp().log1p()).mean();

const features = tf.randomNormal([60, 2], 0, 1, 'float32', 111);
const labels = features.sum(1, true).greater(0.3).toFloat();

const history = fit(60);
console.log(`accuracy: ${accuracy().toFixed(3)}`);
console.log('RESULT', JSON.stringify({
  first: history[0],
  last: history.at(-1),
  moved: { weights: weights.abs().sum().dataSync()[0] },
}));

// Function declarations are hoisted: calling them above is fine.
function logits(): tf.Tensor {
  return features.matMul(weights).add(bias);
}

function fit(epochs: number): number[] {
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const cost = optimizer.minimize(() => logLoss(labels, logits()), true)!;
    losses.push(cost.dataSync()[0]);
    if (epoch % 20 === 0) console.log(`epoch ${epoch}: loss ${losses[epoch].toFixed(4)}`);
  }
  return losses;
}

function accuracy(): number {
  return tf.tidy(() => logits().greater(0).toFloat().equal(labels).toFloat().mean().dataSync()[0]);
}
