/** The sample of each operation that the tables are measured with, and calls near it: operands of other ranks, lengths and types. */
import * as tf from '@tensorflow/tfjs';
import { OperandSample, isPlainObject } from '../../libraries/measure/sample.ts';
import { samples } from '../../libraries/tfjs/samples.ts';
import type { Draw, DrawnCall, Given } from './calls.ts';

type Call = (...args: readonly unknown[]) => unknown;

function exported(path: string): Call {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], tf) as Call;
}

/** Operations of which a sample is made of tensors, numbers and names alone. */
export const sampled: readonly string[] = Object.entries(samples).filter(([, sample]) => sample.every(isPlain)).map(([path]) => path);

function isPlain(argument: unknown): boolean {
  if (argument instanceof OperandSample) return argument.dtype !== 'string' && argument.dtype !== 'complex64';
  if (Array.isArray(argument)) return argument.every(isPlain);
  return isPlainObject(argument) ? Object.values(argument).every(isPlain) : typeof argument !== 'object' && typeof argument !== 'function';
}

export function near(path: string, draw: Draw): DrawnCall {
  const args = (samples[path] ?? []).map((argument) => changed(argument, draw));
  return { operation: path, args, run: () => exported(path)(...args) };
}

function changed(argument: unknown, draw: Draw): Given {
  if (argument instanceof OperandSample) return operand(argument, draw);
  if (Array.isArray(argument)) return argument.map((each) => changed(each, draw)) as Given;
  return isPlainObject(argument) ? Object.fromEntries(Object.entries(argument).map(([name, each]) => [name, changed(each, draw)])) as Given : (argument as Given);
}

function operand({ shape, values, dtype }: OperandSample, draw: Draw): tf.Tensor {
  const lengths = lengthsNear(shape, draw);
  const size = lengths.reduce((product, length) => product * length, 1);
  const made = tf.tensor(Array.from({ length: size }, (_, index) => values[index % values.length] ?? 0), lengths);
  return made.cast(draw.int(0, 5) === 0 ? draw.pick(['float32', 'int32', 'bool']) : dtype as 'float32');
}

function lengthsNear(shape: readonly number[], draw: Draw): number[] {
  switch (draw.int(0, 8)) {
    case 0: return shape.slice(1);
    case 1: return [draw.int(1, 2), ...shape];
    case 2: return [...shape, draw.int(1, 2)];
    case 3: { const axis = draw.int(0, Math.max(0, shape.length - 1)); return shape.map((length, at) => (at === axis ? draw.int(1, 4) : length)); }
    default: return [...shape];
  }
}
