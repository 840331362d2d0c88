// A small VQ-VAE: points are encoded, replaced by the nearest entry of a codebook and decoded again.
import * as tf from '@tensorflow/tfjs';

const LATENT = 2;
const CODES = 8;

/** TF.js has no stopGradient: an identity whose gradient is zero does the same. */
const stopGradient = tf.customGrad((x) => ({
  value: (x as tf.Tensor).clone(),
  gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
}));

const encoder = tf.variable(tf.randomNormal([4, LATENT], 0, 0.5, 'float32', 201), true, 'encoder');
const codebook = tf.variable(tf.randomNormal([CODES, LATENT], 0, 1.2, 'float32', 202), true, 'codebook');
const decoder = tf.variable(tf.randomNormal([LATENT, 4], 0, 0.5, 'float32', 203), true, 'decoder');

const encode = (points: tf.Tensor): tf.Tensor => points.matMul(encoder);

/** One row of zeros and a single one for each latent vector: the index of its nearest code. */
function assignCodes(latents: tf.Tensor): tf.Tensor {
  const distances = latents.expandDims(1).sub(codebook.expandDims(0)).square().sum(2);
  return tf.oneHot(distances.neg().argMax(1), CODES).toFloat();
}

function loss(points: tf.Tensor): tf.Scalar {
  const latents = stopGradient(encode(points));
  const codes = assignCodes(latents).matMul(codebook);

  // Straight through: the decoder sees the codes, the encoder gets the decoder's gradient.
  const quantized = latents.add(stopGradient(codes.sub(latents)));
  const reconstruction = quantized.matMul(decoder);

  const reconstructionLoss = reconstruction.sub(points).square().mean();
  const codebookLoss = codes.sub(stopGradient(latents)).square().mean();
  const commitmentLoss = latents.sub(stopGradient(codes)).square().mean();
  return tf.addN([reconstructionLoss, codebookLoss, commitmentLoss.mul(0.25)]).asScalar();
}

// Four clusters in a plane, seen through four sensors.
const centers = tf.tensor2d([[1, 1], [1, -1], [-1, 1], [-1, -1]]).tile([16, 1]);
const sensors = tf.tensor2d([[1, 0, 0.5, -0.5], [0, 1, 0.5, 0.5]]);
const points = centers.add(tf.randomNormal([64, 2], 0, 0.15, 'float32', 104)).matMul(sensors);

const optimizer = tf.train.adam(0.02);
const weights = { encoder, codebook, decoder };
const initial = Object.entries(weights).map(([name, weight]) => ({ name, weight, before: weight.clone() }));

const history: number[] = [];
for (let epoch = 0; epoch < 150; epoch++) {
  const cost = optimizer.minimize(() => loss(points), true) as tf.Scalar;
  history.push(cost.arraySync());
  cost.dispose();
  if (epoch % 30 === 0) console.log(`epoch ${epoch}: loss ${history[epoch].toFixed(4)}`);
}

const moved = Object.fromEntries(
  initial.map(({ name, weight, before }) => [name, weight.sub(before).abs().sum().dataSync()[0]]),
);
console.log('RESULT', JSON.stringify({ first: history[0], last: history.at(-1), moved }));
