import { beforeAll, describe, expect, it } from 'vitest';
import type { Api, Tensor } from './catalogue/case.ts';
import { core, numbersOf, outcome, realTensorFlow, worstDifference } from './tfjs.ts';

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

const optimizers: Readonly<Record<string, (tf: Api) => core.Optimizer>> = {
  sgd: (tf) => tf.train.sgd(0.05),
  momentum: (tf) => tf.train.momentum(0.05, 0.9),
  'momentum with Nesterov': (tf) => tf.train.momentum(0.05, 0.9, true),
  adam: (tf) => tf.train.adam(0.1),
  adagrad: (tf) => tf.train.adagrad(0.2),
  rmsprop: (tf) => tf.train.rmsprop(0.02),
  'rmsprop with options': (tf) => tf.train.rmsprop(0.02, 0.8, 0.3, 1e-3),
  'adam with options': (tf) => tf.train.adam(0.1, 0.8, 0.99, 1e-3),
};

/** A small network, trained; the costs and the weights. */
function trained(tf: Api, makeOptimizer: (tf: Api) => core.Optimizer, listed: boolean): { costs: number[]; weights: number[] } {
  const x = tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]);
  const labels = tf.tensor2d([[0], [1], [1], [0]]);
  const hidden = tf.variable(tf.tensor2d([[0.5, -0.4, 0.3], [-0.6, 0.2, 0.7]]));
  const bias = tf.variable(tf.zeros([3]));
  const output = tf.variable(tf.tensor2d([[0.3], [-0.2], [0.8]]));
  const unused = tf.variable(tf.ones([2]));
  const loss = (): Tensor => tf.losses.sigmoidCrossEntropy(labels, tf.tanh(x.matMul(hidden).add(bias)).matMul(output));
  const optimizer = makeOptimizer(tf);
  const variables = [unused, hidden, bias, output];
  const costs = Array.from({ length: 12 }, () => numbersOf(optimizer.minimize(loss, true, listed ? variables : undefined)!)[0]!);
  const weights = variables.flatMap(numbersOf);
  tf.disposeVariables();
  return { costs, weights };
}

describe.each(Object.entries(optimizers))('%s', (_name, make) => {
  it.each([true, false])('trains as in TF.js (variables listed: %s)', (listed) => {
    const [ours, theirs] = [trained(core, make, listed), trained(tf, make, listed)];
    expect(worstDifference(ours.costs, theirs.costs)).toBeLessThan(1e-4);
    expect(worstDifference(ours.weights, theirs.weights)).toBeLessThan(1e-4);
    expect(ours.costs.at(-1)).toBeLessThan(ours.costs[0]!);
    expect(ours.weights.slice(0, 2)).toEqual([1, 1]);
  });
});

describe('the same program on the core and on TF.js', () => {
  const programs: Readonly<Record<string, (tf: Api) => unknown>> = {
    'returnCost': (tf) => { const w = tf.variable(tf.tensor1d([1, 2, 3])); return [tf.train.sgd(0.1).minimize(() => w.square().sum(), false, [w]), tf.train.sgd(0.1).minimize(() => w.square().sum(), true, [w])]; },
    'computeGradients, then applyGradients': (tf) => {
      const w = tf.variable(tf.tensor1d([1, 2, 3]));
      const optimizer = tf.train.sgd(0.1);
      const { value, grads } = optimizer.computeGradients(() => w.square().sum(), [w]);
      optimizer.applyGradients(grads);
      return [value, w];
    },
    'applyGradients of a list': (tf) => {
      const w = tf.variable(tf.tensor1d([1, 2]));
      tf.train.momentum(0.1, 0.5).applyGradients([{ name: w.name, tensor: tf.tensor1d([10, 20]) }]);
      return w;
    },
    'a listed variable that is not trainable': (tf) => {
      const [w, f] = [tf.variable(tf.scalar(2)), tf.variable(tf.scalar(3), false)];
      tf.train.adam(0.1).minimize(() => w.mul(f), false, [w, f]);
      return [w, f];
    },
    'int32 variables cannot take a step': (tf) => { const w = tf.variable(tf.tensor1d([1, 2], 'int32')); tf.train.sgd(0.1).minimize(() => w.cast('float32').square().sum(), false, [w]); },
    // Few steps: the difference of squares loses digits in single precision once gradients hardly change.
    'rmsprop, centred': (tf) => {
      const w = tf.variable(tf.tensor1d([1, 2]));
      const optimizer = tf.train.rmsprop(0.1, 0.9, 0.2, 1e-12, true);
      for (let step = 0; step < 3; step += 1) optimizer.minimize(() => w.square().sum(), false, [w]);
      return w;
    },
    'setLearningRate': (tf) => { const w = tf.variable(tf.scalar(1)); const optimizer = tf.train.sgd(0.1); optimizer.setLearningRate(0.5); optimizer.minimize(() => w.square()); return [w, optimizer.iterations]; },
  };

  it.each(Object.keys(programs))('%s', (name) => {
    const [ours, theirs] = [outcome(core, programs[name]!), outcome(tf, programs[name]!)] as { throws?: string }[];
    if (theirs!.throws === undefined) expect(ours).toEqual(theirs);
    else expect(ours!.throws).toContain(theirs!.throws);
  });

  it('names a variable that does not exist', () => {
    expect(() => core.train.sgd(0.1).applyGradients({ nope: core.scalar(1) })).toThrow("there is no variable 'nope'");
  });
});
