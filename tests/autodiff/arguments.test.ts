import { beforeAll, describe, expect, it } from 'vitest';
import type { Api, Tensor } from './catalogue/case.ts';
import { core, numbersOf, realTensorFlow, worstDifference } from './tfjs.ts';

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

const none = null as never;

/** Optional arguments as null, which TF.js takes for left out. */
const withNull: Readonly<Record<string, (tf: Api) => Tensor>> = {
  'tensor, shape': (tf) => tf.tensor([1, 2], none, 'int32'),
  'tensor, dtype': (tf) => tf.tensor([1, 2], [2, 1], none),
  'tensor1d, dtype': (tf) => tf.tensor1d([1], none),
  'tensor2d, shape': (tf) => tf.tensor2d([[1, 2]], none, 'int32'),
  'tensor3d, shape and dtype': (tf) => tf.tensor3d([[[1]]], none, none),
  'tensor4d, shape': (tf) => tf.tensor4d([[[[1]]]], none),
  'scalar, dtype': (tf) => tf.scalar(true, none),
  'zeros, dtype': (tf) => tf.zeros([2], none),
  'ones, dtype': (tf) => tf.ones([2], none),
  'fill, dtype': (tf) => tf.fill([2], 3, none),
  'eye, columns': (tf) => tf.eye(2, none),
  'eye, batch and dtype': (tf) => tf.eye(2, 3, none, none),
  'buffer, dtype and values': (tf) => tf.buffer([2], none, none).toTensor(),
  'variable, name and dtype': (tf) => tf.variable(tf.scalar(1), true, none, none),
  'randomUniform, dtype and seed': (tf) => tf.randomUniform([2], 0, 1, none, none).square().mul(0),
  'randomNormal, dtype and seed': (tf) => tf.randomNormal([2], 0, 1, none, none).square().mul(0),
  'truncatedNormal, dtype and seed': (tf) => tf.truncatedNormal([2], 0, 1, none, none).square().mul(0),
  'sum, axis': (tf) => tf.sum([1, 2], none),
  'cumsum, axis': (tf) => tf.cumsum([1, 2], none),
  'argMax, axis': (tf) => tf.argMax([1, 2], none),
  'norm, axis': (tf) => tf.norm([3, 4], 2, none),
  'gather, axis': (tf) => tf.gather([1, 2], [1], none),
  'concat, axis': (tf) => tf.concat([[1], [2]], none),
  'stack, axis': (tf) => tf.stack([[1], [2]], none),
  'split, axis': (tf) => tf.split([1, 2], 2, none)[1]!,
  'expandDims, axis': (tf) => tf.expandDims([1], none),
  'squeeze, axis': (tf) => tf.squeeze([[1]], none),
  'transpose, perm': (tf) => tf.transpose([[1, 2]], none),
  'reverse, axis': (tf) => tf.reverse([1, 2], none),
  'dropout, noise shape and seed': (tf) => tf.dropout([1, 2], 0, none, none),
  'batchNorm, offset, scale, epsilon': (tf) => tf.batchNorm([[1]], [0], [1], none, none, none),
  'losses, weights': (tf) => tf.losses.meanSquaredError([1], [3], none),
  'grad, dy': (tf) => tf.grad((x) => x.square())([1, 2], none),
};

describe('null for an optional argument', () => {
  it.each(Object.keys(withNull))('%s', (name) => {
    const [ours, theirs] = [withNull[name]!(core), withNull[name]!(tf)];
    expect({ shape: ours.shape, dtype: ours.dtype }).toEqual({ shape: theirs.shape, dtype: theirs.dtype });
    expect(worstDifference(numbersOf(ours), numbersOf(theirs))).toBeLessThan(1e-6);
    core.disposeVariables();
    tf.disposeVariables();
  });
});

