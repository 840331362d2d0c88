import { beforeAll, describe, expect, it } from 'vitest';
import type { Api, Tensor } from './catalogue/case.ts';
import { core, numbersOf, realTensorFlow, worstDifference } from './tfjs.ts';

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

/** Kinks, poles, ties and ends: values and gradients of TF.js that the core shares. */
const edges: readonly [title: string, at: readonly number[], f: (tf: Api, x: Tensor) => Tensor][] = [
  ['relu at 0', [0, -1, 1], (tf, x) => tf.relu(x)],
  ['relu6 at 0 and 6', [0, 6, 7, -1], (tf, x) => tf.relu6(x)],
  ['elu at 0', [0, -1], (tf, x) => tf.elu(x)],
  ['selu at 0', [0, -1], (tf, x) => tf.selu(x)],
  ['leakyRelu at 0', [0, -1, 1], (tf, x) => tf.leakyRelu(x)],
  ['clipByValue at its bounds', [-1, 1, 2, -2, 0], (tf, x) => x.clipByValue(-1, 1)],
  ['maximum at a tie', [1, 2], (tf, x) => tf.maximum(x, tf.tensor1d([1, 2]))],
  ['maximum at a tie, second operand', [1, 2], (tf, x) => tf.maximum(tf.tensor1d([1, 2]), x)],
  ['minimum at a tie', [1, 2], (tf, x) => tf.minimum(x, tf.tensor1d([1, 2]))],
  ['maximum of x and x', [1, 2], (tf, x) => tf.maximum(x, x)],
  ['sqrt at 0 and below', [0, -1, 4], (tf, x) => tf.sqrt(x)],
  ['rsqrt at 0', [0, 4], (tf, x) => tf.rsqrt(x)],
  ['log at 0 and below', [0, -1, 4], (tf, x) => tf.log(x)],
  ['log1p at -1', [-1, 1], (tf, x) => tf.log1p(x)],
  ['reciprocal at 0', [0, 2], (tf, x) => tf.reciprocal(x)],
  ['div by 0', [0, 2], (tf, x) => tf.div(1, x)],
  ['asin and acos at 1', [1, -1], (tf, x) => tf.asin(x).sub(tf.acos(x))],
  ['acosh at 1', [1, 2], (tf, x) => tf.acosh(x)],
  ['atanh at 1', [1, 0], (tf, x) => tf.atanh(x)],
  ['atan2 at 0, 0', [0], (tf, x) => tf.atan2(x, 0)],
  ['pow of 0', [0, 0, 2], (tf, x) => tf.pow(x, tf.tensor1d([0.5, 2, 3]))],
  ['pow with exponents of a negative base', [2, 3], (tf, x) => tf.pow(tf.tensor1d([-2, -2]), x)],
  ['pow with exponents of base 0', [2, 3], (tf, x) => tf.pow(tf.tensor1d([0, 0]), x)],
  ['norm at 0', [0, 0], (tf, x) => tf.norm(x)],
  ['softplus far out', [-200, 200], (tf, x) => tf.softplus(x)],
  ['sigmoid far out', [-90, 90], (tf, x) => tf.sigmoid(x)],
  ['tanh far out', [-50, 50], (tf, x) => tf.tanh(x)],
  ['erf far out', [-7, 0, 7], (tf, x) => tf.erf(x)],
  ['softmax of one', [3], (tf, x) => tf.softmax(x)],
  ['softmax of great numbers', [1000, 1001], (tf, x) => tf.softmax(x)],
  ['logSumExp of great numbers', [1000, 1001], (tf, x) => tf.logSumExp(x)],
  ['safe log through where', [0, 2], (tf, x) => tf.where(x.greaterEqual(1), tf.log(x), 0)],
  ['prod with a zero', [3, 0, 2], (tf, x) => tf.prod(x)],
  ['squaredDifference of equals', [1, 2], (tf, x) => tf.squaredDifference(x, tf.tensor1d([1, 2]))],
  ['hingeLoss beyond the margin', [3, 4], (tf, x) => tf.losses.hingeLoss(tf.tensor1d([1, 1]), x)],
  ['sigmoidCrossEntropy at 0', [0, 0], (tf, x) => tf.losses.sigmoidCrossEntropy(tf.tensor1d([1, 0]), x)],
  ['logLoss at 0 and 1', [0, 1], (tf, x) => tf.losses.logLoss(tf.tensor1d([0, 1]), x)],
  ['maxPool with ties', [1, 1, 1, 1], (tf, x) => tf.maxPool(x.reshape([1, 2, 2, 1]), 2, 1, 'valid')],
  ['empty', [], (tf, x) => x.square().sum()],
  ['one element of many', [1, 2, 3], (tf, x) => x.slice([1], [1])],
];

