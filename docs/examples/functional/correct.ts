// Fits a small network to a noisy sine wave, with nothing but functions and variables.
import * as tf from '@tensorflow/tfjs';

type Layer = (x: tf.Tensor) => tf.Tensor;

const compose = (...layers: Layer[]): Layer => (x) => layers.reduce((h, layer) => layer(h), x);
const affine = (weights: tf.Variable, bias: tf.Variable): Layer => (x) => x.matMul(weights).add(bias);

const w1 = tf.variable(tf.randomNormal([1, 16], 0, 1, 'float32', 11), true, 'w1');
const b1 = tf.variable(tf.zeros([16]), true, 'b1');
const w2 = tf.variable(tf.randomNormal([16, 1], 0, 0.3, 'float32', 12), true, 'w2');
const b2 = tf.variable(tf.zeros([1]), true, 'b2');

const predict = compose(affine(w1, b1), tf.tanh, affine(w2, b2));

const x = tf.linspace(-2, 2, 64).reshape([64, 1]);
const y = x.mul(2).sin().add(tf.randomNormal([64, 1], 0, 0.05, 'float32', 13));

function meanSquaredError(prediction: tf.Tensor, target: tf.Tensor): tf.Scalar {
  return prediction.sub(target).square().mean();
}

const optimizer = tf.train.adam(0.03);

function trainStep(): number {
  const cost = optimizer.minimize(() => meanSquaredError(predict(x), y), true)!;
  const [value] = cost.dataSync();
  cost.dispose();
  return value;
}

const initial = { w1: w1.clone(), w2: w2.clone() };
const losses: number[] = [];
for (let epoch = 0; epoch < 200; epoch++) {
  losses.push(trainStep());
  if (epoch % 50 === 0) console.log(`epoch ${epoch}: loss ${losses[epoch].toFixed(4)}`);
}

const distance = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).abs().sum().dataSync()[0];
const moved = { w1: distance(w1, initial.w1), w2: distance(w2, initial.w2) };
console.log('RESULT', JSON.stringify({ first: losses[0], last: losses.at(-1), moved }));
