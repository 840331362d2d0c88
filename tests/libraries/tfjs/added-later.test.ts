/** Layers that a sequential model gets, or loses, after it was built: it goes on with those that it had then. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

const x = tf.ones([2, 3]);
const settings = { loss: 'meanSquaredError', optimizer: 'sgd' } as const;
const silent = { epochs: 1, verbose: 0 } as const;
const short = (): tf.Sequential => tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
const added = (model: tf.Sequential): tf.Sequential => {
  model.add(tf.layers.dense({ units: 2 }));
  return model;
};
const given = (model: tf.Sequential): tf.Shape => (model.predict(x) as tf.Tensor).shape;

const built: Readonly<Record<string, (model: tf.Sequential) => void>> = {
  predict: (model) => { model.predict(x); },
  apply: (model) => { model.apply(x); },
  compile: (model) => { model.compile(settings); },
  summary: (model) => { model.summary(undefined, undefined, () => undefined); },
};

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

test('`fit` refuses a model that got a layer after `compile`, and `trainOnBatch` trains it as it was', async () => {
  const model = short();
  model.compile(settings);
  added(model);
  await expect(model.fit(x, tf.ones([2, 2]), silent)).rejects.toThrow('The model needs to be compiled before being used.');
  await expect(model.trainOnBatch(x, tf.ones([2, 4]))).resolves.toBeTypeOf('number');
});
