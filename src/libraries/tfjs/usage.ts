/** How the names of TensorFlow.js are meant to be used together; each claim is executed in tests/fixtures. */
import type { Singularity, Usage } from '../usage.ts';


const rearranging = ['clone', 'cast', 'toFloat', 'asType', 'reshape', 'reshapeAs', 'flatten', 'squeeze', 'expandDims', 'asScalar', 'as1D', 'as2D', 'as3D', 'as4D'];

const zero: Singularity = { at: 0, between: [[0, 0]], elements: 'any', point: '0' };
const root: Singularity = { ...zero, between: [[-Infinity, 0]], point: '0 or less' };
const arc: Singularity = { ...zero, between: [[-Infinity, -1], [1, Infinity]], point: '1, -1 or beyond' };
// Of a scalar it is the absolute value.
const length: Singularity = { ...zero, elements: 'all', axes: 1, when: { at: 1, is: ['euclidean', 2] } };

/** Measured: tests/libraries/tfjs/singular.test.ts. */
const singular: Readonly<Record<string, Singularity>> = {
  exp: { ...zero, between: [[89, Infinity]], point: '89 or more' }, expm1: { ...zero, between: [[89, Infinity]], point: '89 or more' },
  log: zero, log1p: { ...zero, between: [[-1, -1]], point: '-1' }, reciprocal: zero, sqrt: root, rsqrt: root,
  acos: arc, asin: arc, acosh: { ...zero, between: [[-1, 1]], point: '1 or less' }, atanh: { ...zero, between: [[-1, -1], [1, 1]], point: '1 or -1' },
  div: { ...zero, at: 1, others: true }, floorDiv: { ...zero, at: 1, others: true }, mod: { ...zero, at: 1 }, atan2: { ...zero, others: true, when: { at: 1, is: [0] } }, pow: { ...zero, when: { at: 1, below: 1 } }, norm: length, euclideanNorm: length,
};

export const usage: Usage = {
  readsWait: true,
  additive: new Set(['add', 'addN', 'sub', 'neg', 'sum', 'mean', 'tensor', 'tensor1d', 'tensor2d', 'tensor3d', 'tensor4d', 'scalar', 'fill', ...rearranging]),
  products: new Set(['mul', 'div']),
  rearranging: new Set(rearranging),
  difference: 'sub',
  quotient: 'div',
  comparing: new Set(['sub', 'squaredDifference', 'losses.absoluteDifference', 'losses.cosineDistance', 'losses.hingeLoss', 'losses.huberLoss', 'losses.logLoss', 'losses.meanSquaredError', 'losses.sigmoidCrossEntropy', 'losses.softmaxCrossEntropy']),
  extremes: new Set(['max', 'min']),
  activations: { softmax: 'softmax', sigmoid: 'sigmoid' },
  fromLogits: {
    'losses.softmaxCrossEntropy': { form: 'softmax', at: 1 },
    'losses.sigmoidCrossEntropy': { form: 'sigmoid', at: 1 },
  },
  ofProbabilities: { categoricalCrossentropy: 'softmax', sparseCategoricalCrossentropy: 'softmax', binaryCrossentropy: 'sigmoid' },
  // Measured: tests/libraries/tfjs/unstable.test.ts. `logSigmoid` of anything but a variable throws where it goes back.
  forms: {
    logarithm: 'log', root: 'sqrt', square: 'square', squaredDifference: 'squaredDifference', power: 'pow', opposite: 'neg', mean: 'mean', totals: new Set(['sum', 'mean']),
    instead: {
      softmax: { itself: '`tf.logSoftmax(x)`, of what goes into the softmax, is the same and stays finite', rest: 'Add an epsilon before the logarithm' },
      sigmoid: { itself: '`x.neg().softplus().neg()`, of what goes into the sigmoid, is the same and stays finite', rest: '`x.softplus().neg()`, of what goes into the sigmoid, is the same and stays finite' },
    },
    inOne: { softmax: 'logSoftmax' },
    epsilon: { add: 'add', text: '1e-12' },
  },
  singular,
  carrying: new Set([
    ...rearranging, 'add', 'addN', 'sub', 'mul', 'div', 'neg', 'square', 'abs', 'exp', 'sigmoid', 'tanh', 'softplus', 'relu', 'leakyRelu', 'elu', 'sin', 'cos', 'softmax',
    'squaredDifference', 'pow', 'sqrt', 'log', 'maximum', 'minimum', 'where', 'sum', 'mean', 'max', 'min', 'matMul', 'transpose', 'slice', 'gather', 'reverse', 'tile', 'broadcastTo',
  ]),
  clip: 'clipByValue',
  choice: 'where',
  comparisons: { greater: ['greater'], greaterEqual: ['equal', 'greater'], less: ['less'], lessEqual: ['less', 'equal'], equal: ['equal'], notEqual: ['less', 'greater'] },
  asking: new Set(['isNaN', 'isFinite', 'isInf']),
  elementwise: new Set(['relu', 'relu6', 'leakyRelu', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus', 'sin', 'cos', 'square', 'abs', 'exp', 'erf', 'clone', 'cast', 'toFloat']),
  denseProduct: 'matMul',
  sum: 'add',
  layers: {
    withUnits: { dense: 'units', conv1d: 'filters', conv2d: 'filters', conv3d: 'filters' },
    alike: new Set(['activation', 'reLU', 'leakyReLU', 'elu', 'flatten', 'maxPooling1d', 'maxPooling2d', 'averagePooling1d', 'averagePooling2d', 'globalAveragePooling1d', 'globalAveragePooling2d', 'globalMaxPooling1d', 'globalMaxPooling2d']),
    activating: { dense: 'configured', conv1d: 'configured', conv2d: 'configured', conv3d: 'configured', activation: 'configured', softmax: 'softmax' },
    // Measured: tests/libraries/tfjs/own-steps.test.ts.
    awake: {
      dropout: { does: 'noise', above: 'rate' }, alphaDropout: { does: 'noise', above: 'rate' }, gaussianDropout: { does: 'noise', above: 'rate' }, spatialDropout1d: { does: 'noise', above: 'rate' },
      gaussianNoise: { does: 'noise', above: 'stddev' }, batchNormalization: { does: 'statistics' },
    },
    regularizers: ['kernelRegularizer', 'biasRegularizer', 'embeddingsRegularizer', 'depthwiseRegularizer', 'pointwiseRegularizer', 'betaRegularizer', 'gammaRegularizer', 'alphaRegularizer'],
    // TF.js never asks the cells of recurrent layers for theirs.
    withoutRegularizers: new Set(['simpleRNN', 'gru', 'lstm', 'convLstm2d']),
    settings: { activation: 'activation', kernel: 'kernelInitializer', bias: 'biasInitializer', weights: 'weights' },
    constantInitialisers: { names: new Set(['zeros', 'ones']), class: 'ConstantInitializer' },
  },
};
