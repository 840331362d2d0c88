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
  'slice, size': (tf) => tf.slice([1, 2, 3], 1, none),
  'depthwiseConv2d, dilations and rounding': (tf) => tf.depthwiseConv2d(tf.ones([1, 2, 2, 1]), tf.ones([1, 1, 1, 1]), 1, 'same', 'NHWC', none, none),
  'maxPool, rounding': (tf) => tf.maxPool(tf.ones([1, 2, 2, 1]), 2, 1, 'same', none),
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
  'pow, base': (tf) => tf.pow({} as never, 2),
  'pow, exponent': (tf) => tf.pow(2, {} as never),
  'batchNorm, mean': (tf) => tf.batchNorm([[1]], {} as never, [1]),
  'batchNorm, scale': (tf) => tf.batchNorm([[1]], [0], [1], [0], {} as never),
  'clipByValue with crossed bounds': (tf) => tf.clipByValue([1], 2, 1),
  'clipByValue with NaN as bound': (tf) => tf.clipByValue([1], NaN, 1),
  'transpose with too many axes': (tf) => tf.transpose([[1, 2], [3, 4]], [0, 1, 1]),
  'transpose with an axis that does not exist': (tf) => tf.transpose([[1, 2]], [0, 2]),
  'gather with more batch axes than indices': (tf) => tf.gather([[1, 2], [3, 4]], tf.tensor1d([0], 'int32'), 1, 2),
  'gather with batch axes beyond the axis': (tf) => tf.gather([[1, 2], [3, 4]], tf.tensor2d([[0], [1]], [2, 1], 'int32'), 0, 1),
  'gather with other batches': (tf) => tf.gather([[1, 2], [3, 4]], tf.tensor2d([[0], [1], [0]], [3, 1], 'int32'), 1, 1),
  'broadcastTo a fraction': (tf) => tf.broadcastTo([2.5], [2.5]),
  'broadcastTo a negative length': (tf) => tf.broadcastTo([1], [-2]),
  'broadcastTo a lower rank': (tf) => tf.broadcastTo([[1]], [1]),
  'broadcastTo another length': (tf) => tf.broadcastTo([1, 2], [3]),
  'tile a negative number of times': (tf) => tf.tile([1, 2], [-1]),
  'squeeze of a long axis': (tf) => tf.squeeze([[1, 2]], [1]),
  'reshape with two lengths to infer': (tf) => tf.reshape([1, 2], [-1, -1]),
  'reshape with a negative length': (tf) => tf.reshape([1, 2], [-2, -1]),
  'reshape that infers a fraction': (tf) => tf.reshape([1, 2, 3], [-1, 2]),
  'reshape that infers from nothing': (tf) => tf.reshape(tf.zeros([0]), [0, -1]),
  'reshape to another size': (tf) => tf.reshape([1, 2], [3]),
  'expandDims beyond the rank': (tf) => tf.expandDims([1], 3),
  'expandDims before the first': (tf) => tf.expandDims([1], -3),
  'conv2d with dilation 0': (tf) => tf.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, 'valid', 'NHWC', 0),
  'conv2d with a negative dilation': (tf) => tf.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, 'valid', 'NHWC', -1),
  'conv2d with stride 0': (tf) => tf.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 0, 'valid'),
  'conv2d with a padding that is none': (tf) => tf.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, 'full' as never),
  'conv2d that rounds what is no number': (tf) => tf.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, 'same', 'NHWC', 1, 'floor'),
  'conv2d that rounds as none does': (tf) => tf.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, 1, 'NHWC', 1, 'up' as never),
  'avgPool that rounds a broken padding': (tf) => tf.avgPool(tf.ones([1, 3, 3, 1]), 2, 1, 1.5, 'floor'),
  'maxPool that rounds what is no number': (tf) => tf.maxPool(tf.ones([1, 3, 3, 1]), 2, 1, 'valid', 'ceil'),
  'slice before the first': (tf) => tf.slice([1, 2], -1),
  'slice beyond the end': (tf) => tf.slice([1, 2], [0], [3]),
  'slice of a negative length': (tf) => tf.slice([1, 2], [0], [-2]),
  'slice of more axes': (tf) => tf.slice([[1, 2]], [0, 0, 0], [1, 1, 1]),
  'pad of a scalar': (tf) => tf.pad(tf.scalar(1), []),
  'concat of other ranks': (tf) => tf.concat([tf.ones([1]), tf.ones([1, 1])]),
  'concat of other lengths': (tf) => tf.concat([tf.ones([1, 2]), tf.ones([1, 1])], 0),
  'stack of other lengths': (tf) => tf.stack([tf.ones([1]), tf.ones([2])]),
  'stack beyond the rank': (tf) => tf.stack([tf.ones([1]), tf.ones([1])], 3),
  'unstack of an axis that does not exist': (tf) => tf.unstack([1, 2], 3),
  'split that does not divide': (tf) => tf.split([1, 2, 3], 2),
  'split into too little': (tf) => tf.split([1, 2, 3], [1, 1]),
  'split into two rests': (tf) => tf.split([1, 2, 3], [-1, -1, 1]),
  'cast to an unknown type': (tf) => tf.cast([1], 'float64' as never),
  'unsortedSegmentSum into a fraction': (tf) => tf.unsortedSegmentSum([1, 2], tf.tensor1d([0, 1], 'int32'), 1.5),
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

