/** TensorFlow.js 4. */
import { single } from '../../calculus/numbers/precision.ts';
import { OperationContracts } from '../../calculus/shapes/contracts.ts';
import { grouped } from '../../grouped.ts';
import type { Library } from '../library.ts';
import type { ClassMeaning, Meaning, MeaningTable } from '../meaning.ts';
import { formulas } from './formulas.ts';
import { layers } from './layers.ts';
import { exceptions, higherOrder, lifetimes, methodOperations, methods, operations } from './operations.ts';
import { preconditions, resultTypes } from './preconditions.ts';
import { shared, unmistakable } from './unmistakable.ts';
import { usage } from './usage.ts';

/** What an optimizer keeps, as measured. */
function keeping(name: string): { readonly moments?: 'at once' | 'later' } {
  const moments = lifetimes.moments[name];
  return moments === undefined ? {} : { moments };
}

/** Data sets of plain rows are told apart from others: of them a model gets no batches. */
const dataSets = (of: Extract<Meaning, { is: 'rows' }>['of']): Meaning => ({ is: 'rows', of, class: 'Rows', others: 'Elements' });

const ofDataSets: MeaningTable = {
  ...Object.fromEntries(['shuffle', 'take', 'skip', 'repeat', 'prefetch', 'filter'].map((name) => [name, { is: 'identity', at: -1 } as const])),
  map: dataSets('callback'),
  batch: dataSets('batches'),
  forEachAsync: dataSets('each element'),
  ...Object.fromEntries(['rowMajorBatch', 'columnMajorBatch', 'mapAsync', 'concatenate', 'toArray', 'iterator', 'columnNames'].map((name) => [name, dataSets('anything')])),
};

const members: MeaningTable = {
  tensor: { is: 'leaf', data: 0, shape: 1 },
  tensor1d: { is: 'leaf', data: 0, rank: 1 },
  tensor2d: { is: 'leaf', data: 0, shape: 1, rank: 2 },
  tensor3d: { is: 'leaf', data: 0, shape: 1, rank: 3 },
  tensor4d: { is: 'leaf', data: 0, shape: 1, rank: 4 },
  tensor5d: { is: 'leaf', data: 0, shape: 1, rank: 5 },
  tensor6d: { is: 'leaf', data: 0, shape: 1, rank: 6 },
  scalar: { is: 'leaf', data: 0, value: { at: 0 }, rank: 0 },
  fill: { is: 'leaf', data: 1, shape: 0, value: { at: 1 } },
  zeros: { is: 'leaf', shape: 0, value: 0 },
  ones: { is: 'leaf', shape: 0, value: 1 },
  eye: { is: 'leaf', lengths: { each: [{ at: 0, otherwise: 1 }, { at: 1, otherwise: { at: 0 } }], before: 2 }, type: { at: 3, otherwise: 'float32' } },
  linspace: { is: 'leaf', rank: 1, steps: 'so many' },
  range: { is: 'leaf', rank: 1, steps: 'of a size' },
  rand: { is: 'leaf', shape: 0, random: true, type: { at: 2, otherwise: 'float32' } },
  randomNormal: { is: 'leaf', shape: 0, random: true, type: { at: 3, otherwise: 'float32' } },
  randomUniform: { is: 'leaf', shape: 0, random: true, type: { at: 3, otherwise: 'float32' } },
  randomUniformInt: { is: 'leaf', shape: 0, random: true, type: { otherwise: 'int32' } },
  randomStandardNormal: { is: 'leaf', shape: 0, random: true, type: { at: 1, otherwise: 'float32' } },
  randomGamma: { is: 'leaf', shape: 0, random: true, type: { at: 3, otherwise: 'float32' } },
  truncatedNormal: { is: 'leaf', shape: 0, random: true, type: { at: 3, otherwise: 'float32' } },
  'browser.fromPixels': { is: 'leaf', lengths: { each: [undefined, undefined, { at: 1, otherwise: 3 }] }, type: { otherwise: 'int32' } },

  variable: { is: 'variable', initial: 0, trainable: 1, name: 2 },
  customGrad: { is: 'custom-gradient' },
  keep: { is: 'identity', at: 0, keeps: true },
  tidy: { is: 'region', disposes: true },
  buffer: { is: 'read', result: 'buffer', shape: 0 },

  variableGrads: { is: 'scope', form: { kind: 'variables', callback: 0, list: 1, result: 'value-and-grads' } },
  grad: { is: 'scope', form: { kind: 'arguments', several: false, result: 'gradients' } },
  grads: { is: 'scope', form: { kind: 'arguments', several: true, result: 'gradients' } },
  valueAndGrad: { is: 'scope', form: { kind: 'arguments', several: false, result: 'value-and-gradients', takes: 'tensors' } },
  valueAndGrads: { is: 'scope', form: { kind: 'arguments', several: true, result: 'value-and-gradients', takes: 'tensors' } },

  'train.sgd': { is: 'instance', class: 'Optimizer' },
  'train.momentum': { is: 'instance', class: 'Optimizer', ...keeping('train.momentum') },
  'train.adagrad': { is: 'instance', class: 'Optimizer', ...keeping('train.adagrad') },
  'train.adadelta': { is: 'instance', class: 'Optimizer', ...keeping('train.adadelta') },
  'train.adam': { is: 'instance', class: 'Optimizer', variables: true, ...keeping('train.adam') },
  'train.adamax': { is: 'instance', class: 'Optimizer', variables: true, ...keeping('train.adamax') },
  'train.rmsprop': { is: 'instance', class: 'Optimizer', ...keeping('train.rmsprop') },

  'initializers.zeros': { is: 'instance', class: 'ConstantInitializer' },
  'initializers.ones': { is: 'instance', class: 'ConstantInitializer' },
  'initializers.constant': { is: 'instance', class: 'ConstantInitializer' },

  sequential: { is: 'parametrised', class: 'Sequential', parts: { kind: 'sequence', at: 'layers' } },
  model: { is: 'parametrised', class: 'LayersModel', parts: { kind: 'graph', inputs: 'inputs', outputs: 'outputs' } },
  loadLayersModel: { is: 'parametrised', class: 'LayersModel', pretrained: true, promise: true },
  input: { is: 'symbolic-input' },
  'layers.input': { is: 'symbolic-input' },

  'data.csv': dataSets('a file'),
  'data.array': dataSets('items'),
  'data.zip': dataSets('data sets'),
  'data.generator': dataSets('generator'),

  dispose: { is: 'ignored', disposes: 'given' },
  disposeVariables: { is: 'ignored', disposes: 'variables' },
  memory: { is: 'metadata' },
  nextFrame: { is: 'ignored', promise: true },
  setBackend: { is: 'ignored', promise: true },
  ready: { is: 'ignored', promise: true },
  getBackend: { is: 'metadata' },
  env: { is: 'metadata' },
};

