// Classifies spirals with tf.layers; the batches and the training loop are written by hand.
import * as tf from '@tensorflow/tfjs';

const CLASSES = 3;
const PER_CLASS = 40;
const BATCH_SIZE = 24;
const EPOCHS = 25;

function makeSpirals(): { points: number[][]; classes: number[] } {
  const points: number[][] = [];
  const classes: number[] = [];
  for (let arm = 0; arm < CLASSES; arm++) {
    for (let i = 0; i < PER_CLASS; i++) {
      const radius = (i + 1) / PER_CLASS;
      const angle = 2.5 * radius + (arm * 2 * Math.PI) / CLASSES;
      points.push([radius * Math.cos(angle), radius * Math.sin(angle)]);
      classes.push(arm);
    }
  }
  return { points, classes };
}

const model = tf.sequential();
model.add(
  tf.layers.dense({
    inputShape: [2],
    units: 24,
    activation: 'relu',
    kernelInitializer: tf.initializers.heNormal({ seed: 41 }),
  }),
);
model.add(
  tf.layers.dense({ units: CLASSES, kernelInitializer: tf.initializers.glorotUniform({ seed: 42 }) }),
);

const optimizer = tf.train.adam(0.02);

function trainBatch(xs: tf.Tensor2D, ys: tf.Tensor2D): number {
  const logits = model.predict(xs) as tf.Tensor2D;
  const cost = optimizer.minimize(() => {
    return tf.losses.softmaxCrossEntropy(ys, logits);
  }, true);
  return cost!.dataSync()[0];
}

const { points, classes } = makeSpirals();
const xs = tf.tensor2d(points);
const ys = tf.oneHot(tf.tensor1d(classes, 'int32'), CLASSES).toFloat() as tf.Tensor2D;

function accuracy(): number {
  return tf.tidy(() => {
    const predicted = (model.predict(xs) as tf.Tensor2D).argMax(1);
    return predicted.equal(ys.argMax(1)).toFloat().mean().dataSync()[0];
  });
}

const initial = model.getWeights().map((weight) => weight.clone());
// A stride that is coprime to the number of examples visits every example once, well mixed.
const order = classes.map((_, i) => (i * 37) % classes.length);
const history: number[] = [];
for (let epoch = 0; epoch < EPOCHS; epoch++) {
  let epochLoss = 0;
  for (let start = 0; start < order.length; start += BATCH_SIZE) {
    const indices = order.slice(start, start + BATCH_SIZE);
    epochLoss += tf.tidy(() => trainBatch(tf.gather(xs, indices), tf.gather(ys, indices))) * indices.length;
  }
  history.push(epochLoss / order.length);
  if (epoch % 5 === 0) {
    console.log(`epoch ${epoch}: loss ${history[epoch].toFixed(4)}, accuracy ${accuracy().toFixed(3)}`);
  }
}

const moved = Object.fromEntries(
  model.getWeights().map((weight, i) => [
    model.weights[i].originalName,
    weight.sub(initial[i]).abs().sum().dataSync()[0],
  ]),
);
console.log('RESULT', JSON.stringify({ first: history[0], last: history.at(-1), moved }));
