/** For each rule what it reports, and a twin that is right. */
import type { rules } from '../../rules/index.ts';

export type RuleName = keyof typeof rules;

/** An expression of the tensor `h`, of three numbers, that costs what is behind `h` its gradient; `data` are three numbers. */
export interface BrokenExpression {
  readonly rule: RuleName;
  readonly broken: string;
  readonly twin: string;
  /** Declarations that both need. */
  readonly prelude?: string;
  /** Structures in which it is not wrong for certain, and why. */
  readonly not?: { readonly in: readonly string[] | 'loops'; readonly because: string };
}

const detach = 'const detach = tf.customGrad((t) => ({ value: (t as tf.Tensor).clone(), gradFunc: (dy) => tf.zerosLike(dy) }));\n';
const rate = 'const rate = tf.variable(tf.scalar(2));\n';

export const brokenExpressions: readonly BrokenExpression[] = [
  { rule: 'no-zero-derivative', broken: 'h.round()', twin: 'h.abs()' },
  { rule: 'no-zero-derivative', broken: 'tf.sign(h)', twin: 'tf.erf(h)' },
  { rule: 'no-zero-derivative', broken: 'h.mul(0)', twin: 'h.mul(0.5)' },
  { rule: 'no-zero-derivative', broken: 'tf.mul(tf.zeros([3]), h)', twin: 'tf.mul(tf.ones([3]), h)' },
  { rule: 'no-zero-derivative', broken: 'h.sub(h)', twin: 'h.sub(data)', not: { in: 'loops', because: 'the two may be of different rounds' } },
  { rule: 'no-zero-derivative', broken: 'h.greaterEqual(0).toFloat()', twin: 'h.toBool().toFloat()' },
  { rule: 'no-zero-derivative', broken: 'h.argMax().toFloat()', twin: 'h.max()' },
  { rule: 'no-zero-derivative', broken: 'tf.oneHot(h.toInt(), 4).toFloat()', twin: 'tf.oneHot(data.toInt(), 3).toFloat().mul(h)' },

  { rule: 'no-missing-derivative', broken: 'h.cumprod()', twin: 'h.cumsum()' },
  { rule: 'no-missing-derivative', broken: 'tf.topk(h, 2).values', twin: 'tf.slice(h, [0], [2])' },
  { rule: 'no-missing-derivative', broken: "tf.einsum('i,i->i', h, data)", twin: "tf.mul(h, tf.einsum('i,i->i', data, data))" },
  { rule: 'no-missing-derivative', broken: 'tf.where(h.greater(0), h, h.mul(0.1))', twin: 'tf.where(data.greater(0), h, h.mul(0.1))' },
  { rule: 'no-missing-derivative', broken: 'h.add(h.less(0).toFloat().mul(0))', twin: 'h.add(data.less(0).toFloat().mul(0))' },
  { rule: 'no-missing-derivative', broken: 'tf.gather(data, h.toInt())', twin: 'tf.gather(h, data.sub(1).toInt())' },
  { rule: 'no-missing-derivative', broken: 'tf.losses.meanSquaredError(data, h, h.abs())', twin: 'tf.losses.meanSquaredError(data, h, data)' },

  { rule: 'no-constant-where', broken: 'h.sigmoid().maximum(2)', twin: 'h.sigmoid().maximum(0.5)' },
  { rule: 'no-constant-where', broken: 'tf.minimum(h.square(), -1)', twin: 'tf.minimum(h.square(), 1)' },
  { rule: 'no-constant-where', broken: "tf.where(tf.ones([3], 'bool'), data, h)", twin: "tf.where(tf.ones([3], 'bool'), h, data)" },

  { rule: 'no-dead-activation', broken: 'h.square().neg().sub(1).relu()', twin: 'h.square().sub(1).relu()' },
  { rule: 'no-dead-activation', broken: 'h.tanh().sub(1).relu()', twin: 'h.tanh().relu()' },
  { rule: 'no-dead-activation', broken: 'h.exp().add(2).clipByValue(0, 1)', twin: 'h.exp().add(2).clipByValue(0, 3)' },

  { rule: 'no-host-read-in-tape', broken: 'tf.tensor1d(Array.from(h.dataSync(), (value) => value * 2))', twin: 'h.mul(2)' },
  { rule: 'no-host-read-in-tape', broken: 'data.mul(h.max().arraySync() as number)', twin: 'data.mul(h.max())' },

  { rule: 'no-stop-gradient-on-trainable', prelude: detach, broken: 'detach(h)', twin: 'h.add(detach(h.round().sub(h)))' },

  { rule: 'no-assign-in-tape', prelude: 'const copy = tf.variable(tf.tensor1d([0, 0, 0]), false);\n', broken: '(copy.assign(h), copy)', twin: '(copy.assign(h), h)' },

  { rule: 'valid-gradient-call', broken: '(tf.scalar((h as any) * 2))', twin: '(tf.scalar((h.size as any) * 2).mul(h))' },

  { rule: 'valid-custom-gradient', prelude: `${rate}const scaled = tf.customGrad((t) => ({ value: (t as tf.Tensor).mul(rate), gradFunc: (dy) => dy.mul(rate) }));\nconst scaledBy = tf.customGrad((t, by, save) => { (save as (tensors: tf.Tensor[]) => void)([t as tf.Tensor, by as tf.Tensor]); return { value: (t as tf.Tensor).mul(by as tf.Tensor), gradFunc: (dy, saved) => [dy.mul(saved[1]!), dy.mul(saved[0]!).sum()] }; });\n`, broken: 'scaled(h)', twin: 'scaledBy(h, rate)', not: { in: ['listed variable', 'layer of a model that is fitted', 'gradients by hand', 'function in another file', 'class in another file'], because: '`rate` is not asked for, or another file may train it' } },

  { rule: 'no-higher-order-gap', broken: 'tf.grad((t: tf.Tensor) => t.mul(h).tanh().sum())(data)', twin: 'tf.grad((t: tf.Tensor) => t.mul(h).sin().sum())(data)' },
  { rule: 'no-higher-order-gap', broken: 'tf.grad((t: tf.Tensor) => t.mul(h).leakyRelu().sum())(data)', twin: 'tf.grad((t: tf.Tensor) => t.mul(h).relu().sum())(data)' },

  { rule: 'no-sync-read-in-tape', broken: '(h.max().dataSync(), h.mul(2))', twin: '(void h.max().data(), h.mul(2))' },
  { rule: 'no-sync-read-in-tape', broken: '(console.log(h.arraySync()), h.mul(2))', twin: '(console.log(data.shape), h.mul(2))' },

  { rule: 'no-partial-gradient', broken: 'h.div(h.square().sum().dataSync()[0]!)', twin: 'h.div(h.square().sum())' },
  { rule: 'no-partial-gradient', broken: 'h.mul(tf.tensor1d(h.tanh().arraySync() as number[]))', twin: 'h.mul(h.tanh())' },
  { rule: 'no-partial-gradient', prelude: detach, broken: 'h.mul(detach(h.sigmoid()))', twin: 'h.add(detach(h.round().sub(h)))' },

  { rule: 'no-activation-mismatch', broken: 'h.sigmoid().sigmoid()', twin: 'h.sigmoid().mul(2).sigmoid()' },
  { rule: 'no-activation-mismatch', broken: 'tf.losses.sigmoidCrossEntropy(data, h.sigmoid())', twin: 'tf.losses.sigmoidCrossEntropy(data, h)' },
  { rule: 'no-activation-mismatch', broken: 'tf.losses.softmaxCrossEntropy(data, tf.softmax(h))', twin: 'tf.losses.softmaxCrossEntropy(tf.softmax(data), h)' },

  { rule: 'no-nan-gradient', broken: 'tf.tensor1d([0, 1, 2]).mul(h).sqrt()', twin: 'tf.tensor1d([0, 1, 2]).mul(h).square()', not: { in: ['layer of a model that is fitted', 'layer of a functional model'], because: 'the gradient goes on through a layer of the library, of which it is not known whether its activation passes on what is not finite' } },

  { rule: 'no-nan-value', broken: 'h.mul(tf.tensor1d([0, 1, 2]).div(tf.tensor1d([0, 1, 1])))', twin: 'h.mul(tf.tensor1d([0, 1, 2]).div(tf.tensor1d([1, 1, 1])))', not: { in: ['function in another file', 'class in another file'], because: 'it is NaN in the other file whoever calls it, and told there' } },
  { rule: 'no-nan-value', broken: 'h.add(tf.tensor1d([-1, 0, 1]).acosh())', twin: 'h.add(tf.tensor1d([1, 2, 3]).acosh())', not: { in: ['function in another file', 'class in another file'], because: 'it is NaN in the other file whoever calls it, and told there' } },

  { rule: 'prefer-stable-loss', broken: 'tf.softmax(h).log()', twin: 'tf.logSoftmax(h)' },
  { rule: 'prefer-stable-loss', broken: 'tf.sub(1, h.sigmoid()).log()', twin: 'h.softplus().neg()' },
  { rule: 'prefer-stable-loss', broken: 'h.div(h.square().sum().sqrt())', twin: 'h.div(h.square().sum().add(1e-12).sqrt())' },
  { rule: 'prefer-stable-loss', broken: 'h.mul(h.square().mean().sub(h.mean().square()))', twin: 'h.mul(h.sub(h.mean()).square().mean())' },
];

