/** Where derivatives of the installed TF.js are not finite, and what carries that on: the table against measurements. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

import { usage } from '../../../src/libraries/tfjs/usage.ts';

type Unary = (x: tf.Tensor) => tf.Tensor;

const operations: Readonly<Record<string, Unary>> = {
  exp: tf.exp, expm1: tf.expm1, log: tf.log, log1p: tf.log1p, reciprocal: tf.reciprocal, sqrt: tf.sqrt, rsqrt: tf.rsqrt, acos: tf.acos, asin: tf.asin, acosh: tf.acosh, atanh: tf.atanh,
  div: (x) => tf.div(3, x), floorDiv: (x) => tf.floorDiv(3, x), mod: (x) => tf.mod(3, x), atan2: (x) => tf.atan2(x, tf.scalar(0)), pow: (x) => tf.pow(x, 0.9), norm: (x) => tf.norm(x), euclideanNorm: (x) => tf.euclideanNorm(x),
};

const isFinite = (gradient: tf.Tensor): boolean => Array.from(gradient.dataSync()).every(Number.isFinite);

describe('singular', () => {
  test.each(Object.entries(usage.singular))('%s', (name, { between, elements }) => {
    const operation = operations[name]!;
    const points = between.flatMap(([from, to]) => [from, to, Math.max(from, (Math.max(from, -3) + Math.min(to, 3)) / 2)]).filter(Number.isFinite);
    for (const point of points) for (const back of [-1, 0, 2]) {
      const others = elements === 'all' ? point : 1.5;
      expect(isFinite(tf.grad((x) => operation(x).mul(back).sum())(tf.tensor1d([point, others])))).toBe(false);
    }
  });

  test.each([-2, -1, 0, 0.3, 0.99])('a power of zero below one: %d', (exponent) => {
    for (const back of [0, 1]) expect(isFinite(tf.grad((x) => tf.pow(x, exponent).mul(back).sum())(tf.tensor1d([0, 1])))).toBe(false);
  });

  test.each(Object.entries({ div: tf.div, floorDiv: tf.floorDiv }))('what is divided by zero: %s', (_, divide) => {
    for (const back of [0, 1]) expect(isFinite(tf.grad((x) => divide(x, [0, 1]).mul(back).sum())(tf.tensor1d([1, 1])))).toBe(false);
  });

  test('the length of a number', () => {
    expect(isFinite(tf.grad((x) => tf.norm(x))(tf.scalar(0)))).toBe(true);
    expect(isFinite(tf.grad((x) => tf.euclideanNorm(x))(tf.scalar(0)))).toBe(true);
  });

  test('an angle at the origin', () => {
    for (const back of [0, 1]) expect(isFinite(tf.grad((x) => tf.atan2(0, x).mul(back).sum())(tf.tensor1d([0, 1])))).toBe(false);
  });
});

const x = tf.tensor2d([[0.5, -1], [2, -0.3]]);
const other = tf.tensor2d([[0, 1], [-2, 3]]);

/** Each with the operand in every place from which a gradient comes back. */
const carrying: Readonly<Record<string, readonly Unary[]>> = {
  add: [(a) => a.add(other), (a) => tf.add(1, a)], addN: [(a) => tf.addN([other, a])], sub: [(a) => a.sub(other), (a) => tf.sub(other, a)],
  mul: [(a) => a.mul(other), (a) => tf.mul(0, a)], div: [(a) => a.div(3), (a) => tf.div(other, a)], neg: [tf.neg], square: [tf.square], abs: [tf.abs], exp: [tf.exp],
  sigmoid: [tf.sigmoid], tanh: [tf.tanh], softplus: [tf.softplus], relu: [tf.relu], leakyRelu: [(a) => tf.leakyRelu(a)], elu: [tf.elu], sin: [tf.sin], cos: [tf.cos], softmax: [(a) => tf.softmax(a)],
  squaredDifference: [(a) => tf.squaredDifference(a, other)], pow: [(a) => tf.pow(a, 2)], sqrt: [tf.sqrt], log: [tf.log],
  maximum: [(a) => tf.maximum(a, 100), (a) => tf.maximum(-100, a)], minimum: [(a) => tf.minimum(a, 100), (a) => tf.minimum(-100, a)],
  where: [(a) => tf.where(other.greater(0), a, other), (a) => tf.where(other.greater(0), other, a)],
  sum: [tf.sum, (a) => tf.sum(a, 0)], mean: [tf.mean, (a) => tf.mean(a, 1)], max: [(a) => tf.max(a, 1)], min: [(a) => tf.min(a, 0)],
  matMul: [(a) => tf.matMul(a, tf.zeros([2, 3])), (a) => tf.matMul(tf.zeros([3, 2]), a)], transpose: [(a) => tf.transpose(a)], slice: [(a) => tf.slice(a, [0, 1], [2, 1])],
  gather: [(a) => tf.gather(a, [1, 1])], reverse: [(a) => tf.reverse(a, 0)], tile: [(a) => tf.tile(a, [2, 1])], broadcastTo: [(a) => tf.broadcastTo(a, [3, 2, 2])],
  clone: [tf.clone], cast: [(a) => tf.cast(a, 'float32')], toFloat: [(a) => a.toFloat()], asType: [(a) => a.asType('float32')], reshape: [(a) => a.reshape([4])], reshapeAs: [(a) => a.reshapeAs(tf.ones([4]))], flatten: [(a) => a.flatten()],
  squeeze: [(a) => a.reshape([1, 4]).squeeze()], expandDims: [(a) => a.expandDims(0)], asScalar: [(a) => a.sum().asScalar()], as1D: [(a) => a.as1D()], as2D: [(a) => a.as2D(4, 1)], as3D: [(a) => a.as3D(1, 2, 2)], as4D: [(a) => a.as4D(1, 1, 2, 2)],
};

test.each([...usage.carrying])('%s carries what is not finite', (name) => {
  for (const operation of carrying[name]!) {
    const { size, shape } = operation(x);
    for (const value of [NaN, Infinity, -Infinity]) for (let place = 0; place < size; place++) {
      const back = tf.tensor(Array.from({ length: size }, (_, index) => (index === place ? value : 0.5)), shape);
      expect(isFinite(tf.grad(operation)(x, back))).toBe(false);
    }
  }
});
