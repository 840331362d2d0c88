/** Every operation, by kind. */
export { elu, leakyRelu, logSoftmax, prelu, relu, relu6, selu, softmax } from './activation.ts';
export { add, addN, atan2, div, divNoNan, floorDiv, maximum, minimum, mod, mul, neg, squaredDifference, sub } from './arithmetic.ts';
export { equal, greater, greaterEqual, isFinite, isInf, isNaN, less, lessEqual, notEqual } from './comparison.ts';
export { conv2d, conv2dTranspose, depthwiseConv2d } from './convolution.ts';
export { abs, erf, exp, expm1, log, log1p, logSigmoid, pow, reciprocal, rsqrt, sigmoid, softplus, sqrt, square } from './exponential.ts';
export { gather, oneHot, pad, slice, unsortedSegmentSum } from './indexing.ts';
export { concat, split, stack, unstack } from './joining.ts';
export { broadcastTo, cast, clone, expandDims, reshape, reverse, squeeze, stopGradient, tile, transpose } from './layout.ts';
export { logicalAnd, logicalNot, logicalOr, logicalXor } from './logic.ts';
export { avgPool, maxPool } from './pooling.ts';
export { dot, matMul, outerProduct } from './products.ts';
export { all, any, argMax, argMin, cumsum, logSumExp, max, mean, min, prod, sum } from './reduction.ts';
export { ceil, floor, onesLike, round, sign, step, zerosLike } from './rounding.ts';
export { clipByValue, where } from './selection.ts';
export { batchNorm, dropout, moments, norm } from './statistics.ts';
export { acos, acosh, asin, asinh, atan, atanh, cos, cosh, sin, sinh, tan, tanh } from './trigonometric.ts';
export { Reduction } from './losses.ts';

import * as every from './losses.ts';

const { Reduction: _reduction, ...lossFunctions } = every;

/** Losses: labels first, then predictions. */
export const losses = lossFunctions;
