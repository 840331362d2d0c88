/** How long tensors live: what calls of operations leave in memory, and what they throw for a tensor that has been disposed. */
import * as tf from '@tensorflow/tfjs';
import type { LifetimeTable } from '../../../src/libraries/lifetimes.ts';
import { isPlainObject, leavesOf, type OperandSample } from '../measure/sample.ts';
import { measure } from './measure.ts';
import { methods } from './methods.ts';
import { methodSamples, samples } from './samples.ts';

/** Calls that have nothing to do: an operation might hand its operand on. */
const idleCalls: Readonly<Record<string, () => unknown>> = {
  cast: () => tf.cast(matrix(), 'float32'),
  clipByValue: () => tf.clipByValue(matrix(), -9, 9),
  clone: () => tf.clone(matrix()),
  concat: () => tf.concat([matrix()]),
  addN: () => tf.addN([matrix()]),
  dropout: () => tf.dropout(matrix(), 0),
  expandDims: () => tf.expandDims(matrix()),
  pad: () => tf.pad(matrix(), [[0, 0], [0, 0]]),
  reshape: () => tf.reshape(matrix(), [1, 2]),
  reverse: () => tf.reverse(matrix(), []),
  slice: () => tf.slice(matrix(), [0, 0]),
  squeeze: () => tf.squeeze(matrix()),
  stack: () => tf.stack([matrix()]),
  sum: () => tf.sum(matrix(), []),
  tile: () => tf.tile(matrix(), [1, 1]),
  transpose: () => tf.transpose(matrix(), [0, 1]),
  '.toFloat': () => matrix().toFloat(),
  '.toInt': () => matrix().toInt().toInt(),
  '.asType': () => matrix().asType('float32'),
  '.as2D': () => matrix().as2D(1, 2),
  '.flatten': () => tf.tensor1d([1]).flatten(),
};

const matrix = (): tf.Tensor2D => tf.tensor2d([[1, 2]]);

export function measureLifetimes(): LifetimeTable {
  const [method, operand] = [thrownFor(() => dead().square()), thrownFor(() => tf.square(dead()))];
  if (method === null || operand === null) throw new Error('TF.js computes with a tensor that has been disposed');
  const calls = [
    ...Object.entries(samples).map(([path, sample]) => ({ path, sample, call: measure.exported(path), usual: (): string => operand })),
    // The receiver of a chained method is looked at before the operation is.
    ...Object.entries(methodSamples).map(([name, sample]) => ({ path: `.${name}`, sample, call: methods.unbound(name), usual: (leaf: OperandSample): string => (leaf === sample[0] ? method : operand) })),
  ];
  const unusual = calls.filter(({ sample, call }) => leftBy(() => measure.build(sample), call) !== 0).map(({ path }) => path);
  const handing = Object.entries(idleCalls).filter(([, call]) => !isFresh(call)).map(([path]) => path);
  const otherwise = calls.map(({ path, sample, call, usual }) => [path, Object.fromEntries(leavesOf(sample)
    .map((leaf) => [leaf.name, thrownFor(() => call(...withDead(sample, leaf))), usual(leaf)] as const)
    .filter(([, thrown, expected]) => thrown !== expected)
    .map(([name, thrown]) => [name, thrown] as const))] as const);
  return { unusual: [...new Set([...unusual, ...handing])], method, operand, named: measureNames(), moments: measureMoments(), otherwise: Object.fromEntries(otherwise.filter(([, row]) => Object.keys(row).length > 0)) };
}

function measureNames(): string {
  const make = (): tf.Variable => tf.variable(tf.scalar(1), true, 'taken');
  const first = make();
  const thrown = thrownFor(make) ?? '';
  first.dispose();
  if (thrownFor(() => { make().dispose(); }) !== null) throw new Error('TF.js does not take the name of a variable that has been disposed');
  return thrown.replace('taken', '{name}');
}

/** What is there when an optimizer has been made, and after its first step besides. */
function measureMoments(): LifetimeTable['moments'] {
  const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
    sgd: () => tf.train.sgd(0.1), momentum: () => tf.train.momentum(0.1, 0.9), adagrad: () => tf.train.adagrad(0.1), adadelta: () => tf.train.adadelta(0.1),
    adam: () => tf.train.adam(0.1), adamax: () => tf.train.adamax(0.1), rmsprop: () => tf.train.rmsprop(0.1),
  };
  const w = tf.variable(tf.scalar(1));
  const rows = Object.entries(optimizers).flatMap(([name, make]) => {
    const before = tf.memory().numTensors;
    const optimizer = make();
    const madeAtOnce = tf.memory().numTensors - before;
    optimizer.minimize(() => w.square().asScalar(), false, [w]);
    const madeLater = tf.memory().numTensors - before - madeAtOnce;
    optimizer.dispose();
    return madeLater === 0 ? [] : [[`train.${name}`, madeAtOnce > 0 ? 'at once' : 'later'] as const];
  });
  w.dispose();
  return Object.fromEntries(rows);
}

function dead(): tf.Tensor {
  const tensor = tf.tensor1d([1, 2]);
  tensor.dispose();
  return tensor;
}

function withDead(sample: readonly unknown[], leaf: OperandSample): unknown[] {
  const source = measure.sourceOf(leaf);
  return sample.map((argument) => filled(argument, leaf, source));
}

/** As the sample says, with one operand disposed. */
function filled(argument: unknown, leaf: OperandSample, source: tf.Tensor): unknown {
  if (argument === leaf) {
    const [built] = measure.build([leaf], leaf, source);
    if (built instanceof tf.Tensor) built.dispose();
    return built;
  }
  if (Array.isArray(argument)) return argument.map((part) => filled(part, leaf, source));
  if (!isPlainObject(argument)) return measure.build([argument])[0];
  return Object.fromEntries(Object.entries(argument).map(([key, part]) => [key, filled(part, leaf, source)]));
}

function thrownFor(call: () => unknown): string | null {
  try {
    call();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** How many tensors a call leaves besides its results. */
function leftBy(build: () => unknown[], call: (...args: unknown[]) => unknown): number {
  const args = build();
  const before = tf.memory().numTensors;
  const outputs = measure.outputsOf(call(...args));
  return tf.memory().numTensors - before - outputs.length;
}

/** Whether the call, which makes its operand, gives a tensor that is another one. */
function isFresh(call: () => unknown): boolean {
  const before = tf.memory().numTensors;
  call();
  return tf.memory().numTensors - before >= 2;
}
