/** Measures the functions of TF.js that give promises: which operands' values they read to the host. */
import * as tf from '@tensorflow/tfjs';
import type { AsynchronousRow } from '../../../src/libraries/operation.ts';
import { OperandSample, type Sample, leavesOf } from '../measure/sample.ts';
import { measure } from './measure.ts';
import { asynchronousSamples } from './samples.ts';

export async function measureAsynchronous(): Promise<Record<string, AsynchronousRow>> {
  const rows: Record<string, AsynchronousRow> = {};
  // One after another: they share the spy on the backend.
  for (const [path, sample] of Object.entries(asynchronousSamples)) rows[path] = await measureRow(path, sample);
  return rows;
}

async function measureRow(path: string, sample: Sample): Promise<AsynchronousRow> {
  const tensors = new Map(leavesOf(sample).map((leaf) => [leaf, tf.cast(measure.sourceOf(leaf), leaf.dtype)]));
  const args = sample.map((argument) => (argument instanceof OperandSample ? tensors.get(argument) : argument));
  const { result, read } = await withReads(() => measure.exported(path)(...args));
  if (!(result instanceof Promise)) throw new Error(`${path} gives no promise`);
  const operands = sample.flatMap((argument, at) => {
    const tensor = argument instanceof OperandSample ? tensors.get(argument) : undefined;
    return tensor === undefined ? [] : [{ name: (argument as OperandSample).name, at, read: read.has(tensor.dataId) }];
  });
  return { operands };
}

/** Runs the call to its end and tells which buffers the engine asked the backend for. */
async function withReads(call: () => unknown): Promise<{ result: unknown; read: ReadonlySet<object> }> {
  const backend = tf.backend();
  const read = new Set<object>();
  const original = backend.read.bind(backend);
  backend.read = (dataId) => {
    read.add(dataId);
    return original(dataId);
  };
  try {
    const result = call();
    await result;
    return { result, read };
  } finally {
    // The method of the prototype shows again.
    Reflect.deleteProperty(backend, 'read');
  }
}