describe('edge points', () => {
  it.each(edges)('%s', (_title, at, f) => {
    const run = (library: Api): { value: number[]; gradient: number[] } => {
      const x = library.tensor1d([...at]);
      return { value: numbersOf(f(library, x)), gradient: numbersOf(library.grad((t) => f(library, t))(x)) };
    };
    const [ours, theirs] = [run(core), run(tf)];
    expect(worstDifference(ours.value, theirs.value), `${ours.value} and ${theirs.value}`).toBeLessThan(2e-5);
    expect(worstDifference(ours.gradient, theirs.gradient), `${ours.gradient} and ${theirs.gradient}`).toBeLessThan(2e-5);
  });

  it('rounds halves to even', () => {
    const values = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5];
    expect(worstDifference(numbersOf(core.round(values)), numbersOf(tf.round(values)))).toBe(0);
  });
});

describe('making tensors', () => {
  const makers: Readonly<Record<string, (tf: Api) => Tensor>> = {
    'nested numbers': (tf) => tf.tensor([[1, 2], [3, 4]]),
    'booleans': (tf) => tf.tensor([true, false]),
    'Int32Array': (tf) => tf.tensor(new Int32Array([1, 2])),
    'Float32Array rows': (tf) => tf.tensor([new Float32Array([1, 2]), new Float32Array([3, 4])]),
    'int32 cuts fractions': (tf) => tf.tensor([1.7, -1.7], [2], 'int32'),
    'scalar': (tf) => tf.scalar(true),
    'tensor4d': (tf) => tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]),
    'zeros': (tf) => tf.zeros([2, 2], 'int32'),
    'ones': (tf) => tf.ones([2, 2]),
    'fill': (tf) => tf.fill([3], 7),
    'linspace': (tf) => tf.linspace(0, 1, 5),
    'range': (tf) => tf.range(5, 0, -2),
    'eye': (tf) => tf.eye(2, 3),
    'eye in batches': (tf) => tf.eye(2, 2, [2]),
    'onesLike': (tf) => tf.onesLike(tf.tensor1d([1, 2], 'int32')),
    'buffer': (tf) => { const buffer = tf.buffer([2, 2]); buffer.set(5, 1, 0); return buffer.toTensor(); },
  };

  it.each(Object.keys(makers))('%s', (name) => {
    const [ours, theirs] = [makers[name]!(core), makers[name]!(tf)];
    expect({ shape: ours.shape, dtype: ours.dtype, values: ours.arraySync() as unknown }).toEqual({ shape: theirs.shape, dtype: theirs.dtype, values: theirs.arraySync() as unknown });
  });

  it('draws random numbers that a seed repeats', () => {
    for (const draw of [core.randomNormal, core.randomUniform, core.truncatedNormal] as const) {
      expect(numbersOf(draw([4], 0, 1, 'float32', 7))).toEqual(numbersOf(draw([4], 0, 1, 'float32', 7)));
    }
    const many = core.truncatedNormal([1000], 0, 1, 'float32', 1);
    expect(Math.max(...numbersOf(many.abs()))).toBeLessThanOrEqual(2);
    expect(Math.abs(numbersOf(many.mean())[0]!)).toBeLessThan(0.1);
    expect(numbersOf(core.dropout(core.ones([1000]), 0.25, undefined, 3)).filter((value) => value === 0).length / 1000).toBeCloseTo(0.25, 1);
  });
});

describe('reading', () => {
  it('gives copies, nested arrays and promises', async () => {
    const x = core.tensor2d([[1, 2], [3, 4]]);
    x.dataSync()[0] = 9;
    expect(x.arraySync()).toEqual([[1, 2], [3, 4]]);
    expect(await x.array()).toEqual([[1, 2], [3, 4]]);
    expect(Array.from(await x.data())).toEqual([1, 2, 3, 4]);
    expect(core.scalar(2).arraySync()).toBe(2);
    expect((await x.buffer()).get(1, 0)).toBe(3);
    expect(core.tensor1d([true, false]).toString()).toBe('Tensor\n    [true, false]');
  });

  it('keeps doubles', () => {
    expect(core.scalar(0.1).dataSync()).toEqual(Float64Array.of(0.1));
  });
});
