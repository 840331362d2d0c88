/** By which names the installed TF.js knows losses, optimizers and metrics: the table against what `compile` says. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

import { layers } from '../../../src/libraries/tfjs/layers.ts';

const { names } = layers.compiling;
const require = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs'));

function compile(config: object): void {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ loss: 'meanSquaredError', optimizer: 'sgd', ...config });
}

describe.each(Object.entries(names))('%s', (kind, { known, error }) => {
  const given = (name: string): object => ({ [kind]: kind === 'metrics' ? [name] : name });

  test.each([...known])('%s', (name) => {
    expect(() => { compile(given(name)); }).not.toThrow(error);
  });

  test.each(['mean', 'CrossEntropy', 'momentum', 'rmse'])('not %s', (name) => {
    expect(() => { compile(given(name)); }).toThrow(`${error} ${name}`);
  });
});

/** The names in a table of the installed sources, which no other module can import. */
function namesIn(file: string, table: string): readonly string[] {
  const source = readFileSync(path.join(path.dirname(require.resolve('@tensorflow/tfjs-layers')), file), 'utf8');
  return [...new RegExp(`${table} = \\{([^}]*)\\}`, 'u').exec(source)![1]!.matchAll(/\w+/gu)].map(([name]) => name);
}

test('no loss or metric is missing', () => {
  const [losses, metrics] = [namesIn('losses.js', 'lossesMap'), namesIn('metrics.js', 'metricsMap')];
  expect([losses.length, metrics.length].every((count) => count > 10)).toBe(true);
  expect(losses.filter((name) => !names.loss.known.has(name))).toEqual([]);
  expect(metrics.filter((name) => !names.metrics.known.has(name))).toEqual([]);
});
