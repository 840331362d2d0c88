/**
 * One small sample call for every operation of TF.js. The measuring (`measure.ts`) makes these calls and asks TF.js
 * for the gradient with respect to each operand, so a sample fixes three facts about an operation: which parameters
 * are tensors, what they are called, and values that lie away from kinks and poles.
 */
import * as tf from '@tensorflow/tfjs';
import { type OperandOptions, type OperandSample, type Sample, generic, of } from '../measure/sample.ts';

type Tensor = tf.Tensor;

const int = (name: string, shape: readonly number[], values: readonly number[]): OperandSample =>
  of(name, shape, { values, dtype: 'int32' });
const bool = (name: string, shape: readonly number[], values: readonly number[]): OperandSample =>
  of(name, shape, { values, dtype: 'bool' });
const complex = (name: string, shape: readonly number[] = [4]): OperandSample => of(name, shape, { dtype: 'complex64' });
const text = (name: string, shape: readonly number[]): OperandSample => of(name, shape, { dtype: 'string' });

const splits = (values: readonly number[]): Tensor => tf.tensor1d([...values], 'int32');

const unary = (name = 'x', options: OperandOptions = {}): Sample => [of(name, [2, 3], options)];
const binary = (): Sample => [of('a'), of('b')];
/** Quotients well inside a step of the floor function. */
const quotients = (): Sample => [
  of('a', [4], { values: [3.3, 4.4, 5.7, 7.6] }),
  of('b', [4], { values: [1.3, 0.9, 1.6, 2.1] }),
];
const bools = (): Sample => [bool('a', [4], [0.5, 0.5, 0, 0]), bool('b', [4], [0.5, 0, 0.5, 0])];
const images = (name = 'image', shape: readonly number[] = [1, 4, 4, 3]): OperandSample => of(name, shape);

const normalised = (x: readonly number[], offsetFirst = true): Sample => {
  const channels = [x.at(-1) ?? 1];
  const moments = [of('mean', channels), of('variance', channels)];
  return offsetFirst ? [of('x', x), ...moments, of('offset', channels), of('scale', channels)] : [of('x', x), ...moments];
};

const lossOperands = (labels: string, predictions: string): Sample => [of(labels), of(predictions)];
/** `reduction` NONE: the default reduction counts non-zero weights and has no derivative there (see exceptions). */
const loss = (labels: string, predictions: string, ...beforeReduction: readonly unknown[]): Sample => [
  ...lossOperands(labels, predictions),
  of('weights'),
  ...beforeReduction,
  tf.Reduction.NONE,
];
const metric = (): Sample => [of('yTrue'), of('yPred')];

const boxes = (): OperandSample => of('boxes', [3, 4], { values: [0, 0, 1, 1, 0.1, 0.1, 0.9, 1.2, 2, 2, 3, 3] });
const scores = (): OperandSample => of('scores', [3]);

export const convolution = (): Sample => [of('x', [1, 4, 4, 2]), of('filter', [2, 2, 2, 2])];
const fusedConvolution = (filter: readonly number[], channels: number): Sample => [
  {
    x: of('x', [1, 4, 4, 2], { low: -0.85, high: 0.15 }),
    filter: of('filter', filter),
    strides: 1,
    pad: 'valid',
    bias: of('bias', [channels]),
    // The slope of prelu has an effect on negative values only, hence the negative input.
    activation: 'prelu',
    preluActivationWeights: of('preluActivationWeights', [channels]),
  },
];

const lstmShapes = { kernel: [4, 8], bias: [8], state: [1, 2] } as const;
type Cell = (data: tf.Tensor2D, c: tf.Tensor2D, h: tf.Tensor2D) => [tf.Tensor2D, tf.Tensor2D];

function lstmCell(kernel: Tensor): Cell {
  const bias = tf.tensor1d(generic(lstmShapes.bias, 'bias', 0.15, 0.85));
  return (data, c, h) => tf.basicLSTMCell(tf.scalar(1), kernel as tf.Tensor2D, bias, data, c, h);
}

