/** Layers that a sequential model gets, or loses, after it was built: it goes on with those that it had then. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

import { layers } from '../../../src/libraries/tfjs/layers.ts';

const { builders, compiling: { uncompiled } } = layers;

const x = tf.ones([2, 3]);
const settings = { loss: 'meanSquaredError', optimizer: 'sgd' } as const;
const silent = { epochs: 1, verbose: 0 } as const;
const short = (): tf.Sequential => tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
const added = (model: tf.Sequential): tf.Sequential => {
  model.add(tf.layers.dense({ units: 2 }));
  return model;
};
const given = (model: tf.Sequential): tf.Shape => (model.predict(x) as tf.Tensor).shape;

const called: Readonly<Record<string, (model: tf.Sequential) => void>> = {
  predict: (model) => { model.predict(x); },
  predictOnBatch: (model) => { model.predictOnBatch(x); },
  call: (model) => { model.call(x, {}); },
  setWeights: (model) => { expect(() => { model.setWeights([]); }).toThrow('weight list of length 0'); },
  apply: (model) => { model.apply(x); },
  summary: (model) => { model.summary(undefined, undefined, () => undefined); },
  countParams: (model) => { model.countParams(); },
  build: (model) => { model.build(); },
};
const compiled = (model: tf.Sequential): void => { model.compile(settings); };
const built = { ...called, compile: compiled };

test('these are all that build a model', () => {
  expect(Object.keys(called).toSorted()).toEqual([...builders.once, ...builders.again].toSorted());
});

const others: Readonly<Record<string, (model: tf.Sequential) => unknown>> = {
  getWeights: (model) => model.getWeights(),
  toJSON: (model) => model.toJSON(),
  getConfig: (model) => model.getConfig() as unknown,
  getLayer: (model) => model.getLayer('', 0),
  weights: (model) => model.weights,
  trainableWeights: (model) => model.trainableWeights,
  outputs: (model) => model.outputs,
  losses: (model) => model.losses,
  save: (model) => model.save(tf.io.withSaveHandler(async () => Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }))),
};

test.each(Object.entries(others))('`%s` does not', async (_, use) => {
  const model = short();
  await use(model);
  expect(given(added(model))).toEqual([2, 2]);
});

test.each(Object.entries(called))('after a layer is added, `%s` builds a model again, or does not', (name, use) => {
  const model = short();
  model.predict(x);
  use(added(model));
  expect(given(model)).toEqual([2, builders.again.has(name) ? 2 : 4]);
});

describe.each(Object.entries(built))('after `%s`', (_, build) => {
  test('what is added does not run', () => {
    const model = short();
    build(model);
    expect(given(added(model))).toEqual([2, 4]);
  });

  test('what is taken away runs', () => {
    const model = added(short());
    build(model);
    model.pop();
    expect(given(model)).toEqual([2, 2]);
  });

  test('`compile` takes what there is by then', () => {
    const model = short();
    build(model);
    added(model).compile(settings);
    expect(given(model)).toEqual([2, 2]);
  });
});

test('before a model is built, all that is added runs, and nothing that is taken away', () => {
  const model = added(short());
  expect(given(added(short()))).toEqual([2, 2]);
  model.pop();
  expect(given(model)).toEqual([2, 4]);
});

const labels = tf.ones([2, 2]);
const rows = tf.data.array([0]) as unknown as Parameters<tf.Sequential['fitDataset']>[0];
const textOf = (error: string): string => error.slice(1, -1);
const refused: Readonly<Record<string, (model: tf.Sequential) => Promise<unknown>>> = {
  fit: async (model) => model.fit(x, labels, silent),
  fitDataset: async (model) => model.fitDataset(rows, { epochs: 1 }),
  evaluate: async (model) => Promise.resolve(model.evaluate(x, labels)),
};

describe.each(Object.entries(refused))('`%s`', (_, use) => {
  test('refuses a model that got a layer after `compile`', async () => {
    const model = short();
    model.compile(settings);
    await expect(use(added(model))).rejects.toThrow(textOf(uncompiled.unbuilt));
  });

  test.each(Object.entries(called))('and in other words where `%s` has built it again', async (name, build) => {
    const model = short();
    model.compile(settings);
    build(added(model));
    await expect(use(model)).rejects.toThrow(textOf(builders.again.has(name) ? uncompiled.built : uncompiled.unbuilt));
  });

  test('refuses a model that is built, and not compiled', async () => {
    const model = added(short());
    model.predict(x);
    await expect(use(model)).rejects.toThrow(textOf(uncompiled.built));
  });
});

test('what has been taken away after `compile` is trained, and so is one batch of a model that got a layer', async () => {
  const model = added(short());
  model.compile(settings);
  model.pop();
  await expect(model.fit(x, labels, silent)).resolves.toBeDefined();
  const grown = short();
  grown.compile(settings);
  await expect(added(grown).trainOnBatch(x, tf.ones([2, 4]))).resolves.toBeTypeOf('number');
});
