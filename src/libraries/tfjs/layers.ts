/** The layers of TensorFlow.js 4, as tests/libraries/tfjs/layers.test.ts measures them. */
import type { Compiling, LayerException, LayerRow, LayerTable, LayerWeight, Layers } from '../layer.ts';
import { layerErrors, layerShapes, modelErrors } from './layer-shapes.ts';

const plain: LayerRow = { weights: [], input: 'flows', own: 'flows' };
const broken: LayerRow = { weights: [], input: 'none', own: 'none' };
const bias: LayerWeight = { name: 'bias', option: 'useBias' };

function weighted(...weights: readonly (string | LayerWeight)[]): LayerRow {
  return { ...plain, weights: weights.map((weight) => (typeof weight === 'string' ? { name: weight } : weight)) };
}

/** The forward pass fuses the convolution, and the gradient of that knows no dilation. */
const dilated: readonly LayerException[] = [{ when: { kind: 'above', field: 'dilationRate', limit: 1 }, input: 'none', own: 'none' }];

/** TF.js reads the weight that is not there. */
const withoutWeight = (field: string): LayerException => ({ when: { kind: 'equals', field, value: false }, input: 'none', own: 'none' });

/** The softmax of one number is 1, whatever the number. */
const overOneUnit: LayerException = { when: { kind: 'equals', field: 'activation', value: 'softmax' }, and: { kind: 'equals', field: 'units', value: 1 }, input: 'zero', own: 'zero' };

const recurrent = weighted('kernel', 'recurrent_kernel', bias);

const table: LayerTable = {
  dense: { ...weighted('kernel', bias), exceptions: [overOneUnit] },
  conv1d: { ...weighted('kernel', bias), exceptions: dilated, error: '"Error in gradient of conv2D: dilation rates greater than 1 are not yet supported in gradients"' },
  conv2d: { ...weighted('kernel', bias), exceptions: dilated, error: '"Error in gradient of fused conv2D"' },
  conv3d: { ...weighted('kernel', bias), exceptions: dilated, error: '"Error in gradient of conv3D: dilation rates greater than 1 are not yet supported in gradients"' },
  conv2dTranspose: weighted('kernel', bias),
  conv3dTranspose: { ...weighted('kernel', bias), input: 'none', own: 'none' },
  depthwiseConv2d: weighted('depthwise_kernel', bias),
  separableConv2d: { ...weighted('depthwise_kernel', 'pointwise_kernel', bias), exceptions: dilated, error: '"Error in gradient of depthwiseConv2d"' },
  embedding: { ...weighted('embeddings'), input: 'none', error: '"Error in gradient for op GatherV2"' },
  batchNormalization: { ...weighted({ name: 'gamma', option: 'scale' }, { name: 'beta', option: 'center' }), statistics: true, exceptions: [withoutWeight('scale'), withoutWeight('center')], error: 'a TypeError' },
  layerNormalization: weighted({ name: 'gamma', option: 'scale' }, { name: 'beta', option: 'center' }),
  prelu: weighted('alpha'),
  simpleRNN: recurrent,
  gru: recurrent,
  lstm: recurrent,
  convLstm2d: recurrent,

  thresholdedReLU: broken,
  masking: broken,
  centerCrop: broken,
  categoryEncoding: broken,

  inputLayer: plain,
  activation: plain,
  add: plain,
  average: plain,
  concatenate: plain,
  dot: plain,
  maximum: plain,
  minimum: plain,
  multiply: plain,
  alphaDropout: plain,
  dropout: plain,
  gaussianDropout: plain,
  gaussianNoise: plain,
  spatialDropout1d: plain,
  averagePooling1d: plain,
  averagePooling2d: plain,
  averagePooling3d: plain,
  avgPool1d: plain,
  avgPool2d: plain,
  avgPool3d: plain,
  avgPooling1d: plain,
  avgPooling2d: plain,
  avgPooling3d: plain,
  globalAveragePooling1d: plain,
  globalAveragePooling2d: plain,
  globalMaxPool1d: plain,
  globalMaxPool2d: plain,
  globalMaxPooling1d: plain,
  globalMaxPooling2d: plain,
  maxPool1d: plain,
  maxPool2d: plain,
  maxPooling1d: plain,
  maxPooling2d: plain,
  maxPooling3d: plain,
  cropping2D: plain,
  upSampling2d: plain,
  zeroPadding2d: plain,
  resizing: plain,
  rescaling: plain,
  randomWidth: plain,
  elu: plain,
  leakyReLU: plain,
  reLU: plain,
  softmax: plain,
  flatten: plain,
  permute: plain,
  repeatVector: plain,
  reshape: plain,
};

