import { floats, type Api, type Case, type Tensor } from './case.ts';

const transposes = [[false, false], [true, false], [false, true], [true, true]] as const;

const side = (rows: number, columns: number, transposed: boolean): number[] => (transposed ? [columns, rows] : [rows, columns]);

const image = [2, 4, 5, 2] as const;

type Pool = (tf: Api, x: Tensor) => Tensor;

const pools: readonly { note: string; size: number | [number, number]; strides: number | [number, number]; pad: 'same' | 'valid' | number; rounding?: 'floor' }[] = [
  { note: 'valid', size: 2, strides: 2, pad: 'valid' },
  { note: 'overlapping', size: [2, 3], strides: 1, pad: 'valid' },
  { note: 'same', size: 3, strides: [2, 1], pad: 'same' },
  { note: 'number', size: 2, strides: 2, pad: 1, rounding: 'floor' },
];

export const products: readonly Case[] = [
  ...transposes.map(([transposeA, transposeB]): Case => ({
    operation: 'matMul', note: `transpose ${transposeA} ${transposeB}`, inputs: [floats(side(2, 3, transposeA)), floats(side(3, 4, transposeB))],
    run: (tf, a, b) => tf.matMul(a, b, transposeA, transposeB),
  })),
  ...transposes.map(([transposeA, transposeB]): Case => ({
    operation: 'matMul', note: `batch ${transposeA} ${transposeB}`, inputs: [floats([2, ...side(2, 3, transposeA)]), floats([2, ...side(3, 2, transposeB)])],
    run: (tf, a, b) => a.matMul(b, transposeA, transposeB),
  })),
  { operation: 'matMul', note: 'batch broadcast', inputs: [floats([2, 1, 2, 3]), floats([1, 3, 3, 2])], run: (tf, a, b) => tf.matMul(a, b), departs: { value: 'matmul-batch-value', 0: 'matmul-batch', 1: 'matmul-batch' } },
  { operation: 'matMul', note: 'matrix and batch', inputs: [floats([2, 2, 3]), floats([3, 2])], run: (tf, a, b) => tf.matMul(a, b), departs: { 1: 'matmul-batch' } },
  { operation: 'dot', note: 'vectors', inputs: [floats([3]), floats([3])], run: (tf, a, b) => tf.dot(a, b) },
  { operation: 'dot', note: 'matrix and vector', inputs: [floats([2, 3]), floats([3])], run: (tf, a, b) => a.dot(b) },
  { operation: 'dot', note: 'vector and matrix', inputs: [floats([3]), floats([3, 2])], run: (tf, a, b) => tf.dot(a, b) },
  { operation: 'dot', note: 'matrices', inputs: [floats([2, 3]), floats([3, 2])], run: (tf, a, b) => tf.dot(a, b) },
  { operation: 'outerProduct', note: '', inputs: [floats([2]), floats([3])], run: (tf, a, b) => tf.outerProduct(a, b) },

  { operation: 'conv2d', note: 'valid', inputs: [floats(image), floats([2, 2, 2, 3])], run: (tf, x, w) => tf.conv2d(x, w, 1, 'valid') },
  { operation: 'conv2d', note: 'same', inputs: [floats(image), floats([3, 2, 2, 2])], run: (tf, x, w) => tf.conv2d(x, w, [2, 1], 'same') },
  { operation: 'conv2d', note: 'number', inputs: [floats(image), floats([3, 3, 2, 1])], run: (tf, x, w) => x.conv2d(w, 1, 1) },
  { operation: 'conv2d', note: 'explicit padding', inputs: [floats(image), floats([2, 3, 2, 1])], run: (tf, x, w) => x.conv2d(w, 1, [[0, 0], [1, 0], [2, 1], [0, 0]]) },
  { operation: 'conv2d', note: 'rounding', inputs: [floats(image), floats([2, 2, 2, 1])], run: (tf, x, w) => tf.conv2d(x, w, 2, 1, 'NHWC', [1, 1], 'floor') },
  { operation: 'conv2d', note: 'no batch', inputs: [floats([3, 3, 1]), floats([2, 2, 1, 2])], run: (tf, x, w) => tf.conv2d(x, w, 1, 'same') },
  { operation: 'conv2d', note: 'dilated', inputs: [floats([1, 5, 5, 1]), floats([2, 2, 1, 2])], run: (tf, x, w) => tf.conv2d(x, w, 1, 'valid', 'NHWC', 2), departs: { 0: 'dilated-conv2d', 1: 'dilated-conv2d' } },
  { operation: 'conv2dTranspose', note: 'valid', inputs: [floats([1, 3, 3, 2]), floats([2, 2, 1, 2])], run: (tf, x, w) => tf.conv2dTranspose(x, w, [1, 4, 4, 1], 1, 'valid') },
  { operation: 'conv2dTranspose', note: 'strides', inputs: [floats([2, 2, 3, 2]), floats([3, 3, 3, 2])], run: (tf, x, w) => x.conv2dTranspose(w, [2, 4, 6, 3], 2, 'same') },
  { operation: 'depthwiseConv2d', note: 'valid', inputs: [floats(image), floats([2, 2, 2, 2])], run: (tf, x, w) => tf.depthwiseConv2d(x, w, 1, 'valid') },
  { operation: 'depthwiseConv2d', note: 'same', inputs: [floats(image), floats([3, 3, 2, 1])], run: (tf, x, w) => x.depthwiseConv2d(w, 2, 'same') },
  ...(['maxPool', 'avgPool'] as const).flatMap((operation): Case[] => {
    const run = (size: number | [number, number], strides: number | [number, number], pad: 'same' | 'valid' | number, rounding?: 'floor'): Pool =>
      (tf, x) => tf[operation](x, size, strides, pad, rounding);
    return [
      ...pools.map(({ note, size, strides, pad, rounding }): Case => ({ operation, note, inputs: [floats(image)], run: run(size, strides, pad, rounding), ...(operation === 'avgPool' && (pad === 'same' || pad === 1) ? { departs: { 0: 'avg-pool' } } : {}) })),
      { operation, note: 'no batch', inputs: [floats([3, 4, 2])], run: run(2, 1, 'valid') },
    ];
  }),
];
