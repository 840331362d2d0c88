/** The core's exports that are no operations, by what they are, so that no export is forgotten. */
const others: Readonly<Record<string, readonly string[]>> = {
  'makes a tensor of numbers, or a buffer of them': [
    'buffer', 'constant', 'eye', 'fill', 'linspace', 'ones', 'randomNormal', 'randomUniform', 'range', 'scalar', 'tensor', 'tensor1d',
    'tensor2d', 'tensor3d', 'tensor4d', 'truncatedNormal', 'zeros',
  ],
  'makes a variable': ['variable'],
  'stops the gradient': ['stopGradient'],
  'differentiates, or defines a derivative': ['customGrad', 'grad', 'grads', 'gradientCheck', 'valueAndGrad', 'valueAndGrads', 'variableGrads'],
  'gives back what its callback or argument is': ['keep', 'tidy'],
  'makes an optimizer': ['train.adagrad', 'train.adam', 'train.momentum', 'train.rmsprop', 'train.sgd'],
  'a class': [
    'AdagradOptimizer', 'AdamOptimizer', 'GradientTape', 'MomentumOptimizer', 'Optimizer', 'RMSPropOptimizer', 'SGDOptimizer', 'Tensor',
    'TensorBuffer', 'TensorError', 'Variable',
  ],
  'makes no tensor': ['dispose', 'disposeVariables', 'explanationText', 'observeGradients'],
};

export const otherNames: readonly string[] = Object.values(others).flat();

/** Classes that a program does not make instances of, or whose instances are no matter of gradients. */
export const unmade: readonly string[] = ['Optimizer', 'Tensor', 'TensorBuffer', 'TensorError', 'Variable'];

/** Exports that are data. */
export const data: readonly string[] = ['Reduction', 'causes', 'losses', 'train'];
