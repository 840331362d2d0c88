/**
 * Calls in which TF.js treats a gradient otherwise than the operation's row says: which condition brings them about
 * is known from TF.js's sources and listed by hand, what happens then is measured.
 */
import * as tf from '@tensorflow/tfjs';
import type { DerivativeException, ExceptionCondition } from '../../../src/libraries/operation.ts';
import { type Sample, leavesOf, of } from '../measure/sample.ts';
import { measure } from './measure.ts';
import { convolution } from './samples.ts';

export interface ExceptionSample {
  readonly operation: string;
  readonly operands: readonly string[];
  readonly condition: ExceptionCondition;
  readonly sample: Sample;
}

/** The exceptions as TF.js shows them. */
export function measureExceptions(): DerivativeException[] {
  return exceptionSamples.flatMap(({ operation, operands, condition, sample }) =>
    operands.map((operand) => ({
      operation,
      operand,
      condition,
      derivative: measure.derivative(operation, measure.exported(operation), sample, operand),
    })),
  );
}

const DILATED = 2;
const above = (at: number): ExceptionCondition => ({ kind: 'above', at, limit: 1 });
const fusedDilated: ExceptionCondition = { kind: 'above', at: 0, field: 'dilations', limit: 1 };
const fusedChannelsFirst: ExceptionCondition = { kind: 'equals', at: 0, field: 'dataFormat', value: 'NCHW' };
const channelsFirst = (): Sample => [of('x', [1, 2, 4, 4]), of('filter', [2, 2, 2, 2])];

const dilated: readonly ExceptionSample[] = [
  {
    operation: 'conv1d',
    operands: ['x', 'filter'],
    condition: above(5),
    sample: [of('x', [1, 5, 2]), of('filter', [2, 2, 2]), 1, 'valid', 'NWC', DILATED],
  },
  ...['conv2d', 'depthwiseConv2d'].map((operation) => ({
    operation,
    operands: ['x', 'filter'],
    condition: above(5),
    sample: [...convolution(), 1, 'valid', 'NHWC', DILATED],
  })),
  {
    operation: 'conv3d',
    operands: ['x', 'filter'],
    condition: above(5),
    sample: [of('x', [1, 3, 3, 3, 1]), of('filter', [2, 2, 2, 1, 1]), 1, 'valid', 'NDHWC', DILATED],
  },
  {
    operation: 'separableConv2d',
    operands: ['x', 'depthwiseFilter'],
    condition: above(5),
    sample: [
      of('x', [1, 3, 3, 2]),
      of('depthwiseFilter', [2, 2, 2, 1]),
      of('pointwiseFilter', [1, 1, 2, 2]),
      1,
      'valid',
      DILATED,
    ],
  },
  ...['fused.conv2d', 'fused.depthwiseConv2d'].map((operation) => {
    const [x, filter] = convolution();
    return {
      operation,
      operands: ['x', 'filter'],
      condition: fusedDilated,
      sample: [{ x, filter, strides: 1, pad: 'valid', dilations: DILATED }],
    };
  }),
];

const layouts: readonly ExceptionSample[] = [
  {
    operation: 'depthwiseConv2d',
    operands: ['x', 'filter'],
    condition: { kind: 'equals', at: 4, value: 'NCHW' },
    sample: [...channelsFirst(), 1, 'valid', 'NCHW'],
  },
  {
    operation: 'fused.conv2d',
    operands: ['x', 'filter'],
    condition: fusedChannelsFirst,
    sample: [{ x: channelsFirst()[0], filter: channelsFirst()[1], strides: 1, pad: 'valid', dataFormat: 'NCHW' }],
  },
];

/** The gradient of batch normalisation forgets that offset and scale are optional. */
const normalisations: readonly ExceptionSample[] = Object.entries({
  batchNorm: [2, 2, 2, 3],
  batchNorm2d: [4, 3],
  batchNorm3d: [2, 2, 3],
  batchNorm4d: [2, 2, 2, 3],
}).flatMap(([operation, shape]) => {
  const three = (): Sample => [of('x', shape), of('mean', [3]), of('variance', [3])];
  return [
    {
      operation,
      operands: ['x', 'mean', 'variance', 'scale'],
      condition: { kind: 'absent', at: 3 } as const,
      sample: [...three(), undefined, of('scale', [3])],
    },
    {
      operation,
      operands: ['x', 'mean', 'variance', 'offset'],
      condition: { kind: 'absent', at: 4 } as const,
      sample: [...three(), of('offset', [3])],
    },
  ];
});