/** Signs that differ, so that hinge and slope functions are met on both sides. */
const signed: OperandOptions = { low: -1.7, high: 1.6 };
const linear = (filter: readonly number[], channels: number): Sample => [
  { x: of('x', [1, 4, 4, 2]), filter: of('filter', filter), strides: 1, pad: 'valid', bias: of('bias', [channels]) },
];

/** The samples by export path. */
export const samples: Readonly<Record<string, Sample>> = {
  abs: unary('x', signed),
  acos: unary(),
  acosh: unary('x', { low: 1.2, high: 2.3 }),
  add: binary(),
  addN: [[of('tensors'), of('tensors'), of('tensors')]],
  all: [bool('x', [2, 2], [0.5, 0.5, 0, 0.5])],
  any: [bool('x', [2, 2], [0.5, 0.5, 0, 0.5])],
  argMax: [of('x'), 1],
  argMin: [of('x'), 1],
  asin: unary(),
  asinh: unary(),
  atan: unary(),
  atan2: binary(),
  atanh: unary(),
  avgPool: [of('x', [1, 4, 4, 1]), 2, 2, 'valid'],
  avgPool3d: [of('x', [1, 2, 2, 2, 1]), 2, 1, 'valid'],
  basicLSTMCell: [
    of('forgetBias', []),
    of('lstmKernel', lstmShapes.kernel),
    of('lstmBias', lstmShapes.bias),
    of('data', lstmShapes.state),
    of('c', lstmShapes.state),
    of('h', lstmShapes.state),
  ],
  batchNorm: normalised([2, 2, 2, 3]),
  batchNorm2d: normalised([4, 3]),
  batchNorm3d: normalised([2, 2, 3]),
  batchNorm4d: normalised([2, 2, 2, 3]),
  batchToSpaceND: [of('x', [4, 1, 1, 1]), [2, 2], [[0, 0], [0, 0]]],
  bincount: [int('x', [4], [0, 1, 1, 2]), of('weights', [4]), 3],
  bitwiseAnd: [int('x', [3], [1, 2, 3]), int('y', [3], [3, 2, 1])],
  broadcastArgs: [int('s0', [2], [1, 3]), int('s1', [2], [2, 3])],
  broadcastTo: [of('x', [3]), [2, 3]],
  cast: [of('x'), 'int32'],
  ceil: unary(),
  clipByValue: [of('x'), 0.2, 0.7],
  clone: unary(),
  complex: [of('real'), of('imag')],
  concat: [[of('tensors'), of('tensors')], 1],
  concat1d: [[of('tensors', [2]), of('tensors', [3])]],
  concat2d: [[of('tensors'), of('tensors')], 0],
  concat3d: [[of('tensors', [1, 2, 2]), of('tensors', [1, 2, 2])], 1],
  concat4d: [[of('tensors', [1, 2, 2, 1]), of('tensors', [1, 2, 2, 1])], 3],
  conv1d: [of('x', [1, 5, 2]), of('filter', [2, 2, 2]), 1, 'valid'],
  conv2d: [...convolution(), 1, 'valid'],
  conv2dTranspose: [...convolution(), [1, 5, 5, 2], 1, 'valid'],
  conv3d: [of('x', [1, 2, 2, 2, 1]), of('filter', [2, 2, 2, 1, 1]), 1, 'valid'],
  conv3dTranspose: [of('x', [1, 1, 1, 1, 1]), of('filter', [2, 2, 2, 1, 1]), [1, 2, 2, 2, 1], 1, 'valid'],
  cos: unary(),
  cosh: unary(),
  cumprod: [of('x'), 1],
  cumsum: [of('x'), 1],
  denseBincount: [int('x', [4], [0, 1, 1, 2]), of('weights', [4]), 3],
  depthToSpace: [of('x', [1, 1, 1, 4]), 2],
  depthwiseConv2d: [...convolution(), 1, 'valid'],
  diag: [of('x', [3])],
  dilation2d: [of('x', [1, 3, 3, 1]), of('filter', [2, 2, 1]), 1, 'valid'],
  div: binary(),
  divNoNan: binary(),
  dot: [of('t1', [3]), of('t2', [3])],
  dropout: [of('x', [4, 4]), 0.5, undefined, 7],
  einsum: ['ij,jk->ik', of('tensors'), of('tensors', [3, 2])],
  elu: unary('x', signed),
  ensureShape: [of('x'), [2, 3]],
  equal: binary(),
  erf: unary(),
  euclideanNorm: unary(),
  exp: unary(),
  expandDims: [of('x'), 0],
  expm1: unary(),
  fft: [complex('input')],
  floor: unary(),
  floorDiv: quotients(),
  gather: [of('x', [4]), int('indices', [3], [2, 0, 1])],
  gatherND: [of('x'), int('indices', [2, 2], [0, 1, 1, 2])],
  greater: binary(),
  greaterEqual: binary(),
  ifft: [complex('input')],
  imag: [complex('input')],
  irfft: [complex('input', [1, 3])],
  isFinite: unary(),
  isInf: unary(),
  isNaN: unary(),
  leakyRelu: unary('x', signed),
  less: binary(),
  lessEqual: binary(),
  localResponseNormalization: [of('x', [1, 2, 2, 3])],
  log: unary(),
  log1p: unary(),
  logSigmoid: unary('x', signed),
  logSoftmax: unary('logits', signed),
  logSumExp: [of('x'), 1],
  logicalAnd: bools(),
  logicalNot: [bool('x', [3], [0.5, 0, 0.5])],
  logicalOr: bools(),
  logicalXor: bools(),
  lowerBound: [of('sortedSequence', [1, 3], { values: [0.1, 0.4, 0.8] }), of('values', [1, 2])],
  matMul: [of('a'), of('b', [3, 2])],
  max: [of('x'), 1],
  maxPool: [of('x', [1, 4, 4, 1]), 2, 2, 'valid'],
  maxPool3d: [of('x', [1, 2, 2, 2, 1]), 2, 1, 'valid'],
  maxPoolWithArgmax: [of('x', [1, 4, 4, 1]), 2, 2, 'valid'],
  maximum: binary(),
  mean: [of('x'), 1],
  meshgrid: [of('x', [2]), of('y', [3])],
  min: [of('x'), 1],
  minimum: binary(),
  mirrorPad: [of('x'), [[1, 1], [1, 1]], 'reflect'],
  mod: quotients(),
  moments: [of('x'), 1],
  movingAverage: [of('v'), of('x'), of('decay', []), of('step', [], { values: [3] })],
  mul: binary(),
  multiRNNCell: [
    // A cell is a function of the user's: the variables it closes over reach the result through it.
    of('lstmCells', lstmShapes.kernel, { wrap: (kernel) => [lstmCell(kernel), lstmCell(kernel)] }),
    of('data', lstmShapes.state),
    [of('c', lstmShapes.state), of('c', lstmShapes.state)],
    [of('h', lstmShapes.state), of('h', lstmShapes.state)],
  ],
  multinomial: [of('logits', [1, 3]), 4, 7],
  neg: unary(),
  norm: [of('x'), 'euclidean', 1],
  notEqual: binary(),
  oneHot: [int('indices', [3], [0, 2, 1]), 3],
  onesLike: unary(),
  outerProduct: [of('v1', [2]), of('v2', [3])],
  pad: [of('x'), [[1, 1], [0, 1]]],
  pad1d: [of('x', [3]), [1, 1]],
  pad2d: [of('x'), [[1, 1], [0, 1]]],
  pad3d: [of('x', [1, 2, 2]), [[0, 0], [1, 0], [0, 1]]],
  pad4d: [of('x', [1, 2, 2, 1]), [[0, 0], [1, 0], [0, 1], [0, 0]]],
  pool: [of('input', [1, 4, 4, 1]), 2, 'max', 'valid', 1, 2],
  pow: [of('base'), of('exp', [2, 3], { low: 1.2, high: 2.7 })],
  prelu: [of('x', [2, 3], signed), of('alpha')],
  prod: [of('x'), 1],
  raggedGather: [
    // TF.js records nothing for the integers that give the row splits: not an operand.
    [splits([0, 1, 3, 6])],
    of('paramsDenseValues', [6]),
    int('indices', [2], [2, 0]),
    1,
  ],
  raggedRange: [of('starts', [2]), of('limits', [2], { low: 2, high: 4 }), of('deltas', [2])],
  raggedTensorToTensor: [
    int('shape', [2], [3, 2]),
    of('values', [3]),
    of('defaultValue', []),
    [splits([0, 1, 3, 3])],
    ['ROW_SPLITS'],
  ],
  real: [complex('input')],
  reciprocal: unary(),
  relu: unary('x', signed),
  relu6: unary('x', signed),
  reshape: [of('x'), [3, 2]],
  reverse: [of('x'), 1],
  reverse1d: [of('x', [3])],
  reverse2d: [of('x'), 1],
  reverse3d: [of('x', [1, 2, 2]), 1],
  reverse4d: [of('x', [1, 2, 2, 1]), 1],
  rfft: [of('input', [4])],
  round: unary(),
  rsqrt: unary(),
  scatterND: [int('indices', [2, 1], [0, 2]), of('updates', [2]), [4]],
  searchSorted: [of('sortedSequence', [1, 3], { values: [0.1, 0.4, 0.8] }), of('values', [1, 2])],
  selu: unary('x', signed),
  separableConv2d: [
    of('x', [1, 3, 3, 2]),
    of('depthwiseFilter', [2, 2, 2, 1]),
    of('pointwiseFilter', [1, 1, 2, 2]),
    1,
    'valid',
  ],
  sigmoid: unary('x', signed),
  sign: unary('x', signed),
  sin: unary(),
  sinh: unary(),
  slice: [of('x'), [0, 1], [2, 2]],
  slice1d: [of('x', [4]), 1, 2],
  slice2d: [of('x'), [0, 1], [2, 2]],
  slice3d: [of('x', [2, 2, 2]), [0, 1, 0], [1, 1, 2]],
  slice4d: [of('x', [1, 2, 2, 1]), [0, 1, 0, 0], [1, 1, 2, 1]],
  softmax: unary('logits', signed),
  softplus: unary('x', signed),
  spaceToBatchND: [of('x', [1, 2, 2, 1]), [2, 2], [[0, 0], [0, 0]]],
  sparseToDense: [int('sparseIndices', [2], [0, 2]), of('sparseValues', [2]), [4], of('defaultValue', [])],
  split: [of('x', [4, 2]), 2],
  sqrt: unary(),
  square: unary(),
  squaredDifference: binary(),
  squeeze: [of('x', [1, 3]), [0]],
  stack: [[of('tensors'), of('tensors')]],
  step: unary('x', signed),
  stridedSlice: [of('x'), [0, 1], [2, 3], [1, 1]],
  sub: binary(),
  sum: [of('x'), 1],
  tan: unary(),
  tanh: unary('x', signed),
  tensorScatterUpdate: [of('tensor', [4]), int('indices', [2, 1], [0, 2]), of('updates', [2])],
  tile: [of('x'), [2, 1]],
  topk: [of('x'), 2],
  transpose: unary(),
  unique: [of('x', [4])],
  unsortedSegmentSum: [of('x', [4]), int('segmentIds', [4], [0, 1, 1, 0]), 2],
  unstack: [of('x')],
  upperBound: [of('sortedSequence', [1, 3], { values: [0.1, 0.4, 0.8] }), of('values', [1, 2])],
  where: [bool('condition', [2, 3], [0.5, 0, 0, 0.5, 0, 0.5]), of('a'), of('b')],
  zerosLike: unary(),

  'fused.conv2d': fusedConvolution([2, 2, 2, 2], 2),
  'fused.depthwiseConv2d': fusedConvolution([2, 2, 2, 1], 2),
  'fused.matMul': [
    {
      a: of('a', [2, 3], { low: -0.85, high: 0.15 }),
      b: of('b', [3, 2]),
      bias: of('bias', [2]),
      activation: 'prelu',
      preluActivationWeights: of('preluActivationWeights', [2]),
    },
  ],

  'image.cropAndResize': [images(), of('boxes', [1, 4], { values: [0.1, 0.2, 0.8, 0.9] }), int('boxInd', [1], [0]), [2, 2]],
  'image.flipLeftRight': [images()],
  'image.grayscaleToRGB': [images('image', [1, 2, 2, 1])],
  'image.nonMaxSuppression': [boxes(), scores(), 2],
  'image.nonMaxSuppressionPadded': [boxes(), scores(), 2],
  'image.nonMaxSuppressionWithScore': [boxes(), scores(), 2],
  'image.resizeBilinear': [images('images', [1, 2, 2, 1]), [3, 3]],
  'image.resizeNearestNeighbor': [images('images', [1, 2, 2, 1]), [3, 3]],
  'image.rgbToGrayscale': [images()],
  'image.rotateWithOffset': [images(), 0.4],
  'image.threshold': [of('image', [2, 2, 1], { low: 20, high: 230 }), 'binary', false, 0.5],
  'image.transform': [images(), of('transforms', [1, 8], { values: [1, 0.1, 0, 0.1, 1, 0, 0, 0] })],

  // Batches of matrices: with one matrix the way back fails (see exceptions).
  'linalg.bandPart': [of('a', [2, 3, 3]), int('numLower', [], [1]), int('numUpper', [], [1])],
  // Rows far from parallel: near them the curvature defeats difference quotients.
  'linalg.gramSchmidt': [of('xs', [2, 3], { values: [0.9, 0.1, 0.2, 0.2, 0.8, 0.4] })],
  'linalg.qr': [of('x', [2, 2])],

  'losses.absoluteDifference': loss('labels', 'predictions'),
  'losses.computeWeightedLoss': [of('losses'), of('weights'), tf.Reduction.NONE],
  'losses.cosineDistance': [...lossOperands('labels', 'predictions'), 1, of('weights', [2, 1]), tf.Reduction.NONE],
  'losses.hingeLoss': loss('labels', 'predictions'),
  'losses.huberLoss': loss('labels', 'predictions', undefined),
  'losses.logLoss': loss('labels', 'predictions', undefined),
  'losses.meanSquaredError': loss('labels', 'predictions'),
  'losses.sigmoidCrossEntropy': loss('multiClassLabels', 'logits', undefined),
  'losses.softmaxCrossEntropy': [
    ...lossOperands('onehotLabels', 'logits'),
    of('weights', [2]),
    undefined,
    tf.Reduction.NONE,
  ],

  'math.confusionMatrix': [int('labels', [3], [0, 1, 2]), int('predictions', [3], [0, 2, 1]), 3],

  'metrics.MAPE': metric(),
  'metrics.MSE': metric(),
  'metrics.binaryAccuracy': metric(),
  'metrics.binaryCrossentropy': metric(),
  'metrics.categoricalAccuracy': metric(),
  'metrics.categoricalCrossentropy': metric(),
  'metrics.cosineProximity': metric(),
  'metrics.mape': metric(),
  'metrics.meanAbsoluteError': metric(),
  'metrics.meanAbsolutePercentageError': metric(),
  'metrics.meanSquaredError': metric(),
  'metrics.mse': metric(),
  'metrics.precision': metric(),
  'metrics.r2Score': metric(),
  'metrics.recall': metric(),
  'metrics.sparseCategoricalAccuracy': [of('yTrue', [2], { values: [1, 2] }), of('yPred')],

  'signal.frame': [of('signal', [6]), 3, 2],
  'signal.stft': [of('signal', [8]), 4, 2],

  'sparse.sparseFillEmptyRows': [
    int('indices', [2, 2], [0, 0, 2, 1]),
    of('values', [2]),
    int('denseShape', [2], [3, 2]),
    of('defaultValue', []),
  ],
  'sparse.sparseReshape': [
    int('inputIndices', [2, 2], [0, 1, 1, 2]),
    int('inputShape', [2], [2, 3]),
    int('newShape', [2], [3, 2]),
  ],
  'sparse.sparseSegmentMean': [of('data', [3, 2]), int('indices', [2], [0, 2]), int('segmentIds', [2], [0, 0])],
  'sparse.sparseSegmentSum': [of('data', [3, 2]), int('indices', [2], [0, 2]), int('segmentIds', [2], [0, 0])],

  'spectral.fft': [complex('input')],
  'spectral.ifft': [complex('input')],
  'spectral.irfft': [complex('input', [1, 3])],
  'spectral.rfft': [of('input', [4])],

  'string.staticRegexReplace': [text('input', [2]), 'a', 'b'],
  'string.stringNGrams': [text('data', [3]), int('dataSplits', [2], [0, 3]), '|', [1, 2], 'l', 'r', -1, false],
  'string.stringSplit': [text('input', [2]), text('delimiter', [])],
  'string.stringToHashBucketFast': [text('input', [2]), 10],
};

