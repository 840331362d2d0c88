/** Where operations of the installed TF.js give no number: the table against measurements. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

import { undefinedAt } from '../../../src/calculus/numbers/not-a-number.ts';
import { exactly } from '../../../src/calculus/numbers/interval.ts';

type Operation = (...operands: readonly tf.Tensor[]) => tf.Tensor;

const operations: Readonly<Record<string, Operation>> = {
  div: (a, b) => tf.div(a, b), log: (x) => tf.log(x), log1p: (x) => tf.log1p(x), sqrt: (x) => tf.sqrt(x), rsqrt: (x) => tf.rsqrt(x),
  acosh: (x) => tf.acosh(x), acos: (x) => tf.acos(x), asin: (x) => tf.asin(x), atanh: (x) => tf.atanh(x),
};

const numbers = [-3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3];

describe('no number', () => {
  test.each(Object.entries(undefinedAt))('%s', (name, { operands, at }) => {
    const operation = operations[name]!;
    const rows = operands === 1 ? numbers.map((x) => [x]) : numbers.flatMap((x) => numbers.map((y) => [x, y]));
    for (const row of rows) {
      const isNone = Number.isNaN(operation(...row.map((x) => tf.tensor1d([x]))).dataSync()[0]);
      expect([row, at(...row.map(exactly))]).toEqual([row, isNone]);
    }
  });

  test('what is NaN itself', () => {
    for (const other of [0, 1]) expect(tf.div(tf.tensor1d([NaN]), other).dataSync()[0]).toBeNaN();
  });

  test('integers are divided without a fraction', () => {
    expect(tf.div(tf.tensor1d([0], 'int32'), tf.tensor1d([0], 'int32')).dataSync()[0]).toBe(0);
  });
});