/** Measured: tests/libraries/tfjs/compiling.test.ts. */
const compiling: Compiling = {
  names: {
    loss: {
      known: new Set([
        'meanSquaredError', 'meanAbsoluteError', 'meanAbsolutePercentageError', 'meanSquaredLogarithmicError', 'squaredHinge', 'hinge', 'categoricalHinge', 'logcosh',
        'categoricalCrossentropy', 'sparseCategoricalCrossentropy', 'binaryCrossentropy', 'kullbackLeiblerDivergence', 'poisson', 'cosineProximity',
      ]),
      error: 'Unknown loss',
    },
    optimizer: { known: new Set(['Adagrad', 'Adadelta', 'Adam', 'Adamax', 'RMSProp', 'SGD', 'adagrad', 'adadelta', 'adam', 'adamax', 'rmsprop', 'sgd']), error: 'Unknown Optimizer' },
    metrics: {
      known: new Set(['binaryAccuracy', 'categoricalAccuracy', 'precision', 'categoricalCrossentropy', 'sparseCategoricalCrossentropy', 'mse', 'MSE', 'mae', 'MAE', 'mape', 'MAPE', 'cosine', 'accuracy', 'acc', 'crossentropy', 'ce']),
      error: 'Unknown metric',
    },
  },
  floatLabels: { losses: new Set(['sparseCategoricalCrossentropy']), error: '"Argument \'x\' passed to \'floor\' must be float32 tensor, but got int32 tensor"' },
  uncompiled: { unbuilt: '"The model needs to be compiled before being used."', built: '"You must compile a model before training/testing."', either: 'an error' },
  ongoing: '"Cannot start training because another fit() call is ongoing."',
  integers: '"dtype of the new value (float32) and previous value (int32) must match"',
  promised: '"The dtype of the feed (undefined) can not be cast to the dtype of the key"',
  noDataset: '"dataset.iterator is not a function"',
  // Which error it is depends on the numbers in a row.
  dataset: { class: 'Dataset', error: '"No data provided for"', rows: 'Rows', others: 'Elements', unbatched: 'an error' },
};

export const layers: Layers = {
  table,
  wrappers: { timeDistributed: 1, bidirectional: 2 },
  shapes: layerShapes,
  refusals: layerErrors,
  errors: modelErrors,
  losses: { sparse: 'sparseCategoricalCrossentropy', oneHot: 'categoricalCrossentropy' },
  validation: { options: 2, key: 'validationData' },
  elements: { inputs: 'xs', labels: 'ys' },
  keys: {
    name: 'name',
    penalties: [
      'kernelRegularizer', 'biasRegularizer', 'activityRegularizer', 'recurrentRegularizer', 'embeddingsRegularizer', 'depthwiseRegularizer', 'pointwiseRegularizer',
      'betaRegularizer', 'gammaRegularizer', 'alphaRegularizer',
    ],
    shapes: ['inputShape', 'batchInputShape'],
  },
  training: 'training',
  tracking: ['trainableWeights', '_trainableWeights'],
  build: 'build',
  outputShape: 'computeOutputShape',
  built: 'built',
  call: 'call',
  parts: 'layers',
  // Measured: tests/libraries/tfjs/added-later.test.ts.
  builders: { once: new Set(['predict', 'predictOnBatch', 'call', 'setWeights']), again: new Set(['apply', 'summary', 'countParams', 'build']) },
  compiling,
};
