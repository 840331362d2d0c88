/** Training scripts in the styles in which people write them; `n` makes names and sizes differ. */
type Template = (n: number) => string;

/** Modules that the scripts share; several files of a program have to be followed. */
export const helperModules: Readonly<Record<string, string>> = {
  'helpers/layers.ts': `import * as tf from '@tensorflow/tfjs';

export interface Weights { readonly kernel: tf.Variable; readonly bias: tf.Variable }

export function createWeights(inputs: number, outputs: number): Weights {
  return { kernel: tf.variable(tf.randomNormal([inputs, outputs])), bias: tf.variable(tf.zeros([outputs])) };
}

export const dense = (x: tf.Tensor, { kernel, bias }: Weights): tf.Tensor => tf.add(tf.matMul(x, kernel), bias);

export function stack(weights: readonly Weights[], activation: (x: tf.Tensor) => tf.Tensor): (x: tf.Tensor) => tf.Tensor {
  return (x) => weights.reduce((h, layer, index) => (index + 1 < weights.length ? activation(dense(h, layer)) : dense(h, layer)), x);
}
`,
  'helpers/losses.ts': `import * as tf from '@tensorflow/tfjs';

export function meanSquaredError(predicted: tf.Tensor, expected: tf.Tensor): tf.Scalar {
  return predicted.sub(expected).square().mean().asScalar();
}

export function weightDecay(weights: readonly tf.Variable[], rate: number): tf.Scalar {
  let total: tf.Tensor = tf.scalar(0);
  for (const weight of weights) total = total.add(weight.square().sum());
  return total.mul(rate).asScalar();
}

export { meanSquaredError as default };
`,
};

const functions: Template = (n) => `import * as tf from '@tensorflow/tfjs';

const inputs = ${2 + (n % 7)};
const hidden = ${8 + (n % 13)};
const w1 = tf.variable(tf.randomNormal([inputs, hidden]), true, 'w1_${n}');
const b1 = tf.variable(tf.zeros([hidden]));
const w2 = tf.variable(tf.randomNormal([hidden, 1]));
const optimizer = tf.train.adam(0.01);

function forward(x: tf.Tensor2D): tf.Tensor {
  const h = x.matMul(w1).add(b1).relu();
  return h.matMul(w2);
}

function loss${n}(predicted: tf.Tensor, expected: tf.Tensor): tf.Scalar {
  return predicted.sub(expected).square().mean().asScalar();
}

export function step(x: tf.Tensor2D, y: tf.Tensor): number {
  const cost = optimizer.minimize(() => loss${n}(forward(x), y), true);
  const value = cost?.dataSync()[0] ?? 0;
  cost?.dispose();
  return value;
}

export function stepWithPenalty(x: tf.Tensor2D, y: tf.Tensor, rate = 1e-3): void {
  const { grads } = tf.variableGrads(() => {
    const penalty = tf.addN([w1.square().sum(), w2.square().sum()]).mul(rate);
    return loss${n}(forward(x), y).add(penalty).asScalar();
  });
  optimizer.applyGradients(grads as Record<string, tf.Variable>);
  tf.dispose(grads);
}

export function saliency(x: tf.Tensor2D): tf.Tensor {
  return tf.tidy(() => tf.grad((input: tf.Tensor) => forward(input as tf.Tensor2D).sum())(x).abs());
}

export async function train(x: tf.Tensor2D, y: tf.Tensor, epochs: number): Promise<number[]> {
  const history: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    history.push(step(x, y));
    if (epoch % 10 === 0) console.log(epoch, history.at(-1));
    await tf.nextFrame();
  }
  return history;
}
`;

