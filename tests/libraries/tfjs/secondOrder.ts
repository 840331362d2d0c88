/** Measures gradients of gradients, which TF.js gets silently wrong for some operations. */
import * as tf from '@tensorflow/tfjs';
import type { HigherOrder } from '../../../src/libraries/operation.ts';
import { type OperandSample, type Sample, generic, leavesOf } from '../measure/sample.ts';
import { isDisconnection, measure } from './measure.ts';

type Tensor = tf.Tensor;
type Scalar = (x: Tensor) => Tensor;

/** Half a hundredth of the samples' spread: float32 leaves about three digits of a difference over it. */
const STEP = 5e-3;
const TOLERANCE = 0.03;
const DIRECTIONS = ['first', 'second', 'third'];

/** How the second derivative with respect to one operand comes out. */
export function measureHigherOrder(path: string, sample: Sample, operand: string): HigherOrder | 'right' {
  const leaf = leavesOf(sample).find((candidate) => candidate.name === operand);
  if (leaf === undefined) throw new Error(`${path}: the sample has no operand '${operand}'`);
  const curved = outcome(squaredAfter(path, sample, leaf), leaf);
  if (curved !== 'wrong') return curved;
  // Alone the operation may lose its path entirely, which TF.js notices; inside a larger formula it does not.
  return outcome(plain(path, sample, leaf), leaf) === 'disconnected' ? 'disconnected' : 'wrong';
}

const results = (path: string, sample: Sample, leaf: OperandSample, x: Tensor): Tensor[] =>
  measure.outputsOf(measure.exported(path)(...measure.build(sample, leaf, x)));

const plain = (path: string, sample: Sample, leaf: OperandSample): Scalar => (x) =>
  tf.addN(results(path, sample, leaf, x).map((y) => measure.weightedSum(y)));

/** The square lets the cotangent depend on the operand, so that the operation's gradient is differentiated in it too. */
const squaredAfter = (path: string, sample: Sample, leaf: OperandSample): Scalar => (x) =>
  tf.addN(results(path, sample, leaf, x).flatMap((y) => [measure.weightedSum(y), measure.weightedSum(tf.square(y))]));

function outcome(f: Scalar, leaf: OperandSample): HigherOrder | 'right' {
  return tf.tidy(() => {
    const weights = direction(leaf, 'weights of the gradient');
    const slope: Scalar = (x) => tf.sum(tf.mul(tf.grad(f)(x), weights));
    const x = measure.sourceOf(leaf);
    let second: Tensor;
    try {
      second = tf.grad(slope)(x);
    } catch (error) {
      return isDisconnection(error) ? 'disconnected' : 'throws';
    }
    const agree = DIRECTIONS.every((name) => agrees(slope, second, x, direction(leaf, name)));
    return agree ? 'right' : 'wrong';
  });
}

const direction = (leaf: OperandSample, name: string): Tensor =>
  tf.tensor(generic(leaf.shape, name, -1, 1), [...leaf.shape]);

/** The second derivative along a direction against the difference quotient of the first. */
function agrees(slope: Scalar, second: Tensor, x: Tensor, along: Tensor): boolean {
  const claimed = number(tf.sum(tf.mul(second, along)));
  const ahead = number(slope(tf.add(x, tf.mul(along, STEP))));
  const behind = number(slope(tf.sub(x, tf.mul(along, STEP))));
  const measured = (ahead - behind) / (2 * STEP);
  const scale = Math.max(Math.abs(claimed), Math.abs(measured), 0.1 * Math.max(1, Math.abs(ahead)));
  return Math.abs(claimed - measured) <= TOLERANCE * scale;
}

const number = (scalar: Tensor): number => scalar.dataSync()[0] ?? Number.NaN;
