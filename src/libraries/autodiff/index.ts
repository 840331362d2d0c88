/** The project's own automatic differentiation, `eslint-plugin-tensor/autodiff`. */
import { double } from '../../calculus/numbers/precision.ts';
import { grouped } from '../../grouped.ts';
import type { Library } from '../library.ts';
import type { ClassMeaning, MeaningTable } from '../meaning.ts';
import { exceptions, methodOperations, methods, operations } from './operations.ts';
import { usage } from './usage.ts';

const members: MeaningTable = {
  tensor: { is: 'leaf', data: 0, shape: 1 },
  tensor1d: { is: 'leaf', data: 0, rank: 1 },
  tensor2d: { is: 'leaf', data: 0, shape: 1, rank: 2 },
  tensor3d: { is: 'leaf', data: 0, shape: 1, rank: 3 },
  tensor4d: { is: 'leaf', data: 0, shape: 1, rank: 4 },
  constant: { is: 'leaf', data: 0, shape: 1 },
  scalar: { is: 'leaf', data: 0, value: { at: 0 }, rank: 0 },
  fill: { is: 'leaf', data: 1, shape: 0, value: { at: 1 } },
  zeros: { is: 'leaf', shape: 0, value: 0 },
  ones: { is: 'leaf', shape: 0, value: 1 },
  eye: { is: 'leaf' },
  linspace: { is: 'leaf', rank: 1 },
  range: { is: 'leaf', rank: 1 },
  randomNormal: { is: 'leaf', shape: 0, random: true, type: { at: 3, otherwise: 'float32' } },
  randomUniform: { is: 'leaf', shape: 0, random: true, type: { at: 3, otherwise: 'float32' } },
  truncatedNormal: { is: 'leaf', shape: 0, random: true, type: { at: 3, otherwise: 'float32' } },

  variable: { is: 'variable', initial: 0, trainable: 1 },
  stopGradient: { is: 'stop', at: 0 },
  customGrad: { is: 'custom-gradient' },
  keep: { is: 'identity', at: 0 },
  tidy: { is: 'region' },
  buffer: { is: 'read', result: 'buffer' },

  GradientTape: { is: 'tape', class: 'GradientTape', variables: 'watchAccessedVariables' },
  variableGrads: { is: 'scope', form: { kind: 'variables', callback: 0, list: 1, result: 'value-and-grads' } },
  grad: { is: 'scope', form: { kind: 'arguments', several: false, result: 'gradients' } },
  grads: { is: 'scope', form: { kind: 'arguments', several: true, result: 'gradients' } },
  valueAndGrad: { is: 'scope', form: { kind: 'arguments', several: false, result: 'value-and-gradients' } },
  valueAndGrads: { is: 'scope', form: { kind: 'arguments', several: true, result: 'value-and-gradients' } },

  'train.sgd': { is: 'instance', class: 'SGDOptimizer' },
  'train.momentum': { is: 'instance', class: 'MomentumOptimizer' },
  'train.adam': { is: 'instance', class: 'AdamOptimizer' },
  'train.adagrad': { is: 'instance', class: 'AdagradOptimizer' },
  'train.rmsprop': { is: 'instance', class: 'RMSPropOptimizer' },
  SGDOptimizer: { is: 'instance', class: 'SGDOptimizer' },
  MomentumOptimizer: { is: 'instance', class: 'MomentumOptimizer' },
  AdamOptimizer: { is: 'instance', class: 'AdamOptimizer' },
  AdagradOptimizer: { is: 'instance', class: 'AdagradOptimizer' },
  RMSPropOptimizer: { is: 'instance', class: 'RMSPropOptimizer' },

  dispose: { is: 'ignored', disposes: 'given' },
  disposeVariables: { is: 'ignored' },
  explanationText: { is: 'metadata' },
};

const tape: ClassMeaning = {
  instance: 'plain',
  members: {
    watch: { is: 'watch', at: 0 },
    record: { is: 'record', at: 0 },
    stopRecording: { is: 'record', at: 0, off: true },
    gradient: { is: 'gradient', target: 0, sources: 1, cotangent: 2 },
    explain: { is: 'metadata' },
  },
};