const classes: Template = (n) => `import * as tf from '@tensorflow/tfjs';

abstract class Layer${n} {
  abstract get weights(): tf.Variable[];
  abstract call(x: tf.Tensor): tf.Tensor;
}

class Dense${n} extends Layer${n} {
  private readonly kernel: tf.Variable;
  readonly #bias: tf.Variable;

  constructor(inputs: number, outputs: number, private readonly activation: (x: tf.Tensor) => tf.Tensor = (x) => x) {
    super();
    this.kernel = tf.variable(tf.randomNormal([inputs, outputs]));
    this.#bias = tf.variable(tf.zeros([outputs]));
  }

  get weights(): tf.Variable[] {
    return [this.kernel, this.#bias];
  }

  call(x: tf.Tensor): tf.Tensor {
    return this.activation(tf.matMul(x, this.kernel).add(this.#bias));
  }
}

class Network${n} {
  private readonly layers: Layer${n}[] = [];
  private readonly optimizer = tf.train.sgd(${0.01 + (n % 5) / 100});

  constructor(sizes: readonly number[]) {
    for (let i = 1; i < sizes.length; i++) {
      const last = i === sizes.length - 1;
      this.layers.push(new Dense${n}(sizes[i - 1]!, sizes[i]!, last ? undefined : (x) => tf.tanh(x)));
    }
  }

  predict(x: tf.Tensor): tf.Tensor {
    let h = x;
    for (const layer of this.layers) h = layer.call(h);
    return h;
  }

  fit(x: tf.Tensor, y: tf.Tensor): number {
    return tf.tidy(() => {
      const cost = this.optimizer.minimize(() => tf.losses.meanSquaredError(y, this.predict(x)) as tf.Scalar, true);
      return cost!.dataSync()[0]!;
    });
  }

  fitLast(x: tf.Tensor, y: tf.Tensor): void {
    const last = this.layers.at(-1)!;
    this.optimizer.minimize(() => tf.losses.huberLoss(y, this.predict(x)) as tf.Scalar, false, last.weights);
  }

  gradients(x: tf.Tensor, y: tf.Tensor): Record<string, tf.Tensor> {
    const { value, grads } = tf.variableGrads(() => this.predict(x).sub(y).abs().mean().asScalar());
    value.dispose();
    return grads;
  }
}

export const network = new Network${n}([${3 + (n % 4)}, 16, 1]);
`;

const helpers: Template = (n) => `import { train, variableGrads, valueAndGrad, sigmoid, relu, type Tensor, type Scalar, type Variable } from '@tensorflow/tfjs';

import { createWeights, stack } from './helpers/layers';
import meanSquaredError, { weightDecay } from './helpers/losses';

const layers = [createWeights(${4 + (n % 5)}, 12), createWeights(12, 12), createWeights(12, 1)];
const network = stack(layers, ${n % 2 === 0 ? 'relu' : 'sigmoid'} as (x: Tensor) => Tensor);
const kernels = layers.map(({ kernel }) => kernel);
const optimizer = train.rmsprop(0.005);

interface Batch { readonly xs: Tensor; readonly ys: Tensor }

const objective = ({ xs, ys }: Batch): Scalar => meanSquaredError(network(xs), ys).add(weightDecay(kernels, 1e-4)).asScalar();

export function trainBatch(batch: Batch): number {
  return optimizer.minimize(() => objective(batch), true)!.dataSync()[0]!;
}

export function trainAll(batches: readonly Batch[]): number[] {
  return batches.map((batch) => {
    const { value, grads } = variableGrads(() => objective(batch));
    optimizer.applyGradients(grads as Record<string, Variable>);
    return value.dataSync()[0]!;
  });
}

export function attack${n}({ xs, ys }: Batch, size: number): Tensor {
  const { grad } = valueAndGrad((x: Tensor) => meanSquaredError(network(x), ys))(xs);
  return xs.add(grad.sign().mul(size));
}

export const probe = (x: Tensor): Tensor => (${n % 3 === 0 ? 'sigmoid' : 'relu'})(network(x));
`;

const layersModel: Template = (n) => `import * as tf from '@tensorflow/tfjs';

export function createModel(): tf.Sequential {
  const model = tf.sequential({ name: 'model_${n}' });
  model.add(tf.layers.dense({ units: ${8 + (n % 9)}, activation: 'relu', inputShape: [${3 + (n % 6)}] }));
  model.add(tf.layers.dropout({ rate: 0.1 }));
  model.add(tf.layers.dense({ units: 2, activation: 'softmax' }));
  return model;
}

export class Trainer${n} {
  readonly model = createModel();
  readonly target = createModel();
  private readonly optimizer = tf.train.adam(1e-3);

  trainOnBatch(x: tf.Tensor2D, labels: tf.Tensor1D): number {
    const oneHot = tf.oneHot(labels.toInt(), 2);
    const loss = this.optimizer.minimize(() => {
      const predicted = this.model.apply(x, { training: true }) as tf.Tensor;
      return tf.losses.softmaxCrossEntropy(oneHot, predicted) as tf.Scalar;
    }, true)!;
    const value = loss.dataSync()[0]!;
    tf.dispose([loss, oneHot]);
    return value;
  }

  imitate(x: tf.Tensor2D): void {
    this.optimizer.minimize(() => {
      const wanted = this.target.predict(x) as tf.Tensor;
      const got = this.model.predict(x) as tf.Tensor;
      return wanted.sub(got).square().mean().asScalar();
    });
  }

  update(x: tf.Tensor2D, advantage: tf.Tensor1D): void {
    const f = (): tf.Scalar => tf.tidy(() => {
      const p = this.model.predict(x) as tf.Tensor2D;
      const chosen = p.gather(tf.tensor1d([0], 'int32'), 1).squeeze();
      return chosen.log().mul(advantage).mean().neg().asScalar();
    });
    const { grads } = this.optimizer.computeGradients(f);
    this.optimizer.applyGradients(grads as Record<string, tf.Variable>);
  }
}
`;