/** The default reduction counts the weights that are not zero. */
const reductions: readonly ExceptionSample[] = (
  [
    ['absoluteDifference', 3, [of('labels'), of('predictions'), of('weights')]],
    ['computeWeightedLoss', 2, [of('losses'), of('weights')]],
    ['cosineDistance', 4, [of('labels'), of('predictions'), 1, of('weights', [2, 1])]],
    ['hingeLoss', 3, [of('labels'), of('predictions'), of('weights')]],
    ['huberLoss', 4, [of('labels'), of('predictions'), of('weights'), undefined]],
    ['logLoss', 4, [of('labels'), of('predictions'), of('weights'), undefined]],
    ['meanSquaredError', 3, [of('labels'), of('predictions'), of('weights')]],
    ['sigmoidCrossEntropy', 4, [of('multiClassLabels'), of('logits'), of('weights'), undefined]],
    ['softmaxCrossEntropy', 4, [of('onehotLabels'), of('logits'), of('weights', [2]), undefined]],
  ] as const
).flatMap(([name, at, sample]) => {
  const exception = { operation: `losses.${name}`, operands: ['weights'] };
  const value = tf.Reduction.SUM_BY_NONZERO_WEIGHTS;
  return [
    { ...exception, condition: { kind: 'absent', at } as const, sample },
    { ...exception, condition: { kind: 'equals', at, value } as const, sample: [...sample, value] },
  ];
});

const onePiece: readonly ExceptionSample[] = (
  [
    ['linalg.bandPart', 'a', [of('a', [3, 3]), 1, 1]],
    ['linalg.gramSchmidt', 'xs', [of('xs', [1, 3])]],
    ['split', 'x', [of('x', [4, 2]), 1]],
    ['unstack', 'x', [of('x', [1, 3])]],
  ] as const
).map(([operation, operand, sample]) => ({ operation, operands: [operand], condition: { kind: 'one piece' }, sample }));

const stretched = [3];

function stretchedEitherWay(operation: string): ExceptionSample[] {
  const condition = { kind: 'broadcast' } as const;
  return [
    { operation, operands: ['a'], condition, sample: [of('a', stretched), of('b')] },
    { operation, operands: ['b'], condition, sample: [of('a'), of('b', stretched)] },
  ];
}

/** Gradients that are not summed back to the shape of an operand that was broadcast. */
const broadcasts: readonly ExceptionSample[] = [
  ...['maximum', 'minimum', 'squaredDifference'].flatMap(stretchedEitherWay),
  {
    operation: 'prelu',
    operands: ['x'],
    condition: { kind: 'broadcast' },
    sample: [of('x', stretched), of('alpha')],
  },
  {
    operation: 'matMul',
    operands: ['a'],
    condition: { kind: 'broadcast' },
    sample: [of('a', [2, 3]), of('b', [2, 3, 2])],
  },
  {
    operation: 'matMul',
    operands: ['b'],
    condition: { kind: 'broadcast' },
    sample: [of('a', [2, 2, 3]), of('b', [3, 2])],
  },
  {
    operation: 'fused.matMul',
    operands: ['a'],
    condition: { kind: 'broadcast' },
    sample: [{ a: of('a', [2, 3]), b: of('b', [2, 3, 2]) }],
  },
  {
    operation: 'fused.matMul',
    operands: ['b'],
    condition: { kind: 'broadcast' },
    sample: [{ a: of('a', [2, 2, 3]), b: of('b', [3, 2]) }],
  },
];

const exceptionSamples: readonly ExceptionSample[] = [
  ...dilated,
  ...layouts,
  ...normalisations,
  ...reductions,
  ...onePiece,
  ...broadcasts,
  // The gradient permutes the axes once more: an error, or for equal extents a wrong gradient.
  { operation: 'cumsum', operands: ['x'], condition: { kind: 'not last axis', at: 1 }, sample: [of('x'), 0] },
  { operation: 'cumsum', operands: ['x'], condition: { kind: 'equals', at: 1, value: -1 }, sample: [of('x'), -1] },
  {
    operation: 'tile',
    operands: ['x'],
    condition: { kind: 'rank outside', from: 1, to: 4 },
    sample: [of('x', [1, 2, 1, 1, 1]), [1, 2, 1, 2, 1]],
  },
  {
    operation: 'tile',
    operands: ['x'],
    condition: { kind: 'rank outside', from: 1, to: 4 },
    sample: [of('x', []), []],
  },
];

/** Sanity of the list itself: every named operand is in its sample. */
export function unknownOperands(): string[] {
  return exceptionSamples.flatMap(({ operation, operands, sample }) => {
    const names = new Set(leavesOf(sample).map((leaf) => leaf.name));
    return operands.filter((operand) => !names.has(operand)).map((operand) => `${operation}(${operand})`);
  });
}