/** Functions that give a promise: their tensors come after the scope has ended. */
export const asynchronousSamples: Readonly<Record<string, Sample>> = {
  booleanMaskAsync: [of('tensor', [3]), bool('mask', [3], [0.5, 0, 0.5])],
  inTopKAsync: [of('predictions'), int('targets', [2], [0, 2])],
  setdiff1dAsync: [of('x', [3]), of('y', [2])],
  whereAsync: [bool('condition', [3], [0.5, 0, 0.5])],
  'image.nonMaxSuppressionAsync': [boxes(), scores(), 2],
  'image.nonMaxSuppressionPaddedAsync': [boxes(), scores(), 2],
  'image.nonMaxSuppressionWithScoreAsync': [boxes(), scores(), 2],
};

/** Samples for second derivatives, where those above show another operation's: a cast's steps, an activation. */
export const smoothSamples: Readonly<Record<string, Sample>> = {
  cast: [of('x'), 'float32'],
  'fused.conv2d': linear([2, 2, 2, 2], 2),
  'fused.depthwiseConv2d': linear([2, 2, 2, 2], 4),
  'fused.matMul': [{ a: of('a'), b: of('b', [3, 2]), bias: of('bias', [2]) }],
};

/**
 * Methods that no exported function stands for: under other names, or with a receiver that joins the operands of an
 * array parameter (`a.concat(b)` is `concat([a, b])`). The first argument is the receiver.
 */