const closures: Template = (n) => `import * as tf from '@tensorflow/tfjs';

type Model = { readonly weights: readonly tf.Variable[]; readonly apply: (x: tf.Tensor) => tf.Tensor };

function linear(inputs: number, outputs: number, { bias = true }: { bias?: boolean } = {}): Model {
  const w = tf.variable(tf.randomUniform([inputs, outputs], -1, 1));
  const b = bias ? tf.variable(tf.zeros([outputs])) : undefined;
  return { weights: b ? [w, b] : [w], apply: (x) => (b ? x.matMul(w).add(b) : x.matMul(w)) };
}

const compose = (...models: readonly Model[]): Model => ({
  weights: models.flatMap(({ weights }) => weights),
  apply: (x) => models.reduce((h, model) => model.apply(h), x),
});

const encoder = compose(linear(${10 + (n % 10)}, 6), linear(6, 2, { bias: false }));
const decoder = compose(linear(2, 6), linear(6, ${10 + (n % 10)}));
const optimizers = { both: tf.train.adam(), encoder: tf.train.sgd(0.1) };

export function reconstruct(x: tf.Tensor): void {
  optimizers.both.minimize(() => {
    const code = encoder.apply(x);
    const noisy = code.add(tf.randomNormal(code.shape, 0, ${0.1 + (n % 3) / 10}));
    const error = decoder.apply(noisy).sub(x);
    return error.square().mean().asScalar();
  }, false, [...encoder.weights, ...decoder.weights] as tf.Variable[]);
}

export function contrast(anchor: tf.Tensor, positive: tf.Tensor, negative: tf.Tensor, margin = 1): number {
  const distance = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).square().sum(-1);
  const cost = optimizers.encoder.minimize(() => {
    const [a, p, q] = [anchor, positive, negative].map((x) => encoder.apply(x)) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const violation = distance(a, p).sub(distance(a, q)).add(margin);
    return tf.relu(violation).mean().asScalar();
  }, true, encoder.weights as tf.Variable[]);
  if (cost === null) return Number.NaN;
  const value = cost.arraySync() as number;
  return value > margin ? margin : value;
}

export const sensitivity = tf.grads((x: tf.Tensor, y: tf.Tensor) => encoder.apply(x).mul(encoder.apply(y)).sum());
`;

const mistakes: Template = (n) => `import * as tf from '@tensorflow/tfjs';

const w = tf.variable(tf.randomNormal([${2 + (n % 5)}, 1]));
const optimizer = tf.train.sgd(0.05);

export function computedOutside(x: tf.Tensor2D, y: tf.Tensor): void {
  const loss = x.matMul(w).sub(y).square().mean().asScalar();
  optimizer.minimize(() => loss);
}

export function readToTheHost(x: tf.Tensor2D, y: tf.Tensor): void {
  optimizer.minimize(() => {
    const predicted = x.matMul(w);
    const copy = tf.tensor(predicted.dataSync(), predicted.shape);
    return copy.sub(y).square().mean().asScalar();
  });
}

export function right(x: tf.Tensor2D, y: tf.Tensor): void {
  optimizer.minimize(() => x.matMul(w).sub(y).square().mean().asScalar());
}
`;

const templates: readonly Template[] = [functions, classes, helpers, layersModel, closures];

/** Most scripts are right; every twentieth has mistakes, which shows in the findings that the rules were on. */
export function trainingScript(n: number): string {
  return (n % 20 === 19 ? mistakes : templates[n % templates.length]!)(n);
}

/** One of many scopes in a long file: twenty lines. */
export const scopeBlock: Template = (n) => `// Experiment ${n}
const kernel${n} = tf.variable(tf.randomNormal([${2 + (n % 6)}, 8]));
const head${n} = tf.variable(tf.randomNormal([8, 1]));
const scale${n} = ${1 + (n % 9)} / 10;

function forward${n}(x: tf.Tensor2D): tf.Tensor {
  const hidden = x.matMul(kernel${n}).mul(scale${n});
  const active = ${n % 2 === 0 ? 'hidden.relu()' : 'tf.tanh(hidden)'};
  return tf.matMul(active, head${n});
}

export function train${n}(x: tf.Tensor2D, y: tf.Tensor): number | undefined {
  const cost = optimizer.minimize(() => {
    const error = forward${n}(x).sub(y);
    return ${n % 3 === 0 ? 'error.square()' : 'tf.abs(error)'}.mean().asScalar();
  }, true);
  if (${n} % 100 === 0) console.log(cost?.dataSync());
  return cost?.dataSync()[0];
}
`;
