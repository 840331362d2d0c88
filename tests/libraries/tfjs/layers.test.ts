/** The table of layers is what the installed TF.js does: each layer is run and differentiated. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Derivative } from '../../../src/calculus/derivative.ts';
import type { LayerRow } from '../../../src/libraries/layer.ts';
import { tfjs } from '../../../src/libraries/tfjs/index.ts';

/** How a layer is made so that it can be run, and the shape of one example that it takes. */
interface Sample {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly shape: readonly number[];
  /** It merges several inputs. */
  readonly merges?: true;
  /** The least value of the input, if not a positive one. */
  readonly from?: number;
}

const flat = [4];
const sequence = [4, 2];
const image = [6, 6, 2];
const volume = [4, 4, 4, 1];
const convolution = { filters: 2, kernelSize: 2 };

const samples: Readonly<Record<string, Sample>> = {
  dense: { config: { units: 2 }, shape: flat },
  conv1d: { config: convolution, shape: [6, 2] },
  conv2d: { config: convolution, shape: image },
  conv3d: { config: convolution, shape: volume },
  conv2dTranspose: { config: convolution, shape: image },
  conv3dTranspose: { config: convolution, shape: volume },
  depthwiseConv2d: { config: { kernelSize: 2 }, shape: image },
  separableConv2d: { config: convolution, shape: image },
  convLstm2d: { config: convolution, shape: [2, 4, 4, 1] },
  embedding: { config: { inputDim: 9, outputDim: 2 }, shape: flat },
  prelu: { config: { alphaInitializer: 'ones' }, shape: flat, from: -1.5 },
  simpleRNN: { config: { units: 2 }, shape: sequence },
  gru: { config: { units: 2 }, shape: sequence },
  lstm: { config: { units: 2 }, shape: sequence },
  masking: { config: { maskValue: 0 }, shape: sequence },
  centerCrop: { config: { height: 2, width: 2 }, shape: image },
  categoryEncoding: { config: { numTokens: 9, outputMode: 'oneHot' }, shape: [1] },
  inputLayer: { config: { inputShape: flat }, shape: flat },
  activation: { config: { activation: 'tanh' }, shape: flat },
  reshape: { config: { targetShape: [2, 2] }, shape: flat },
  permute: { config: { dims: [2, 1] }, shape: sequence },
  repeatVector: { config: { n: 2 }, shape: flat },
  cropping2D: { config: { cropping: 1 }, shape: image },
  upSampling2d: { config: { size: [2, 2] }, shape: image },
  zeroPadding2d: { config: { padding: 1 }, shape: image },
  resizing: { config: { height: 3, width: 3 }, shape: image },
  rescaling: { config: { scale: 2 }, shape: flat },
  randomWidth: { config: { factor: 0.5 }, shape: image },
  alphaDropout: { config: { rate: 0.1 }, shape: flat },
  dropout: { config: { rate: 0.1 }, shape: flat },
  gaussianDropout: { config: { rate: 0.1 }, shape: flat },
  gaussianNoise: { config: { stddev: 0.1 }, shape: flat },
  spatialDropout1d: { config: { rate: 0.1 }, shape: sequence },
  dot: { config: { axes: 1 }, shape: flat, merges: true },
  flatten: { shape: image },
  ...Object.fromEntries(['add', 'average', 'concatenate', 'maximum', 'minimum', 'multiply'].map((name) => [name, { shape: flat, merges: true }])),
  ...Object.fromEntries(['average', 'max'].flatMap((of) => ['Pool', 'Pooling'].flatMap((kind) => [1, 2, 3].map((rank) => [`${of}${kind}${String(rank)}d`, { config: { poolSize: 2 }, shape: [sequence, image, volume][rank - 1]! }])))),
  ...Object.fromEntries(['Pool', 'Pooling'].flatMap((kind) => [1, 2, 3].map((rank) => [`avg${kind}${String(rank)}d`, { config: { poolSize: 2 }, shape: [sequence, image, volume][rank - 1]! }]))),
  ...Object.fromEntries(['globalAveragePooling', 'globalMaxPool', 'globalMaxPooling'].flatMap((name) => [[`${name}1d`, { shape: sequence }], [`${name}2d`, { config: { dataFormat: 'channelsLast' }, shape: image }]])),
};

const layers = tfjs.layers!;
const makers = tf.layers as unknown as Readonly<Record<string, (config: object) => tf.layers.Layer>>;

interface Measured {
  readonly input: Derivative;
  readonly own: Derivative | undefined;
  readonly weights: readonly string[];
  readonly error: string | undefined;
}