export const methodSamples: Readonly<Record<string, Sample>> = {
  as1D: [of('receiver')],
  as2D: [of('receiver'), 3, 2],
  as3D: [of('receiver'), 3, 2, 1],
  as4D: [of('receiver'), 3, 2, 1, 1],
  as5D: [of('receiver'), 3, 2, 1, 1, 1],
  asScalar: [of('receiver', [1])],
  asType: [of('receiver'), 'int32'],
  concat: [of('receiver'), of('x'), 1],
  flatten: [of('receiver')],
  // Of the argument only the shape is used: it is no operand.
  reshapeAs: [of('receiver'), tf.zeros([3, 2])],
  stack: [of('receiver'), of('x')],
  toBool: [of('receiver')],
  toFloat: [of('receiver')],
  toInt: [of('receiver')],
};

/** Methods that are no operations, and why. */
export const otherMethods: Readonly<Record<string, string>> = {
  array: 'reads to the host',
  arraySync: 'reads to the host',
  buffer: 'reads to the host',
  bufferSync: 'reads to the host',
  bytes: 'reads to the host',
  constructor: 'makes tensors of the engine',
  data: 'reads to the host',
  dataSync: 'reads to the host',
  dataToGPU: 'gives out device memory',
  dispose: 'frees memory',
  print: 'prints',
  throwIfDisposed: 'checks memory',
  toString: 'reads to the host',
  variable: 'makes a variable',
};