const optimizer: ClassMeaning = {
  instance: 'plain',
  members: {
    minimize: { is: 'scope', form: { kind: 'variables', callback: 0, list: 2, result: 'cost' } },
    computeGradients: { is: 'scope', form: { kind: 'variables', callback: 0, list: 1, result: 'value-and-grads' } },
    applyGradients: { is: 'apply-gradients' },
    dispose: { is: 'ignored' },
    iterations: { is: 'metadata' },
  },
};


const tensor: ClassMeaning = {
  instance: 'tensor',
  members: {
    data: { is: 'read', result: 'promise', flat: true },
    dataSync: { is: 'read', result: 'host', flat: true },
    array: { is: 'read', result: 'promise' },
    arraySync: { is: 'read', result: 'host' },
    buffer: { is: 'read', result: 'promised-buffer' },
    bufferSync: { is: 'read', result: 'buffer' },
    variable: { is: 'variable', initial: -1, trainable: 0 },
    toString: { is: 'metadata' as const },
    describe: { is: 'metadata' },
    print: { is: 'ignored' },
    dispose: { is: 'ignored', disposes: 'given' },
    throwIfDisposed: { is: 'ignored' },
    shape: { is: 'metadata', of: 'shape' },
    size: { is: 'metadata', of: 'size' },
    rank: { is: 'metadata', of: 'rank' },
    dtype: { is: 'metadata', of: 'type' },
    id: { is: 'metadata' },
    name: { is: 'metadata' },
    strides: { is: 'metadata' },
    isDisposed: { is: 'metadata' },
    kept: { is: 'metadata' },
    origin: { is: 'metadata' },
  },
};

const classes: Readonly<Record<string, ClassMeaning>> = {
  Tensor: tensor,
  Variable: { base: 'Tensor', instance: 'variable', members: { assign: { is: 'update' }, trainable: { is: 'metadata' } } },
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
    },
  },
  GradientTape: tape,
  Optimizer: optimizer,
  SGDOptimizer: { base: 'Optimizer', instance: 'plain', members: { setLearningRate: { is: 'ignored' } } },
  MomentumOptimizer: { base: 'SGDOptimizer', instance: 'plain', members: {} },
  AdamOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  AdagradOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
  RMSPropOptimizer: { base: 'Optimizer', instance: 'plain', members: {} },
};

export const autodiff: Library = {
  name: 'autodiff',
  title: 'the autodiff core',
  packages: new Set(['eslint-plugin-tensor']),
  part: { specifier: 'eslint-plugin-tensor/autodiff', paths: /^(?:(?:dist\/)?src\/)?autodiff(?:\/|$)/ },
  members,
  families: {},
  classes,
  operations,
  methods,
  methodOperations,
  trainable: 'trainable',
  layers: undefined,
  contracts: undefined,
  resultTypes: {},
  precision: double,
  formulas: {},
  higherOrder: {},
  underivable: {},
  exceptions: grouped(exceptions, ({ operation }) => operation),
  usage,
  indexed: ['oneHot'],
  shapeOnly: ['zerosLike', 'onesLike'],
  absent: ['stop_gradient', 'noGrad', 'no_grad', 'detach', 'gradients', 'function'],
  scopeWords: ['gradient', 'minimize', 'computeGradients', 'variableGrads', 'grad', 'grads', 'valueAndGrad', 'valueAndGrads', 'customGrad', 'customGradient'],
  nestedScopes: 'own tapes',
  errors: {
    variables: '"Cannot find a connection between any variable and the result of the loss function"',
    noVariable: '"variableGrads() expects at least one of the input variables to be trainable"',
    // Every operation of the core has a derivative.
    noDerivative: '',
    customGradient: '"The function f passed in customGrad(f) must return an object where `obj.gradFunc` is a function that returns the same number of tensors as inputs passed to f(...)"',
    notFunction: { variables: '"The f passed in variableGrads(f) must be a function"', arguments: '"The f passed in …(f) must be a function"' },
    noTensor: '"The result y returned by f() must be a tensor"',
    operand: `"Argument '{operand}' passed to '{operation}' must be a Tensor or TensorLike"`,
    noScalar: '"The f passed in variableGrads(f) must return a scalar"',
    list: '"The varList passed in variableGrads(f, varList) must be an array of variables"',
    arguments: '"Cannot compute gradient of y=f(x) with respect to x"',
  },
};
