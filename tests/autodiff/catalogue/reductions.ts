import { booleans, floats, given, integers, positives, type Api, type Case, type Tensor } from './case.ts';

type Reduce = (x: Tensor, axis?: number | number[], keepDims?: boolean) => Tensor;
const reduce = (tf: Api, name: string): Reduce => (tf as unknown as Record<string, Reduce>)[name]!;

const ARGUMENTS: readonly { note: string; shape: readonly number[]; axis?: number | number[]; keepDims?: boolean }[] = [
  { note: 'all', shape: [2, 3] },
  { note: 'scalar', shape: [] },
  { note: 'axis 0', shape: [2, 3], axis: 0 },
  { note: 'axis 1 kept', shape: [2, 3], axis: 1, keepDims: true },
  { note: 'last axis', shape: [2, 2, 3], axis: -1 },
  { note: 'two axes', shape: [2, 3, 2], axis: [0, 2] },
  { note: 'two axes kept', shape: [2, 3, 2], axis: [1, 2], keepDims: true },
  { note: 'a unit axis between', shape: [2, 1, 3], axis: [0, 2] },
  { note: 'a unit axis', shape: [2, 1, 3], axis: 1 },
  { note: 'a long axis and a unit axis', shape: [1, 3, 2], axis: [0, 2] },
  { note: 'seven', shape: [7], axis: 0 },
  { note: 'no results', shape: [0, 2], axis: 1 },
];

const over = (operation: string, departs: (axis: number | number[] | undefined) => string | undefined = () => undefined): Case[] =>
  ARGUMENTS.map(({ note, shape, axis, keepDims }): Case => {
    const row = departs(axis);
    return {
      operation, note, inputs: [floats(shape)], run: (tf, x) => reduce(tf, operation)(x, axis, keepDims),
      ...(row === undefined ? {} : { departs: { 0: row } }),
    };
  });