function measure(name: string, config: object = {}): Measured {
  const { shape, merges, from = 0.5 }: Sample = samples[name] ?? { shape: flat };
  const layer = makers[name]!({ ...samples[name]?.config, ...config });
  const x = tf.randomUniform([3, ...shape], from, 1.5, 'float32', 3);
  const run = (input: tf.Tensor): tf.Tensor => {
    const output = layer.apply(merges === true ? [input, input.square()] : input, { training: true });
    return [output].flat()[0] as tf.Tensor;
  };
  layer.build(merges === true ? [[3, ...shape], [3, ...shape]] : [3, ...shape]);
  layer.built = true;
  const weighted = (output: tf.Tensor): tf.Scalar => output.square().mul(tf.randomUniform(output.shape, 0.5, 1, 'float32', 5)).sum();
  const variables = layer.getWeights(true) as unknown as readonly tf.Variable[];
  const ofInput = attempt(() => [tf.grad((input: tf.Tensor) => weighted(run(input)))(x)]);
  const ofWeights = variables.length === 0 ? undefined : attempt(() => Object.values(tf.variableGrads(() => weighted(run(x)), [...variables]).grads));
  return { input: ofInput.derivative, own: ofWeights?.derivative, weights: variables.map((variable) => variable.name.slice(variable.name.lastIndexOf('/') + 1).replace(/_\d+$/u, '')), error: ofInput.error };
}

function attempt(gradients: () => readonly tf.Tensor[]): { readonly derivative: Derivative; readonly error: string | undefined } {
  try {
    return { derivative: gradients().some((gradient) => gradient.abs().max().dataSync()[0]! > 0) ? 'flows' : 'zero', error: undefined };
  } catch (error) {
    return { derivative: 'none', error: error instanceof TypeError ? 'a TypeError' : (error as Error).message };
  }
}

function expectRow(measured: Measured, { input, own, weights }: Pick<LayerRow, 'input' | 'own' | 'weights'>, error: string | undefined): void {
  expect(measured).toMatchObject({ input, own: weights.length === 0 ? undefined : own, weights: weights.map((weight) => weight.name) });
  if (input === 'none') expect(measured.error).toContain((error ?? tfjs.errors.noDerivative).replaceAll('"', ''));
  else expect(measured.error).toBeUndefined();
}

beforeAll(() => { vi.spyOn(console, 'warn').mockImplementation(() => undefined); });
afterEach(() => { tf.disposeVariables(); });

describe('the layers of TF.js', () => {
  // An input layer is not run: it gives what the model is given.
  test.each(Object.entries(layers.table).filter(([name]) => name !== 'inputLayer'))('%s', (name, row) => {
    expectRow(measure(name), row, row.error);
  });

  const exceptions = Object.entries(layers.table).flatMap(([name, row]) => (row.exceptions ?? []).map((exception) => [name, exception.when.field, row, exception] as const));
  test.each(exceptions)('%s with another %s', (name, field, row, exception) => {
    const configured = [exception.when, ...exception.and === undefined ? [] : [exception.and]].map((when) => [when.field, when.kind === 'equals' ? when.value : when.limit + 1] as const);
    const weights = row.weights.filter(({ option }) => option !== field);
    expectRow(measure(name, Object.fromEntries(configured)), { ...exception, weights }, row.error);
  });

  const options = Object.entries(layers.table).flatMap(([name, row]) => row.weights.flatMap(({ option }) => (option === undefined || row.exceptions?.some(({ when }) => when.field === option) === true ? [] : [[name, option, row] as const])));
  test.each(options)('%s without %s', (name, option, row) => {
    expect(measure(name, { [option]: false }).weights).toEqual(row.weights.filter((weight) => weight.option !== option).map((weight) => weight.name));
  });

  const runners = Object.entries(layers.wrappers).flatMap(([name, copies]) => [true, false].map((trainable) => [name, trainable, copies] as const));
  test.each(runners)('%s of a layer whose trainable is %s has its weights', (name, trainable, copies) => {
    const layer = makers[name]!({ layer: tf.layers.lstm({ units: 2, useBias: false, returnSequences: true, trainable, batchInputShape: [null, 4, 3] }) });
    if (name === 'timeDistributed') layer.apply(tf.input({ shape: [5, 4, 3] }));
    else layer.apply(tf.input({ shape: [4, 3] }));
    expect([layer.weights.length, layer.trainableWeights.length]).toEqual([2 * copies, trainable ? 2 * copies : 0]);
  });

  /** Classes, symbolic inputs, and layers whose weights are those of the layers or cells they are given. */
  const others = ['Layer', 'RNN', 'RNNCell', 'input', 'bidirectional', 'timeDistributed', 'rnn', 'stackedRNNCells', 'convLstm2dCell', 'gruCell', 'lstmCell', 'simpleRNNCell'];
  test('all are in the table that can be', () => {
    expect([...Object.keys(layers.table), ...others].sort()).toEqual(Object.keys(tf.layers).sort());
  });

  test('their statistics are weights that do not train', () => {
    const untrained = Object.keys(layers.table).filter((name) => {
      const { shape, merges } = samples[name] ?? { shape: flat };
      const layer = makers[name]!({ ...samples[name]?.config });
      layer.build(merges === true ? [[3, ...shape], [3, ...shape]] : [3, ...shape]);
      return layer.nonTrainableWeights.length > 0;
    });
    expect(untrained).toEqual(Object.keys(layers.table).filter((name) => layers.table[name]?.statistics === true));
  });
});

test('a layer has the members that the interpreter knows by name', () => {
  const layer = tf.layers.dense({ units: 1, inputShape: [1] });
  const model = tf.sequential({ layers: [layer] });
  expect([layers.build, layers.built, layers.call, tfjs.trainable, ...layers.tracking].filter((name) => !(name in layer))).toEqual([]);
  expect(layers.parts in model).toBe(true);
});