/** Exports below these namespaces are all of one form. */
const families: MeaningTable = {
  layers: { is: 'parametrised', class: 'Layer' },
};

const optimizer: ClassMeaning = {
  instance: 'plain',
  members: {
    minimize: { is: 'scope', form: { kind: 'variables', callback: 0, list: 2, result: 'cost' } },
    computeGradients: { is: 'scope', form: { kind: 'variables', callback: 0, list: 1, result: 'value-and-grads' } },
    applyGradients: { is: 'apply-gradients' },
    dispose: { is: 'ignored', disposes: 'given' },
    getConfig: { is: 'metadata' },
    getWeights: { is: 'metadata' },
    setWeights: { is: 'restore-moments' },
  },
};

const classes: Readonly<Record<string, ClassMeaning>> = {
  Tensor: {
    instance: 'tensor',
    members: {
      data: { is: 'read', result: 'promise', flat: true },
      dataSync: { is: 'read', result: 'host', flat: true },
      array: { is: 'read', result: 'promise' },
      arraySync: { is: 'read', result: 'host' },
      bytes: { is: 'read', result: 'promise' },
      buffer: { is: 'read', result: 'promised-buffer' },
      bufferSync: { is: 'read', result: 'buffer' },
      toString: { is: 'metadata' as const },
      variable: { is: 'variable', initial: -1, trainable: 0, name: 1 },
      print: { is: 'ignored' },
      dispose: { is: 'ignored', disposes: 'given' },
      throwIfDisposed: { is: 'ignored' },
      shape: { is: 'metadata', of: 'shape' },
      size: { is: 'metadata', of: 'size' },
      rank: { is: 'metadata', of: 'rank' },
      rankType: { is: 'metadata' },
      dtype: { is: 'metadata', of: 'type' },
      id: { is: 'metadata' },
      dataId: { is: 'metadata' },
      strides: { is: 'metadata' },
      isDisposed: { is: 'metadata', life: true },
      kept: { is: 'metadata' },
    },
  },
  Variable: {
    base: 'Tensor',
    instance: 'variable',
    members: {
      assign: { is: 'update' },
      name: { is: 'metadata' },
    },
  },
  TensorBuffer: {
    instance: 'plain',
    members: {
      get: { is: 'read', result: 'host' },
      set: { is: 'update' },
      toTensor: { is: 'leaf', data: -1 },
      values: { is: 'read', result: 'host', method: false },
      shape: { is: 'metadata' },
      size: { is: 'metadata' },
      dtype: { is: 'metadata' },
      rank: { is: 'metadata' },
    },
  },
  Optimizer: optimizer,
  Layer: {
    instance: 'parametrised',
    members: {
      apply: { is: 'apply' },
      call: { is: 'apply', inherited: 'input' },
      addWeight: { is: 'add-weight', shape: 1, trainable: 5, penalty: 4 },
      setWeights: { is: 'update' },
      getWeights: { is: 'weights', form: 'list', of: 'Variable', method: true },
      weights: { is: 'weights', form: 'list', of: 'LayerVariable', method: false },
      trainableWeights: { is: 'weights', form: 'list', of: 'LayerVariable', method: false },
      nonTrainableWeights: { is: 'metadata' },
      kernel: { is: 'weights', form: 'one', of: 'LayerVariable', method: false },
      bias: { is: 'weights', form: 'one', of: 'LayerVariable', method: false },
      build: { is: 'build' },
      dispose: { is: 'ignored', disposes: 'given' },
      countParams: { is: 'metadata' },
      name: { is: 'metadata' },
      trainable: { is: 'metadata' },
      built: { is: 'metadata' },
      input: { is: 'ends', of: 'inputs', form: 'one' },
      output: { is: 'ends', of: 'outputs', form: 'one' },
      outputShape: { is: 'metadata' },
      inputSpec: { is: 'metadata' },
      getConfig: { is: 'metadata' },
      getClassName: { is: 'metadata' },
      computeOutputShape: { is: 'metadata' },
      assertInputCompatibility: { is: 'ignored' },
      invokeCallHook: { is: 'ignored' },
      clearCallHook: { is: 'ignored' },
      setFastWeightInitDuringBuild: { is: 'ignored' },
      id: { is: 'metadata' },
      dtype: { is: 'metadata' },
      batchInputShape: { is: 'metadata' },
      stateful: { is: 'metadata' },
      supportsMasking: { is: 'metadata' },
    },
  },
  LayersModel: {
    base: 'Layer',
    instance: 'parametrised',
    members: {
      call: { is: 'apply' },
      predict: { is: 'apply', makes: true, feeds: 'predict' },
      predictOnBatch: { is: 'apply', makes: true, feeds: 'one batch' },
      execute: { is: 'apply' },
      evaluate: { is: 'apply', makes: true, feeds: 'with labels' },
      fit: { is: 'train', on: 'tensors', feeds: 'with labels' },
      fitDataset: { is: 'train', on: 'dataset', feeds: 'elements' },
      trainOnBatch: { is: 'train', on: 'batch', feeds: 'with labels' },
      layers: { is: 'weights', form: 'list', of: 'Layer', method: false },
      inputs: { is: 'ends', of: 'inputs', form: 'list' },
      outputs: { is: 'ends', of: 'outputs', form: 'list' },
      getLayer: { is: 'weights', form: 'one', of: 'Layer', method: true },
      loadWeights: { is: 'update' },
      compile: { is: 'compile' },
      losses: { is: 'empty-list' },
      addLoss: { is: 'fill-list' },
      summary: { is: 'ignored' },
      save: { is: 'ignored' },
      stopTraining: { is: 'metadata' },
      history: { is: 'metadata' },
    },
  },
  Sequential: { base: 'LayersModel', instance: 'parametrised', members: { add: { is: 'add-part' }, pop: { is: 'remove-part' }, countParams: { is: 'metadata', method: true } } },
  GraphModel: {
    instance: 'plain',
    members: {
      predict: { is: 'apply', makes: true },
      execute: { is: 'apply', makes: true },
      predictAsync: { is: 'apply', makes: true, promise: true },
      executeAsync: { is: 'apply', makes: true, promise: true },
      dispose: { is: 'ignored', disposes: 'given' },
    },
  },
  LayerVariable: {
    instance: 'plain',
    members: {
      read: { is: 'weights', form: 'one', of: 'Variable', method: true },
      val: { is: 'weights', form: 'one', of: 'Variable', method: false },
      write: { is: 'update' },
      name: { is: 'metadata' },
      shape: { is: 'metadata' },
      dtype: { is: 'metadata' },
      trainable: { is: 'metadata' },
      id: { is: 'metadata' },
      originalName: { is: 'metadata' },
    },
  },
  Rows: { instance: 'plain', members: ofDataSets },
  Elements: { instance: 'plain', members: ofDataSets },
  Dataset: { instance: 'plain', members: { forEachAsync: dataSets('each element') } },
  ConstantInitializer: { instance: 'plain', members: {} },
  SGDOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  MomentumOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  AdagradOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  AdadeltaOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  AdamOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  AdamaxOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  RMSPropOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
};