/** Programs that throw, for a reason that TF.js gives too. */
const mistakes: Readonly<Record<string, (tf: Api) => unknown>> = {
  'tensor of nothing': (tf) => tf.tensor(none),
  'tensor of an object': (tf) => tf.tensor({} as never),
  'tensor of an unknown type': (tf) => tf.tensor([1], [1], 'float64' as never),
  'tensor of too few numbers': (tf) => tf.tensor([1, 2, 3], [0, 5]),
  'tensor of rows of another length': (tf) => tf.tensor([[1, 2, 3], [4, 5, 6]], [3, 2]),
  'tensor with a fractional length': (tf) => tf.tensor([1, 2], [2, 2.2]),
  'tensor with a negative length': (tf) => tf.tensor([1, 2], [2, -2]),
  'scalar of an array': (tf) => tf.scalar([1] as never),
  'tensor1d of nothing': (tf) => tf.tensor1d(none),
  'tensor1d of rows': (tf) => tf.tensor1d([[1]]),
  'tensor2d of nothing': (tf) => tf.tensor2d(none),
  'tensor2d of a block': (tf) => tf.tensor2d([[[1]]]),
  'tensor2d of flat numbers': (tf) => tf.tensor2d([1, 2]),
  'tensor2d with a shape of rank 3': (tf) => tf.tensor2d([1, 2], [1, 1, 2]),
  'tensor3d of flat numbers': (tf) => tf.tensor3d([1, 2]),
  'tensor4d of rows': (tf) => tf.tensor4d([[1, 2]]),
  'zeros of an unknown type': (tf) => tf.zeros([2], 'float64' as never),
  'ones with a negative length': (tf) => tf.ones([-1]),
  'fill with a fractional length': (tf) => tf.fill([1.5], 1),
  'eye with a fractional length': (tf) => tf.eye(2.5),
  'range without a step': (tf) => tf.range(0, 2, 0),
  'linspace of nothing': (tf) => tf.linspace(0, 1, 0),
  'randomUniform with a fractional length': (tf) => tf.randomUniform([1.5]),
  'randomUniform of an unknown type': (tf) => tf.randomUniform([2], 0, 1, 'float64' as never),
  'randomNormal of booleans': (tf) => tf.randomNormal([2], 0, 1, 'bool' as never),
  'buffer with a negative length': (tf) => tf.buffer([2, -2]),
  'buffer of an unknown type': (tf) => tf.buffer([2], 'float64' as never),
  'buffer of too few values': (tf) => tf.buffer([2, 2], 'int32', new Int32Array(3)),
  'buffer, get out of range': (tf) => tf.buffer([2, 2]).get(0, 5),
  'buffer, get before the first': (tf) => tf.buffer([2, 2]).get(-1, 0),
  'buffer, set with too few coordinates': (tf) => { tf.buffer([2, 2]).set(1, 0); },
  'a string for a tensor': (tf) => tf.add('a' as never, 1),
  'strings for booleans': (tf) => tf.all(['a'] as never),
  'an object for a tensor': (tf) => tf.sqrt({} as never),
  'null for a tensor': (tf) => tf.add(none, 1),
  'an axis that does not exist': (tf) => tf.sum([1, 2], 3),
  'softmax along another axis': (tf) => tf.softmax([[1, 2]], 0),
  'logSoftmax along another axis': (tf) => tf.logSoftmax([[1, 2]], 0),
  'norm of an order that is none': (tf) => tf.norm([1, 2], 3),
  'norm over three axes': (tf) => tf.norm([[[1]]], 1, [0, 1, 2]),
  'addN of no list': (tf) => tf.addN(tf.ones([1]) as never),
  'addN of nothing': (tf) => tf.addN([]),
  'concat of nothing': (tf) => tf.concat([]),
  'stack of nothing': (tf) => tf.stack([]),
  'losses of other shapes': (tf) => tf.losses.huberLoss(tf.ones([2]), tf.ones([3])),
  'losses, labels': (tf) => tf.losses.sigmoidCrossEntropy({} as never, [1]),
  'losses, logits': (tf) => tf.losses.softmaxCrossEntropy([[1, 0]], {} as never),
  'losses, weights': (tf) => tf.losses.absoluteDifference([1], [2], {} as never),
  'losses, reduction': (tf) => tf.losses.meanSquaredError([1], [2], undefined, 9 as never),
  'batchNorm, mean': (tf) => tf.batchNorm([[1]], {} as never, [1]),
  'batchNorm, scale': (tf) => tf.batchNorm([[1]], [0], [1], [0], {} as never),
  'clipByValue with crossed bounds': (tf) => tf.clipByValue([1], 2, 1),
  'where of numbers': (tf) => tf.where(tf.ones([1]), 1, 2),
};

describe('a message', () => {
  const thrown = (library: Api, name: string): Error => {
    try {
      mistakes[name]!(library);
    } catch (error) {
      return error as Error;
    }
    return expect.unreachable('it throws');
  };

  it.each(Object.keys(mistakes))("begins with TF.js's words: %s", (name) => {
    const [ours, theirs] = [thrown(core, name), thrown(tf, name)];
    expect(ours).toBeInstanceOf(core.TensorError);
    expect(ours.message.startsWith(theirs.message.replace(/[.\s]+$/, '')), `${ours.message}\n${theirs.message}`).toBe(true);
  });
});

describe('types', () => {
  it.each([
    ['zerosLike', (tf: Api) => tf.zerosLike(tf.tensor1d([true, false], 'bool'))],
    ['onesLike', (tf: Api) => tf.onesLike(tf.tensor2d([[true], [false]], undefined, 'bool'))],
    ['abs', (tf: Api) => tf.abs(tf.tensor1d([true, false], 'bool'))],
    ['square', (tf: Api) => tf.square(tf.tensor1d([true, false], 'bool'))],
    ['relu', (tf: Api) => tf.relu(tf.tensor1d([true, false], 'bool'))],
    ['sign', (tf: Api) => tf.sign(tf.tensor1d([true, false], 'bool'))],
    ['fill', (tf: Api) => tf.fill([2], true)],
    ['tensor of rows of typed arrays', (tf: Api) => tf.tensor([new Float32Array(6), new Float32Array(6)], [2, 2, 3])],
  ])('%s', (_name, program) => {
    const [ours, theirs] = [program(core), program(tf)];
    expect({ shape: ours.shape, dtype: ours.dtype, numbers: numbersOf(ours) }).toEqual({ shape: theirs.shape, dtype: theirs.dtype, numbers: numbersOf(theirs) });
  });

  it('of a buffer of any array are those of its dtype', () => {
    const made = core.buffer([2], 'float32', new Float32Array([0.5, 2]) as never).toTensor();
    expect(made.dataSync()).toEqual(Float64Array.of(0.5, 2));
  });
});

describe('random numbers', () => {
  it.each([core.randomNormal, core.truncatedNormal])('that are integers are rounded', (draw) => {
    const numbers = numbersOf(draw([4_000], 2, 1.5, 'int32', 7));
    const mean = numbers.reduce((total, each) => total + each, 0) / numbers.length;
    expect(mean).toBeCloseTo(2, 1); // Cut towards zero it is 1.6.
  });

  it('differ by the word that seeds them', () => {
    const draw = (seed: string): number[] => numbersOf(core.randomUniform([3], 0, 1, 'float32', seed));
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });
});
