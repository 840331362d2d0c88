/** What layers do in training alone, and what `fit` adds to the loss: a step of one's own has neither by itself. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

import { usage } from '../../../src/libraries/tfjs/usage.ts';

const { awake, regularizers, withoutRegularizers } = usage.layers;
const data = tf.randomNormal([6, 4, 3], 2, 1, 'float32', 1);
const silent = { epochs: 1, verbose: 0 } as const;
const difference = (a: tf.Tensor, b: tf.Tensor): number => a.sub(b).abs().max().dataSync()[0]!;

describe.each(Object.entries(awake))('%s', (name, { does, above }) => {
  const make = (tf.layers as unknown as Record<string, (config: object) => tf.layers.Layer>)[name]!;
  const model = tf.sequential({ layers: [make({ inputShape: [4, 3], ...above && { [above]: 0.5 } }), tf.layers.flatten(), tf.layers.dense({ units: 1 })] });
  const [layer] = model.layers;
  const asleep = layer!.apply(data) as tf.Tensor;

  test('does something in training alone', () => {
    expect(difference(layer!.apply(data) as tf.Tensor, asleep)).toBe(0);
    expect(difference(layer!.apply(data, { training: true }) as tf.Tensor, asleep)).toBeGreaterThan(0.1);
    if (does === 'noise') expect(difference(asleep, data)).toBe(0);
  });

  test.runIf(does === 'statistics')('moves its averages in training alone', () => {
    const average = (): number => layer!.getWeights()[2]!.dataSync()[0]!;
    const begun = average();
    for (let step = 0; step < 3; step++) tf.train.sgd(0.01).minimize(() => (model.predict(data) as tf.Tensor).square().mean());
    expect(average()).toBe(begun);
    tf.train.sgd(0.01).minimize(() => (model.apply(data, { training: true }) as tf.Tensor).square().mean());
    expect(average()).not.toBe(begun);
  });

  test.runIf(above !== undefined)('does nothing at zero', () => {
    expect(difference(make({ [above!]: 0 }).apply(data, { training: true }) as tf.Tensor, data)).toBe(0);
  });
});

describe('regularizers', () => {
  const model = (kernelRegularizer?: 'l1l2'): tf.Sequential => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3], useBias: false, kernelInitializer: 'ones', ...kernelRegularizer && { kernelRegularizer } })] });
  const [x, y] = [tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[6]])];
  const kernel = (of: tf.Sequential): tf.Tensor => of.getWeights()[0]!;

  test('are added by `fit`, and in no step of one\'s own', async () => {
    const [fitted, own, added] = [model('l1l2'), model('l1l2'), model('l1l2')];
    fitted.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
    await fitted.fit(x, y, silent);
    const loss = (of: tf.Sequential): tf.Scalar => tf.losses.meanSquaredError(y, of.predict(x) as tf.Tensor);
    tf.train.sgd(0.01).minimize(() => loss(own));
    tf.train.sgd(0.01).minimize(() => {
      const first = loss(added);
      return added.calculateLosses().reduce<tf.Tensor>((sum, penalty) => sum.add(penalty), first) as tf.Scalar;
    });
    expect(difference(kernel(own), tf.ones([3, 1]))).toBe(0);
    expect(difference(kernel(fitted), tf.ones([3, 1]))).toBeGreaterThan(1e-5);
    expect(difference(kernel(fitted), kernel(added))).toBeLessThan(1e-6);
  });

  test('are known to a model once it has run', () => {
    const regularised = model('l1l2');
    expect(regularised.calculateLosses()).toHaveLength(0);
    regularised.predict(x);
    expect(regularised.calculateLosses()).toHaveLength(1);
  });

  test('are not in the `losses` of a model, which stay empty', async () => {
    const row = model('l1l2');
    const input = tf.input({ shape: [3] });
    const between = tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1, kernelRegularizer: 'l1l2' }).apply(input) as tf.SymbolicTensor });
    for (const each of [row, between]) {
      each.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
      await each.fit(x, y, silent);
      expect(each.calculateLosses()).toHaveLength(1);
      expect(each.losses).toHaveLength(0);
      expect(each.losses).toBe(each.losses);
      expect(each.layers.at(-1)!.losses).toHaveLength(1);
    }
  });

  const separable = (key: string): tf.layers.Layer => tf.layers.separableConv2d({ filters: 1, kernelSize: 1, [key]: 'l1l2' });
  const weighed = (key: string): tf.layers.Layer => tf.layers.batchNormalization({ [key]: 'l1l2' });
  const dense = (key: string): tf.layers.Layer => tf.layers.dense({ units: 1, [key]: 'l1l2' });
  const made: Readonly<Record<string, readonly [(key: string) => tf.layers.Layer, tf.Tensor]>> = {
    kernelRegularizer: [dense, x], biasRegularizer: [dense, x], embeddingsRegularizer: [(key) => tf.layers.embedding({ inputDim: 4, outputDim: 2, [key]: 'l1l2' }), x],
    depthwiseRegularizer: [separable, tf.ones([1, 2, 2, 1])], pointwiseRegularizer: [separable, tf.ones([1, 2, 2, 1])],
    betaRegularizer: [weighed, x], gammaRegularizer: [weighed, x], alphaRegularizer: [(key) => tf.layers.prelu({ [key]: 'l1l2' }), x],
  };

  test.each(regularizers)('%s', (key) => {
    const [make, input] = made[key]!;
    const layer = make(key);
    layer.apply(input);
    expect((layer as unknown as { calculateLosses: () => tf.Scalar[] }).calculateLosses()).toHaveLength(1);
  });

  test.each([...withoutRegularizers])('none of %s', (name) => {
    const make = (tf.layers as unknown as Record<string, (config: object) => tf.layers.Layer>)[name]!;
    const isImage = name === 'convLstm2d';
    const layer = make({ units: 1, ...isImage && { filters: 1, kernelSize: 1 }, kernelRegularizer: 'l1l2', recurrentRegularizer: 'l1l2' });
    layer.apply(isImage ? tf.ones([1, 2, 3, 3, 1]) : tf.ones([1, 2, 3]));
    expect((layer as unknown as { calculateLosses: () => tf.Scalar[] }).calculateLosses()).toHaveLength(0);
  });
});
