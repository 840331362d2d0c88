import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

import { tfjs } from '../../../src/libraries/tfjs/index.ts';

/** What TF.js exports under a path, such as `train.adam`. */
function exported(path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], tf);
}

describe('the meaning of TF.js speaks of what TF.js has', () => {
  test.each(Object.keys(tfjs.members))('%s is exported', (path) => {
    expect(typeof exported(path)).toBe('function');
  });

  test.each(Object.keys(tfjs.families))('%s is a namespace', (path) => {
    expect(typeof exported(path)).toBe('object');
  });

  test.each([...tfjs.absent])('there is no tf.%s', (path) => {
    expect(exported(path)).toBeUndefined();
  });

  const tensors = Object.entries(tfjs.classes).filter(([, { instance }]) => instance === 'tensor' || instance === 'variable');
  test.each(tensors.flatMap(([name, { members }]) => Object.keys(members).map((member) => [name, member] as const)))('%s has %s', (name, member) => {
    const instance = name === 'Variable' ? tf.variable(tf.scalar(1)) : tf.scalar(1);
    expect(member in instance || member === 'isDisposed').toBe(true);
  });

  test('a model and a layer have the members that are described', () => {
    const layer = tf.layers.dense({ units: 1, inputShape: [1] });
    const model = tf.sequential({ layers: [layer] });
    // `history` is there once a model has been fitted.
    const missing = (instance: object, of: string): string[] => Object.keys(tfjs.classes[of]?.members ?? {}).filter((member) => !(member in instance) && member !== 'history');
    expect({ model: missing(model, 'LayersModel'), sequential: missing(model, 'Sequential') }).toEqual({ model: [], sequential: [] });
    expect(missing(layer, 'Layer').filter((member) => !['outputShape', 'inputSpec', 'kernel', 'bias'].includes(member))).toEqual([]);
  });
});
