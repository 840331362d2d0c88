/** The core beside TF.js, both pure JavaScript on one thread: the programs take turns in one process. */
import { core, realTensorFlow } from '../autodiff/tfjs.ts';
import type { Api, Tensor } from '../autodiff/catalogue/case.ts';

/** Made ready on a library, a program gives what is timed. */
type Program = (tf: Api) => () => unknown;

const filled = (tf: Api, shape: readonly number[]): Tensor => {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(Array.from({ length: size }, (_, index) => 0.5 + Math.sin(index) / 4), [...shape]);
};

const onMatrix = (run: (tf: Api, x: Tensor) => unknown, size = 512): Program => (tf) => {
  const x = filled(tf, [size, size]);
  return () => run(tf, x);
};

const onImages = (run: (tf: Api, images: Tensor, filter: Tensor) => unknown): Program => (tf) => {
  const [images, filter] = [filled(tf, [4, 32, 32, 8]), filled(tf, [3, 3, 8, 16])];
  return () => run(tf, images, filter);
};

const convolution = (tf: Api) => (x: Tensor, filter: Tensor): Tensor => tf.conv2d(x, filter, 1, 'same');

/** One step of a perceptron with a hidden layer on a batch of 64. */
const perceptron: Program = (tf) => {
  const [x, labels] = [filled(tf, [64, 32]), tf.oneHot(tf.tensor1d(Array.from({ length: 64 }, (_, index) => index % 10), 'int32'), 10).toFloat()];
  const [hidden, bias, output] = [[32, 64], [64], [64, 10]].map((shape) => tf.variable(filled(tf, shape))) as unknown as [Tensor, Tensor, Tensor];
  const optimizer = tf.train.adam(0.01);
  return () => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, x.matMul(hidden).add(bias).relu().matMul(output)));
};

const programs: Readonly<Record<string, Program>> = {
  'sum over axis 0': onMatrix((tf, x) => tf.sum(x, 0)),
  'sum over axis 1': onMatrix((tf, x) => tf.sum(x, 1)),
  'max over axis 0': onMatrix((tf, x) => tf.max(x, 0)),
  'max over axis 1': onMatrix((tf, x) => tf.max(x, 1)),
  'mean over axis 0': onMatrix((tf, x) => tf.mean(x, 0)),
  'mean over axis 1': onMatrix((tf, x) => tf.mean(x, 1)),
  'prod with gradient': onMatrix((tf, x) => tf.grad((t) => tf.prod(t, 1).sum())(x), 64),
  'conv2d': onImages((tf, images, filter) => convolution(tf)(images, filter)),
  'conv2d with gradients': onImages((tf, images, filter) => tf.grads((x, w) => convolution(tf)(x, w).sum())([images, filter])),
  'depthwiseConv2d with gradients': onImages((tf, images) => tf.grads((x, w) => tf.depthwiseConv2d(x, w, 1, 'same').sum())([images, filled(tf, [3, 3, 8, 2])])),
  'maxPool with gradient': onImages((tf, images) => tf.grad((x) => tf.maxPool(x, 3, 2, 'same').sum())(images)),
  'avgPool with gradient': onImages((tf, images) => tf.grad((x) => tf.avgPool(x, 3, 2, 'same').sum())(images)),
  'matMul 256': (tf) => {
    const [a, b] = [filled(tf, [256, 256]), filled(tf, [256, 256])];
    return () => tf.matMul(a, b);
  },
  'a step of a perceptron': perceptron,
};

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** CPU milliseconds of one run: the median of rounds in which the libraries take turns, after rounds that warm up. */
function times(libraries: readonly Api[], program: Program, rounds: number): number[] {
  const runs = libraries.map((tf) => ({ tf, run: program(tf), spent: [] as number[] }));
  const warm = Math.ceil(rounds / 3);
  for (let round = 0; round < warm + rounds; round += 1) {
    for (const { tf, run, spent } of runs) {
      const start = process.cpuUsage();
      tf.tidy(() => { run(); });
      const { user, system } = process.cpuUsage(start);
      if (round >= warm) spent.push((user + system) / 1e3);
    }
  }
  for (const tf of libraries) tf.disposeVariables();
  return runs.map(({ spent }) => median(spent));
}

/** Prints how long the core takes for each program, and how many times as long as TF.js that is. */
export async function benchCore(rounds: number): Promise<void> {
  const tf = await realTensorFlow();
  console.log(`\n## core: beside TF.js in pure JavaScript, median of ${rounds} rounds\n`);
  console.log('| program | core, ms | TF.js, ms | core / TF.js |');
  console.log('|---|---|---|---|');
  for (const [name, program] of Object.entries(programs)) {
    const [ours, theirs] = times([core, tf], program, rounds) as [number, number];
    console.log(`| ${name} | ${ours.toFixed(2)} | ${theirs.toFixed(2)} | ${(ours / theirs).toFixed(2)} |`);
  }
}