/** A statement that calls what differentiates, and a twin that is right. */
export interface BrokenCall {
  readonly rule: RuleName;
  readonly broken: string;
  readonly twin: string;
  readonly prelude?: string;
  /** Places in which it is not wrong for certain, and why. */
  readonly not?: { readonly in: readonly string[]; readonly because: string };
}

export const callPrelude = `const data = tf.tensor1d([1, 2, 3]);
const w = tf.variable(tf.tensor1d([0.5, -0.5, 2]));
const b = tf.variable(tf.scalar(0));
const optimizer = tf.train.sgd(0.1);
`;

const frozen = 'const frozen = tf.variable(tf.tensor1d([1, 2, 3]), false);\n';
const model = 'const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });\n';
const sleepy = 'const sleepy = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [3] }), tf.layers.dropout({ rate: 0.5 })] });\n';
const regularised = 'const regularised = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3], kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }) })] });\n';
const output = '(model.apply(data.reshape([1, 3])) as tf.Tensor).square().mean()';

export const brokenCalls: readonly BrokenCall[] = [
  { rule: 'no-frozen-path', prelude: frozen, broken: 'optimizer.minimize(() => data.mul(frozen).square().mean(), false, [frozen])', twin: 'optimizer.minimize(() => data.mul(frozen).mul(w).add(b).square().mean(), false, [w, b])' },
  { rule: 'no-frozen-path', broken: 'optimizer.minimize(() => data.mul(w).add(b).square().mean(), false, [w])', twin: 'optimizer.minimize(() => data.mul(w).add(b).square().mean(), false, [w, b])' },

  { rule: 'no-unreached-variable', broken: 'optimizer.minimize(() => data.mul(w).square().mean(), false, [w, b])', twin: 'optimizer.minimize(() => data.mul(w).add(b.mul(0.1)).square().mean(), false, [w, b])' },
  { rule: 'no-unreached-variable', broken: 'tf.variableGrads(() => data.mul(w).square().mean(), [w, b])', twin: 'tf.variableGrads(() => data.mul(w).square().mean(), [w])' },
  { rule: 'no-unreached-variable', broken: 'tf.grads((x: tf.Tensor, y: tf.Tensor) => x.square().sum())([w, b])', twin: 'tf.grads((x: tf.Tensor, y: tf.Tensor) => x.square().mul(y).sum())([w, b])' },

  { rule: 'no-async-tape', broken: 'optimizer.minimize((async () => data.mul(w).square().mean()) as any)', twin: 'optimizer.minimize(() => data.mul(w).square().mean())' },
  { rule: 'no-async-tape', broken: 'tf.variableGrads((async () => data.mul(w).square().mean()) as any)', twin: 'tf.variableGrads(() => data.mul(w).square().mean())' },
  { rule: 'no-async-tape', broken: 'tf.grad((async (x: tf.Tensor) => x.square()) as any)(w)', twin: 'tf.grad((x: tf.Tensor) => x.square())(w)' },
  { rule: 'no-async-tape', prelude: 'const delayed = (loss: tf.Scalar) => tf.nextFrame().then(() => loss);\n', broken: 'optimizer.minimize((() => delayed(data.mul(w).square().mean())) as any)', twin: 'optimizer.minimize(() => data.mul(w).square().mean())' },

  { rule: 'valid-custom-gradient', broken: 'optimizer.minimize(() => tf.customGrad((t) => ({ value: (t as tf.Tensor).square(), gradFunc: () => tf.onesLike(t as tf.Tensor) }))(w).mean())', twin: 'optimizer.minimize(() => tf.customGrad((t) => ({ value: (t as tf.Tensor).square(), gradFunc: (dy) => dy.mul(2) }))(w).mean())' },
  { rule: 'valid-custom-gradient', broken: 'optimizer.minimize(() => tf.customGrad((t, u) => ({ value: (t as tf.Tensor).add(u as tf.Tensor), gradFunc: (dy) => [dy] }))(w, data).mean())', twin: 'optimizer.minimize(() => tf.customGrad((t, u) => ({ value: (t as tf.Tensor).add(u as tf.Tensor), gradFunc: (dy) => [dy, dy] }))(w, data).mean())' },

  { rule: 'valid-gradient-call', broken: 'optimizer.minimize(data.mul(w).square().mean() as any)', twin: 'optimizer.minimize(() => data.mul(w).square().mean())' },
  { rule: 'valid-gradient-call', broken: 'tf.grad(data.mul(w).square().mean() as any)', twin: 'tf.grad((x: tf.Tensor) => data.mul(x).square().mean())(w)' },
  { rule: 'valid-gradient-call', broken: 'optimizer.minimize(() => data.mul(w).square().mean(), [w] as any)', twin: 'optimizer.minimize(() => data.mul(w).square().mean(), true, [w])' },
  { rule: 'valid-gradient-call', prelude: model, broken: `optimizer.minimize(() => ${output}, false, model.trainableWeights as any)`, twin: `optimizer.minimize(() => ${output}, false, model.trainableWeights.map((weight) => weight.read() as tf.Variable))` },
  { rule: 'valid-gradient-call', broken: 'optimizer.minimize((() => (data.mul(w).mean() as any) * 2 + 1) as any)', twin: 'optimizer.minimize(() => data.mul(w).mean().mul(2).add(1))' },
  { rule: 'valid-gradient-call', broken: 'optimizer.minimize(() => (tf as any).stopGradient(data).mul(w).mean())', twin: 'optimizer.minimize(() => tf.clone(data).mul(w).mean())' },

  { rule: 'no-unapplied-gradient', broken: 'tf.tidy(() => { tf.variableGrads(() => data.mul(w).add(b).square().mean(), [w, b]); })', twin: 'tf.tidy(() => { optimizer.applyGradients(tf.variableGrads(() => data.mul(w).add(b).square().mean(), [w, b]).grads); })' },
  { rule: 'no-unapplied-gradient', broken: 'tf.tidy(() => { optimizer.computeGradients(() => data.mul(w).square().mean()).value.print(); })', twin: 'tf.tidy(() => { console.log(optimizer.computeGradients(() => data.mul(w).square().mean())); })' },
  { rule: 'no-unapplied-gradient', broken: 'tf.tidy(() => { tf.grad((x: tf.Tensor) => x.square().sum())(data).dispose(); })', twin: 'tf.tidy(() => { tf.grad((x: tf.Tensor) => x.square().sum())(data).print(); })' },

  { rule: 'no-activation-mismatch', broken: "tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }).compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' })", twin: "tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], activation: 'softmax' })] }).compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' })" },
  { rule: 'no-activation-mismatch', broken: "tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], activation: 'softmax' })] }).compile({ optimizer: 'sgd', loss: tf.losses.softmaxCrossEntropy })", twin: "tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] }).compile({ optimizer: 'sgd', loss: tf.losses.softmaxCrossEntropy })" },

  { rule: 'no-constant-initialisation', broken: "tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer: 'zeros' }), tf.layers.dense({ units: 1, kernelInitializer: 'zeros' })] }).compile({ optimizer: 'sgd', loss: 'meanSquaredError' })", twin: "tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dense({ units: 1, kernelInitializer: 'zeros' })] }).compile({ optimizer: 'sgd', loss: 'meanSquaredError' })" },
  { rule: 'no-constant-initialisation', broken: 'optimizer.minimize(((first: tf.Variable, second: tf.Variable) => () => data.reshape([1, 3]).matMul(first).tanh().matMul(second).square().mean())(tf.variable(tf.ones([3, 2])), tf.variable(tf.ones([2, 2]))))', twin: 'optimizer.minimize(((first: tf.Variable, second: tf.Variable) => () => data.reshape([1, 3]).matMul(first).tanh().matMul(second).square().mean())(tf.variable(tf.randomNormal([3, 2])), tf.variable(tf.ones([2, 2]))))' },

  { rule: 'no-invalid-loss', broken: 'optimizer.minimize((() => { data.mul(w).square().mean(); }) as any)', twin: 'optimizer.minimize(() => { return data.mul(w).square().mean(); })' },
  { rule: 'no-invalid-loss', broken: 'optimizer.minimize((() => data.mul(w).square().mean().dataSync()[0]) as any)', twin: 'optimizer.minimize(() => data.mul(w).square().mean())' },

  { rule: 'no-async-tidy', broken: 'void (tf.tidy as any)(async () => { await tf.nextFrame(); })', twin: 'tf.tidy(() => { data.print(); })' },
  { rule: 'no-use-after-dispose', broken: '((x: tf.Tensor) => { x.dispose(); x.square(); })(data.clone())', twin: '((x: tf.Tensor) => { x.square(); x.dispose(); })(data.clone())' },
  { rule: 'no-recreated-state', broken: "(tf.variable(data, true, 'twice'), tf.variable(data, true, 'twice'))", twin: "(tf.variable(data, true, 'one'), tf.variable(data, true, 'two'))", not: { in: ['loop', 'forEach'], because: 'the names of the twin are taken in the second round' } },
  { rule: 'valid-optimizer-use', prelude: 'const adam = tf.train.adam(0.1);\n', broken: '(adam.minimize(() => data.mul(w).square().mean(), false, [w]), adam.minimize(() => b.square().mean(), false, [b]))', twin: '(adam.minimize(() => data.mul(w).square().mean(), false, [w]), adam.minimize(() => w.square().mean(), false, [w]))' },
  { rule: 'valid-training-call', broken: "tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }).compile({ optimizer: 'sgd', loss: 'mse' })", twin: "tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }).compile({ optimizer: 'sgd', loss: 'meanSquaredError' })" },
  { rule: 'no-sleeping-layer', prelude: sleepy, broken: 'optimizer.minimize(() => (sleepy.apply(data.reshape([1, 3])) as tf.Tensor).square().mean())', twin: 'optimizer.minimize(() => (sleepy.apply(data.reshape([1, 3]), { training: true }) as tf.Tensor).square().mean())' },
  { rule: 'no-lost-regularizer', prelude: model + regularised, broken: 'optimizer.minimize(() => (regularised.apply(data.reshape([1, 3])) as tf.Tensor).square().mean())', twin: `optimizer.minimize(() => ${output})` },

  { rule: 'valid-layer-chain', prelude: 'const chain = tf.sequential({ layers: [tf.layers.gru({ units: 2, inputShape: [3, 2] })] });\n', broken: 'chain.add(tf.layers.gru({ units: 2 }))', twin: 'chain.add(tf.layers.dense({ units: 2 }))', not: { in: ['try', 'function that nothing calls'], because: 'it is caught, or the model has other layers by then' } },
  { rule: 'valid-model-input', prelude: 'const taking = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });\n', broken: 'taking.predict(tf.zeros([3]))', twin: 'taking.predict(tf.zeros([1, 3]))', not: { in: ['try'], because: 'it is caught' } },
];
