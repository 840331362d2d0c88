import * as tfjs from '@tensorflow/tfjs';
import * as core from '../../src/autodiff/index.ts';
import type { Api, Input, Tensor } from './catalogue/case.ts';

/** Real TF.js on its CPU backend, seen through the core's types. */
export async function realTensorFlow(): Promise<Api> {
  await tfjs.setBackend('cpu');
  return tfjs as unknown as Api;
}

/** The inputs of a case, made by a library. */
export const inputsOf = (tf: Api, inputs: readonly Input[]): Tensor[] => inputs.map(({ values, shape, dtype }) => tf.tensor([...values], shape, dtype));

/** A cotangent that is different for every element. */
export const cotangentFor = (size: number): number[] => Array.from({ length: size }, (_, index) => 0.4 + ((index * 5) % 7) / 4 - 0.6 * (index % 2));

/** The numbers of a tensor, whichever library made it. */
export const numbersOf = (tensor: Tensor): number[] => Array.from(tensor.dataSync());

/** The greatest difference, relative where numbers are above 1. NaN agrees with NaN, an infinity with itself. */
export function worstDifference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity;
  return actual.reduce((worst, value, index) => {
    const other = expected[index]!;
    if (Object.is(value, other) || value === other) return worst;
    return Math.max(worst, Number.isFinite(value - other) ? Math.abs(value - other) / Math.max(1, Math.abs(value), Math.abs(other)) : Infinity);
  }, 0);
}

export { core };

/** What a program does on a library: its numbers, or the message it throws. */
export function outcome(tf: Api, program: (tf: Api) => unknown): unknown {
  try {
    return plain(program(tf));
  } catch (error) {
    return { throws: (error as Error).message };
  } finally {
    tf.disposeVariables();
  }
}

/** Tensors, alone or in arrays and objects, as numbers of six digits. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('dataSync' in value) return { shape: (value as Tensor).shape, numbers: numbersOf(value as Tensor).map(rounded) };
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

const rounded = (value: number): number => {
  const short = Number(value.toPrecision(5));
  return Object.is(short, -0) ? 0 : short;
};
