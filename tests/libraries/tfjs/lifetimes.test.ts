/** Calls that dispose, keep or hold tensors, as the tables say, and as TF.js does. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';

import { tfjs } from '../../../src/libraries/tfjs/index.ts';
import type { Meaning, MeaningTable } from '../../../src/libraries/meaning.ts';

/** What is there before a call and has to be disposed by it: each makes as many tensors as it says. */
const owners: Readonly<Record<string, () => { readonly owner: object; readonly tensors: number }>> = {
  Tensor: () => ({ owner: tf.tensor1d([1]), tensors: 1 }),
  Optimizer: () => {
    const w = tf.variable(tf.scalar(1));
    const before = tf.memory().numTensors;
    const owner = tf.train.rmsprop(0.1);
    owner.minimize(() => w.square().asScalar(), false, [w]);
    return { owner, tensors: tf.memory().numTensors - before };
  },
  Layer: () => {
    const owner = tf.layers.dense({ units: 1, inputShape: [2] });
    tf.sequential({ layers: [owner] });
    return { owner, tensors: 2 };
  },
};

const named = (table: MeaningTable, holds: (meaning: Meaning) => boolean): readonly string[] => Object.entries(table).filter(([, meaning]) => holds(meaning)).map(([name]) => name);
const disposes = (meaning: Meaning): boolean => meaning.is === 'ignored' && meaning.disposes === 'given';

describe('how long tensors live', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it.each(Object.entries(owners))('%s: the methods that dispose it', (name, make) => {
    const found = named(tfjs.classes[name]!.members, disposes);
    expect(found).toEqual(['dispose']);
    const { owner, tensors } = make();
    const before = tf.memory().numTensors;
    (owner as { dispose(): void }).dispose();
    expect(before - tf.memory().numTensors).toBe(tensors);
  });

  it('the functions that dispose', () => {
    expect(named(tfjs.members, disposes)).toEqual(['dispose']);
    const x = tf.scalar(1);
    tf.dispose({ deep: [x] });
    expect(x.isDisposed).toBe(true);
    expect(named(tfjs.members, (meaning) => meaning.is === 'ignored' && meaning.disposes === 'variables')).toEqual(['disposeVariables']);
    tf.variable(tf.scalar(1));
    const before = tf.memory().numTensors;
    tf.disposeVariables();
    expect(tf.memory().numTensors).toBeLessThan(before);
  });

  it('what a region disposes, and what it is kept from', () => {
    expect(named(tfjs.members, (meaning) => meaning.is === 'region' && meaning.disposes === true)).toEqual(['tidy']);
    expect(named(tfjs.members, (meaning) => meaning.is === 'identity' && meaning.keeps === true)).toEqual(['keep']);
    const made: tf.Tensor[] = [];
    const given = tf.tidy(() => {
      made.push(tf.scalar(1), tf.keep(tf.scalar(2)), tf.variable(tf.scalar(3)));
      return tf.scalar(4);
    });
    expect([...made, given].map(({ isDisposed }) => isDisposed)).toEqual([true, false, false, false]);
    tf.dispose([...made, given]);
  });

  it('what a scope holds, and gives', () => {
    const w = tf.variable(tf.scalar(3));
    const optimizer = tf.train.sgd(0.1);
    const before = tf.memory().numTensors;
    optimizer.minimize(() => w.square().mul(2).asScalar(), false, [w]);
    expect(tf.memory().numTensors - before).toBe(0);
    tf.dispose(optimizer.minimize(() => w.square().mul(2).asScalar(), true, [w])!);
    expect(tf.memory().numTensors - before).toBe(0);
    tf.tidy(() => { optimizer.minimize(() => w.square().asScalar(), true, [w]); });
    expect(tf.memory().numTensors - before).toBe(0);
  });
});