export const tfjs: Library = {
  name: 'tfjs',
  title: 'TF.js',
  packages: new Set([
    '@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-node',
    '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-converter', '@tensorflow/tfjs-data', '@tensorflow/tfjs-react-native',
  ]),
  scriptTag: {
    global: 'tf',
    // A script of one's own may be called `tf.js`; what has an address, or is minified, is a copy of the library.
    source: /@tensorflow\/tfjs(?:-core|-layers)?(?:@[^/]*)?(?:\/(?!\/)|$|[?#])|^https?:\/\/.*\/tensorflow\/[\d.]+\/|(?:^|\/)(?:tf|tfjs|tf-core)(?:[@.-]v?\d[\w.-]*)?(?:\.es\d+)?\.min\.js(?:$|[?#])/u,
  },
  members,
  families,
  classes,
  operations,
  methods,
  methodOperations,
  tensorMethods: { unmistakable, shared },
  trainable: 'trainable',
  layers,
  contracts: new OperationContracts(preconditions),
  precision: single,
  resultTypes,
  formulas,
  // Of `elu` TF.js takes the output for a constant, and throws only where the cotangent varies.
  higherOrder: { ...higherOrder, elu: { x: 'wrong' } },
  exceptions: grouped(exceptions, ({ operation }) => operation),
  underivable: {
    gather: '"Error in gradient for op GatherV2"',
    conv1d: '"Error in gradient of conv2D: dilation rates greater than 1 are not yet supported in gradients"',
    conv2d: '"Error in gradient of conv2D: dilation rates greater than 1 are not yet supported in gradients"',
    'fused.conv2d': '"Error in gradient of fused conv2D"',
    'fused.depthwiseConv2d': '"Error in gradient of fused depthwiseConv2d"',
    conv3d: '"Error in gradient of conv3D: dilation rates greater than 1 are not yet supported in gradients"',
    depthwiseConv2d: '"Error in gradient of depthwiseConv2d"',
    separableConv2d: '"Error in gradient of depthwiseConv2dNative: dilation rates greater than 1 are not yet supported"',
    batchNorm: 'a TypeError', batchNorm2d: 'a TypeError', batchNorm3d: 'a TypeError', batchNorm4d: 'a TypeError',
    'linalg.bandPart': '"Argument tensors passed to stack must be a `Tensor[]` or `TensorLike[]`"',
    unstack: '"Argument tensors passed to stack must be a `Tensor[]` or `TensorLike[]`"',
    split: '"Pass at least one tensor to concat"',
    ...Object.fromEntries(Object.entries(layers.table).flatMap(([name, { error }]) => (error === undefined ? [] : [[`layers.${name}`, error]]))),
    unsortedSegmentSum: '"Cannot backprop through input segmentIds"',
  },
  lifetimes: { ...lifetimes, promise: 'Cannot return a Promise inside of tidy.', byHand: /\b(?:startScope|endScope|engine)\b/u },
  usage,
  indexed: ['oneHot', 'bincount', 'denseBincount'],
  shapeOnly: ['zerosLike', 'onesLike'],
  absent: ['GradientTape', 'stopGradient', 'stop_gradient', 'noGrad', 'no_grad', 'detach', 'gradients', 'function'],
  scopeWords: ['minimize', 'computeGradients', 'variableGrads', 'grad', 'grads', 'valueAndGrad', 'valueAndGrads', 'customGrad', 'compile', 'Layer'],
  nestedScopes: 'one tape',
  errors: {
    variables: '"Cannot find a connection between any variable and the result of the loss function"',
    noVariable: '"variableGrads() expects at least one of the input variables to be trainable"',
    noDerivative: '"Cannot compute gradient: gradient function not found"',
    customGradient: '"The function f passed in customGrad(f) must return an object where `obj.gradFunc` is a function that returns the same number of tensors as inputs passed to f(...)"',
    scopeInGradient: 'a TypeError',
    notFunction: { variables: '"The f passed in variableGrads(f) must be a function"', arguments: '"The f passed in …(f) must be a function"' },
    noTensor: '"The result y returned by f() must be a tensor"',
    operand: `"Argument '{operand}' passed to '{operation}' must be a Tensor or TensorLike"`,
    noScalar: '"The f passed in variableGrads(f) must return a scalar"',
    list: '"The varList passed in variableGrads(f, varList) must be an array of variables"',
    arguments: '"Cannot compute gradient of y=f(x) with respect to x"',
  },
};
