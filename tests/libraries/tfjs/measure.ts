/** TF.js as the library that is measured: by running `tf.grad` on the samples. */
import * as tf from '@tensorflow/tfjs';
import { Measure, type Outcome } from '../measure/measure.ts';
import type { OperandSample } from '../measure/sample.ts';

type Tensor = tf.Tensor;

export async function prepare(): Promise<void> {
  await tf.setBackend('cpu');
}

/** What TF.js 4 says when an operation has no derivative; anything else is a mistake in a sample. */
const NO_DERIVATIVE = [
  /gradient function not found for/,
  /Cannot backprop through input/,
  /The gradient of input .* must have 'float32' dtype/,
  /The gradient of input .* has shape .* which does not match/,
  /Error in gradient of/,
  /Gradient for .* is not implemented/,
  // Lists of no tensors, from gradients of operations with one piece.
  /Argument tensors passed to stack must be/,
  /Pass at least one tensor to concat/,
  // A gradient that forgets an argument may be left out (batchNorm) or an axis may be negative (cumsum).
  /Cannot read properties of undefined \(reading '(id|dataId)'\)/,
  /Tensor must have a shape comprised of positive integers/,
];

function failure(where: string, error: unknown): Outcome {
  if (isDisconnection(error)) return 'disconnected';
  const message = error instanceof Error ? error.message : String(error);
  if (NO_DERIVATIVE.some((pattern) => pattern.test(message))) return 'none';
  throw new Error(`${where}: an error that says nothing about derivatives: ${message}`, { cause: error });
}

export function isDisconnection(error: unknown): boolean {
  return error instanceof Error && error.message.includes('encloses all operations that lead from x to y');
}

/** TF.js lets gradients through its casts. */
function converted(value: Tensor, dtype: OperandSample['dtype']): Tensor {
  if (dtype === 'complex64') return bridged(value, (x) => tf.complex(x, tf.zerosLike(x)));
  if (dtype === 'string') return bridged(value, (x) => tf.fill(x.shape, 'a b', 'string'));
  return tf.cast(value, dtype);
}

/**
 * TF.js has no differentiable way from floats to complex numbers or strings and back. These bridges have a gradient
 * (of no meaning), so that what is measured is the operation between them.
 */
function bridged(value: Tensor, forward: (x: Tensor) => Tensor): Tensor {
  const bridge = tf.customGrad((x) => {
    const input = x as Tensor;
    // TF.js accepts gradients of dtype float32 only, whatever the input is.
    return { value: forward(input), gradFunc: () => tf.ones(input.shape) };
  });
  return bridge(value);
}

function weighted(result: Tensor, weights: Tensor): Tensor {
  const numbers = result.dtype === 'complex64' || result.dtype === 'string' ? bridged(result, (x) => tf.ones(x.shape)) : result;
  return tf.sum(tf.mul(numbers, weights));
}

export const measure = new Measure<Tensor>({
  title: 'TF.js',
  exports: tf,
  isTensor: (value): value is Tensor => value instanceof tf.Tensor,
  tensor: (values, shape) => tf.tensor([...values], [...shape]),
  converted,
  weighted,
  gradient: (f, x) => tf.grad(f)(x),
  tidy: <Result>(body: () => Result) => tf.tidy(body as () => tf.TensorContainer) as Result,
  failure,
});