describe('what TF.js takes for nonsense, or gives for it', () => {
  it.each<[string, core.TensorErrorCode, () => unknown]>([
    ['transpose with an axis twice', 'shape', () => core.transpose([[1, 2], [3, 4]], [0, 0])],
    ['gather with a fraction of batch axes', 'shape', () => core.gather([[1, 2], [3, 4]], core.tensor2d([[0], [1]], [2, 1], 'int32'), 1, 0.5)],
    ['depthwiseConv2d with dilation 0', 'argument', () => core.depthwiseConv2d(core.ones([1, 3, 3, 1]), core.ones([2, 2, 1, 1]), 1, 'valid', 'NHWC', 0)],
    ['conv2d with a fractional stride', 'argument', () => core.conv2d(core.ones([1, 3, 3, 1]), core.ones([2, 2, 1, 1]), 1.5, 'valid')],
    ['conv2d with the padding of two axes', 'argument', () => core.conv2d(core.ones([1, 3, 3, 1]), core.ones([2, 2, 1, 1]), 1, [[0, 0], [1, 1]])],
    ['maxPool with stride 0', 'argument', () => core.maxPool(core.ones([1, 3, 3, 1]), 2, 0, 'valid')],
    ['slice from a fraction', 'shape', () => core.slice([1, 2], [0.5])],
    ['split into a negative number', 'shape', () => core.split([1, 2, 3], -1)],
    ['split into nothing', 'shape', () => core.split([1, 2, 3], none)],
    ['reshape to nothing', 'shape', () => core.reshape([1], none)],
    ['broadcastTo nothing', 'shape', () => core.broadcastTo([1], none)],
    ['tile without a number', 'shape', () => core.tile([1], none)],
    ['zeros of a number', 'shape', () => core.zeros(2 as never)],
    ['unsortedSegmentSum with too many ids', 'shape', () => core.unsortedSegmentSum([1, 2], core.tensor1d([0, 1, 2], 'int32'), 3)],
    ['range without an end', 'argument', () => core.range(0, NaN)],
    ['linspace of a fraction', 'shape', () => core.linspace(0, 1, 2.5)],
    ['fill with a word', 'argument', () => core.fill([2], 'a' as never)],
    ['buffer, get with too few coordinates', 'argument', () => core.buffer([2, 2]).get(0)],
    ['buffer, get at a fraction', 'argument', () => core.buffer([2, 2]).get(0.5, 0)],
    ['buffer, set out of range', 'argument', () => { core.buffer([2, 2]).set(1, 2, 0); }],
  ])('%s', (_name, code, program) => {
    expect(program).toThrow(expect.objectContaining({ name: 'TensorError', code }));
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
