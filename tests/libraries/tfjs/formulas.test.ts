/** The formulas of TF.js's losses and metrics against the installed version. */
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Argument } from '../../../src/calculus/numbers/argument.ts';
import { elementFacts } from '../../../src/calculus/numbers/facts.ts';
import { type Formula, evaluate } from '../../../src/calculus/numbers/formula.ts';
import { exactly } from '../../../src/calculus/numbers/interval.ts';
import { single } from '../../../src/calculus/numbers/precision.ts';
import { formulas } from '../../../src/libraries/tfjs/formulas.ts';

type Operation = (...args: unknown[]) => tf.Tensor;

function exported(path: string): Operation {
  return path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], tf) as Operation;
}

/** A formula, executed on TF.js. */
function executed(formula: Formula, args: readonly tf.Tensor[]): tf.Tensor {
  const run = (part: Formula): unknown => {
    if ('argument' in part) return args[part.argument];
    if ('constant' in part) return part.constant;
    return exported(part.operation)(...part.of.map(run));
  };
  return run(formula) as tf.Tensor;
}

/** Rows of labels and predictions, among them those that are clipped on either side and those that just are not. */
const cell = fc.oneof(fc.constantFrom(0, 1, 0.5, 1e-7, 2e-7, 1 - 1e-7, 1 - 2e-7, 1.5, 0.9999), fc.double({ min: 0.001, max: 2, noNaN: true }));
const label = fc.constantFrom(0, 1, 0.25);
/** Not so near a limit of the clip that rounding decides the gradient. */
const clear = fc.oneof(fc.constantFrom(0, 1, 0.5, 1.5), fc.double({ min: 0.01, max: 0.99, noNaN: true }));
const rowsOf = (prediction: fc.Arbitrary<number>): fc.Arbitrary<(readonly [number, number])[][]> => fc.integer({ min: 1, max: 3 }).chain((columns) => fc.array(fc.array(fc.tuple(label, prediction), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 3 }));

function sides(table: readonly (readonly (readonly [number, number])[])[]): readonly [tf.Tensor, tf.Tensor] {
  return [tf.tensor2d(table.map((row) => row.map(([truth]) => truth))), tf.tensor2d(table.map((row) => row.map(([, prediction]) => prediction)))];
}

const known = (tensor: tf.Tensor): Argument => ({ kind: 'tensor', facts: elementFacts(Array.from(tensor.dataSync(), exactly), tensor.shape, 'float32') });

const seen = (tensor: tf.Tensor): readonly number[] => Array.from(tensor.dataSync());

function close(actual: readonly number[], wanted: readonly number[]): void {
  expect(actual.length).toBe(wanted.length);
  for (const [index, value] of actual.entries()) {
    const other = wanted[index]!;
    if (Number.isNaN(value) && Number.isNaN(other)) continue;
    expect(Math.abs(value - other) <= 1e-3 * Math.max(1, Math.abs(other)) || value === other, `${value} for ${other}`).toBe(true);
  }
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.each(Object.entries(formulas))('%s', (path, row) => {
  const installed = exported(path);
  const gradients = (f: Operation, inputs: readonly tf.Tensor[]): readonly tf.Tensor[] => tf.grads((...args: tf.Tensor[]) => f(...args).sum())([...inputs]);

  test('takes as many parameters', () => {
    expect(row.parameters).toBe(2);
  });

  test('computes what the formula says, and has its gradients', () => {
    fc.assert(fc.property(rowsOf(clear), (table) => {
      tf.tidy(() => {
        const inputs = sides(table);
        close(seen(installed(...inputs)), seen(executed(row.result, inputs)));
        const [ours, theirs] = [gradients((...args) => executed(row.result, args as tf.Tensor[]), inputs), gradients(installed, inputs)];
        for (const [index, gradient] of theirs.entries()) close(seen(ours[index]!), seen(gradient));
      });
    }), { numRuns: 300, seed: 1 });
  });

  test('gives zeros to an operand that is said to be flat, and a result in the range', () => {
    let flats = 0;
    fc.assert(fc.property(rowsOf(cell), (table) => {
      tf.tidy(() => {
        const inputs = sides(table);
        const { facts, flat } = evaluate(single, row, inputs.map(known));
        const result = installed(...inputs);
        for (const value of seen(result)) expect(Number.isNaN(value) || (value >= facts.range.low && value <= facts.range.high), `${value} in ${JSON.stringify(facts.range)}`).toBe(true);
        const found = gradients(installed, inputs);
        for (const operand of flat.keys()) {
          flats++;
          // Of what is not a number, as 0 / 0 is, nothing is said.
          expect(seen(found[operand]!).filter((value) => value !== 0 && !Number.isNaN(value))).toEqual([]);
        }
      });
    }), { numRuns: 1500, seed: 2 });
    expect(flats).toBeGreaterThan(20);
  });
});