export const reductions: readonly Case[] = [
  ...['sum', 'mean', 'max', 'min', 'logSumExp'].flatMap((operation) => over(operation)),
  ...over('prod', (axis) => (axis === -1 ? 'prod-axis' : undefined)),
  { operation: 'sum', note: 'int', inputs: [integers([1, 2, 3])], run: (tf, x) => tf.sum(x) },
  { operation: 'sum', note: 'bool counts', inputs: [booleans([1, 0, 1])], run: (tf, x) => tf.sum(x) },
  { operation: 'mean', note: 'int', inputs: [integers([1, 2, 4])], run: (tf, x) => tf.mean(x) },
  { operation: 'max', note: 'int', inputs: [integers([1, 5, 3])], run: (tf, x) => tf.max(x) },
  { operation: 'prod', note: 'one zero', inputs: [given([2, 0, 3])], run: (tf, x) => tf.prod(x) },
  { operation: 'prod', note: 'two zeros', inputs: [given([0, 2, 0, 3])], run: (tf, x) => tf.prod(x) },
  { operation: 'prod', note: 'zeros in rows of five', inputs: [given([1, 2, 0, 3, 4, 0, 2, 3, 0, 1], [2, 5])], run: (tf, x) => tf.prod(x, 1) },
  { operation: 'prod', note: 'of no elements', inputs: [floats([0])], run: (tf, x) => tf.prod(x) },
  { operation: 'prod', note: 'of no elements, along an axis', inputs: [floats([0, 2])], run: (tf, x) => tf.prod(x, 0) },
  { operation: 'sum', note: 'of no elements', inputs: [floats([2, 0])], run: (tf, x) => tf.sum(x, 1) },
  ...['max', 'min'].flatMap((operation): Case[] => [
    { operation, note: 'bool', inputs: [booleans([1, 0, 1, 1], [2, 2])], run: (tf, x) => reduce(tf, operation)(x, 0) },
  ]),
  ...['all', 'any'].flatMap((operation): Case[] => [
    { operation, note: '', inputs: [booleans([1, 0, 1])], run: (tf, x) => reduce(tf, operation)(x) },
    { operation, note: 'axis', inputs: [booleans([1, 0, 1, 1], [2, 2])], run: (tf, x) => reduce(tf, operation)(x, 1) },
  ]),
  ...['argMax', 'argMin'].flatMap((operation): Case[] => [
    { operation, note: '', inputs: [floats([5])], run: (tf, x) => reduce(tf, operation)(x) },
    { operation, note: 'axis 0', inputs: [floats([3, 2])], run: (tf, x) => reduce(tf, operation)(x, 0) },
    { operation, note: 'last axis', inputs: [floats([2, 3, 4])], run: (tf, x) => reduce(tf, operation)(x, -1) },
    { operation, note: 'ties', inputs: [integers([2, 1, 2, 1])], run: (tf, x) => reduce(tf, operation)(x) },
  ]),
  { operation: 'cumsum', note: '', inputs: [floats([4])], run: (tf, x) => tf.cumsum(x) },
  { operation: 'cumsum', note: 'exclusive, from the end', inputs: [floats([4])], run: (tf, x) => tf.cumsum(x, 0, true, true) },
  { operation: 'cumsum', note: 'axis 1', inputs: [floats([2, 3])], run: (tf, x) => x.cumsum(1, true) },
  { operation: 'cumsum', note: 'axis 0 of 2', inputs: [floats([2, 3])], run: (tf, x) => x.cumsum(0), departs: { 0: 'cumsum' } },
  { operation: 'norm', note: 'euclidean', inputs: [floats([2, 3])], run: (tf, x) => tf.norm(x) },
  { operation: 'norm', note: '1', inputs: [floats([5])], run: (tf, x) => tf.norm(x, 1) },
  { operation: 'norm', note: 'infinity', inputs: [floats([5])], run: (tf, x) => tf.norm(x, Infinity) },
  { operation: 'norm', note: 'minus infinity', inputs: [floats([5])], run: (tf, x) => tf.norm(x, -Infinity) },
  { operation: 'norm', note: 'axis kept', inputs: [floats([2, 3])], run: (tf, x) => tf.norm(x, 2, 1, true) },
  { operation: 'norm', note: 'fro', inputs: [floats([2, 3, 2])], run: (tf, x) => tf.norm(x, 'fro', [0, 1]) },
  { operation: 'norm', note: 'matrix 1', inputs: [floats([2, 3])], run: (tf, x) => tf.norm(x, 1, [0, 1]) },
  { operation: 'moments', note: 'mean', inputs: [floats([2, 3])], run: (tf, x) => tf.moments(x, 0).mean },
  { operation: 'moments', note: 'variance', inputs: [floats([2, 3])], run: (tf, x) => tf.moments(x, [1], true).variance },
  {
    operation: 'batchNorm', note: '', inputs: [floats([2, 3]), floats([3]), positives([3]), floats([3]), positives([3])],
    run: (tf, x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale),
  },
  {
    operation: 'batchNorm', note: 'image', inputs: [floats([1, 2, 2, 3]), floats([3]), positives([3]), floats([3]), positives([3])],
    run: (tf, x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale, 0.01),
  },
  { operation: 'softmax', note: '', inputs: [floats([5])], run: (tf, x) => tf.softmax(x) },
  { operation: 'softmax', note: 'rows', inputs: [floats([2, 3])], run: (tf, x) => x.softmax() },
  { operation: 'logSoftmax', note: '', inputs: [floats([5])], run: (tf, x) => tf.logSoftmax(x) },
  { operation: 'logSoftmax', note: 'rows', inputs: [floats([2, 3])], run: (tf, x) => x.logSoftmax() },
  { operation: 'dropout', note: 'rate 0', inputs: [floats([4])], run: (tf, x) => tf.dropout(x, 0) },
];
