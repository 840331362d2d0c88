/** What `prefer-stable-loss` says of forms that are exact on paper: they go wrong in floats, and what it says instead does not. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

import { usage } from '../../../src/libraries/tfjs/usage.ts';

type Unary = (x: tf.Tensor) => tf.Tensor;

interface Form {
  readonly unstable: Unary;
  readonly stable: Unary;
  /** Where they are nearly the same, and where only one of them is finite. */
  readonly moderate: tf.Tensor;
  readonly extreme: tf.Tensor;
}

const zeros = tf.zeros([3]);
const logits = tf.tensor2d([[1, -2, 0.5]]);
const large = tf.tensor2d([[0, 200, -50]]);
const epsilon = Number(usage.forms.epsilon.text);

/** Of intermediate values, as `logSigmoid` can not go back through them. */
const forms: Readonly<Record<string, Form>> = {
  'the logarithm of a softmax': { unstable: (x) => tf.softmax(x.mul(2)).log(), stable: (x) => tf.logSoftmax(x.mul(2)), moderate: logits, extreme: large },
  'the logarithm of a sigmoid': { unstable: (x) => x.mul(2).sigmoid().log(), stable: (x) => x.mul(2).neg().softplus().neg(), moderate: logits, extreme: tf.tensor1d([-200, 200]) },
  'the logarithm of one less a sigmoid': { unstable: (x) => tf.sub(1, x.mul(2).sigmoid()).log(), stable: (x) => x.mul(2).softplus().neg(), moderate: logits, extreme: tf.tensor1d([20, -20]) },
  'the root of a sum of squares': { unstable: (x) => x.square().sum().sqrt(), stable: (x) => x.square().sum().add(epsilon).sqrt(), moderate: logits, extreme: zeros },
  'the root of a mean of squared differences': { unstable: (x) => tf.sqrt(tf.squaredDifference(x, zeros).mean()), stable: (x) => tf.sqrt(tf.add(tf.squaredDifference(x, zeros).mean(), epsilon)), moderate: tf.tensor1d([1, 2, 3]), extreme: zeros },
};

const isFinite = (tensor: tf.Tensor): boolean => Array.from(tensor.dataSync()).every(Number.isFinite);

describe.each(Object.entries(forms))('%s', (_, { unstable, stable, moderate, extreme }) => {
  test('is the same where numbers are moderate', () => {
    for (const [a, b] of [[unstable(moderate), stable(moderate)], [tf.grad(unstable)(moderate), tf.grad(stable)(moderate)]] as const) {
      expect(a.sub(b).abs().max().dataSync()[0]).toBeLessThan(1e-4);
    }
  });

  test('goes wrong where floats round', () => {
    for (const back of [0, 1]) expect(isFinite(tf.grad((x) => unstable(x).mul(back))(extreme))).toBe(false);
    expect(isFinite(stable(extreme))).toBe(true);
    expect(isFinite(tf.grad(stable)(extreme))).toBe(true);
  });
});

test('the mean of squares less the square of the mean', () => {
  const x = tf.tensor1d([4096.5, 4097, 4097.5]);
  const [unstable, stable] = [x.square().mean().sub(x.mean().square()), x.sub(x.mean()).square().mean()];
  expect(unstable.dataSync()[0]).toBe(0);
  expect(stable.dataSync()[0]).toBeCloseTo(1 / 6);
  expect(tf.moments(x).variance.dataSync()[0]).toBeCloseTo(1 / 6);
  const columns = tf.tensor2d([[1, 5], [2, 9], [4, 1]]);
  expect(columns.sub(columns.mean(0, true)).square().mean(0).sub(tf.moments(columns, 0).variance).abs().max().dataSync()[0]).toBeLessThan(1e-5);
});

test('`logSigmoid` can not go back through anything but a variable', () => {
  const x = tf.variable(tf.ones([2]));
  expect(() => tf.variableGrads(() => tf.logSigmoid(x.mul(2)).sum())).toThrow("reading 'backend'");
});
