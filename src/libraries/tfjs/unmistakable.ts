/**
 * Methods of tensors by which a value of which nothing is known shows that it is one: nothing that people use beside
 * TensorFlow.js has them. All of them let the gradient through, or read. What vectors, collections, numbers or
 * assertions have as well (`add`, `slice`, `round`, `equal`) is not here.
 */
export const unmistakable: ReadonlySet<string> = new Set([
  'matMul', 'reshape', 'reshapeAs', 'transpose', 'expandDims', 'squeeze', 'asScalar', 'as1D', 'as2D', 'as3D', 'as4D', 'as5D', 'asType', 'toFloat',
  'square', 'squaredDifference', 'neg', 'rsqrt', 'reciprocal', 'expm1', 'log1p', 'logSumExp', 'divNoNan', 'clipByValue',
  'softmax', 'logSoftmax', 'logSigmoid', 'softplus', 'sigmoid', 'relu', 'relu6', 'leakyRelu', 'elu', 'selu', 'prelu', 'tanh', 'erf',
  'conv1d', 'conv2d', 'conv2dTranspose', 'depthwiseConv2d', 'separableConv2d', 'avgPool', 'maxPool', 'batchNorm', 'localResponseNormalization',
  'resizeBilinear', 'resizeNearestNeighbor', 'mirrorPad', 'broadcastTo', 'cumsum', 'unstack', 'stridedSlice', 'euclideanNorm', 'unsortedSegmentSum',
  'dataSync', 'arraySync', 'bufferSync',
]);

/** Methods that other things have, too: with a tensor for an operand it is one of a tensor, or the tensor is in the hands of others. */
export const shared: ReadonlySet<string> = new Set([
  'add', 'sub', 'mul', 'div', 'dot', 'pow', 'maximum', 'minimum', 'mod', 'concat', 'stack', 'mean', 'sum',
]);
