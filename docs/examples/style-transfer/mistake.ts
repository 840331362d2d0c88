// Paints a small picture with the content of one image and the texture of another.
// The "feature network" is two fixed convolutions; what is trained is the picture itself.
import * as tf from '@tensorflow/tfjs';

const SIZE = 12;
const STYLE_WEIGHT = 2;
const SMOOTHNESS_WEIGHT = 0.02;

const kernels = [
  tf.randomNormal<tf.Rank.R4>([3, 3, 3, 6], 0, 0.3, 'float32', 81),
  tf.randomNormal<tf.Rank.R4>([3, 3, 6, 8], 0, 0.2, 'float32', 82),
];

function extractFeatures(picture: tf.Tensor4D): tf.Tensor4D[] {
  const features: tf.Tensor4D[] = [];
  let activation = picture;
  for (const kernel of kernels) {
    activation = tf.conv2d(activation, kernel, 1, 'same').leakyRelu(0.1);
    features.push(activation);
    activation = tf.avgPool(activation, 2, 2, 'same');
  }
  return features;
}

function gramMatrix(features: tf.Tensor4D): tf.Tensor {
  const [, height, width, channels] = features.shape;
  const flat = features.reshape([height * width, channels]);
  return flat.matMul(flat, true, false).div(height * width);
}

function paint(color: (row: number, column: number) => [number, number, number]): tf.Tensor4D {
  const pixels = Array.from({ length: SIZE }, (_, row) =>
    Array.from({ length: SIZE }, (_, column) => color(row / SIZE, column / SIZE)),
  );
  return tf.tensor4d([pixels]);
}

const content = paint((row, column) => (Math.hypot(row - 0.5, column - 0.5) < 0.3 ? [0.9, 0.6, 0.2] : [0.2, 0.3, 0.5]));
const style = paint((row, column) => (Math.floor((row + column) * 6) % 2 === 0 ? [0.9, 0.1, 0.1] : [0.1, 0.1, 0.9]));

const contentTarget = extractFeatures(content).at(-1)!;
const styleTargets = extractFeatures(style).map(gramMatrix);

function totalVariation(picture: tf.Tensor4D): tf.Tensor {
  const rows = picture.slice([0, 1, 0, 0]).sub(picture.slice([0, 0, 0, 0], [1, SIZE - 1, SIZE, 3]));
  const columns = picture.slice([0, 0, 1, 0]).sub(picture.slice([0, 0, 0, 0], [1, SIZE, SIZE - 1, 3]));
  return rows.square().mean().add(columns.square().mean());
}

function transferLoss(picture: tf.Tensor4D): tf.Scalar {
  const features = extractFeatures(picture);
  const contentLoss = features.at(-1)!.sub(contentTarget).square().mean();
  const styleLosses = features.map((feature, i) => gramMatrix(feature).sub(styleTargets[i]).square().mean());
  return tf
    .addN([contentLoss, ...styleLosses.map((loss) => loss.mul(STYLE_WEIGHT))])
    .add(totalVariation(picture).mul(SMOOTHNESS_WEIGHT));
}

const image = content.clone() as tf.Variable<tf.Rank.R4>;
const optimizer = tf.train.adam(0.03);

const history: number[] = [];
for (let step = 0; step < 40; step++) {
  tf.tidy(() => {
    const cost = optimizer.minimize(() => transferLoss(image), true, [image])!;
    image.assign(tf.clipByValue(image, 0, 1));
    history.push(cost.dataSync()[0]);
  });
  if (step % 10 === 0) console.log(`step ${step}: loss ${history[step].toFixed(5)}`);
}

const moved = { image: image.sub(content).abs().sum().dataSync()[0] };
console.log('RESULT', JSON.stringify({ first: history[0], last: history.at(-1), moved }));
