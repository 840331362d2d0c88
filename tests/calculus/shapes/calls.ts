/** Calls of operations with shapes and settings drawn at random, for which a contract is known. */
import * as tf from '@tensorflow/tfjs';
import type { Argument } from '../../../src/calculus/numbers/argument.ts';

/** A source of choices. */
export interface Draw {
  readonly int: (from: number, to: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** A tensor, where it stands among the arguments; anything else as it is. */
export type Given = tf.Tensor | Plain | readonly tf.Tensor[] | Fields;
/** An object of arguments under their names. */
type Fields = Readonly<Record<string, tf.Tensor | Plain>>;
type Plain = number | string | boolean | undefined | readonly Plain[];

export interface DrawnCall {
  readonly operation: string;
  readonly args: readonly Given[];
  readonly run: () => unknown;
}

type Api = Record<string, (...args: readonly unknown[]) => unknown>;
const api = tf as unknown as Api & Record<'losses' | 'image' | 'fused', Api>;

function call(operation: string, ...args: readonly Given[]): DrawnCall {
  const [first = '', second] = operation.split('.');
  const run = second === undefined ? api[first] : (api[first as 'losses'])[second];
  return { operation, args, run: () => run!(...args) };
}

/** A method of the first argument. */
function method(operation: string, receiver: tf.Tensor, ...args: readonly Given[]): DrawnCall {
  return { operation, args: [receiver, ...args], run: () => (receiver as unknown as Api)[operation]!(...args) };
}

const ones = (shape: readonly number[], type: tf.DataType = 'float32'): tf.Tensor => tf.ones([...shape], type);

function shape({ int, pick }: Draw, from = 0, to = 3): number[] {
  return Array.from({ length: int(from, to) }, () => pick([1, 2, 2, 3, 4, 0]));
}

/** Most of the time nearly the same. */
function near(draw: Draw, of: readonly number[]): number[] {
  const choice = draw.int(0, 5);
  if (choice <= 1) return [...of];
  if (choice === 2) return of.map(() => draw.pick([1, 2, 3]));
  if (choice === 3) return of.slice(1);
  if (choice === 4) return [draw.int(1, 3), ...of];
  return shape(draw);
}

type Maker = (draw: Draw) => DrawnCall;

const axis = (draw: Draw): Plain => draw.pick<Plain>([undefined, 0, 1, 2, 3, -1, -2, -3, -4, [0], [0, 1], [-1, 0], [2], [0, 0]]);
const oneAxis = (draw: Draw): number | undefined => draw.pick([undefined, 0, 1, 2, 3, -1, -2, -3, -4]);

const binary: readonly Maker[] = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow', 'squaredDifference', 'greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual', 'mod', 'floorDiv', 'divNoNan', 'atan2', 'prelu'].map((name) => (draw) => {
  const a = shape(draw);
  return call(name, ones(a), ones(near(draw, a)));
});

const logical: readonly Maker[] = ['logicalAnd', 'logicalOr', 'logicalXor'].map((name) => (draw) => {
  const a = shape(draw);
  return call(name, ones(a, draw.pick(['bool', 'bool', 'int32'])), ones(near(draw, a), draw.pick(['bool', 'bool', 'float32'])));
});

const losses: readonly Maker[] = ['absoluteDifference', 'hingeLoss', 'huberLoss', 'logLoss', 'meanSquaredError', 'sigmoidCrossEntropy', 'softmaxCrossEntropy'].map((name) => (draw) => {
  const a = shape(draw, 1, 3).map((length) => length || 1);
  const b = near(draw, a);
  return call(`losses.${name}`, ones(a), ones(b.length === 0 ? [1] : b), draw.pick([undefined, undefined, ones(near(draw, a))]));
});

const reductions: readonly Maker[] = ['sum', 'mean', 'max', 'min', 'prod', 'logSumExp', 'moments', 'any', 'all'].map((name) => (draw) => call(name, ones(shape(draw), name === 'any' || name === 'all' ? draw.pick(['bool', 'bool', 'float32']) : 'float32'), axis(draw)));

const arranged: readonly Maker[] = [
  ...['argMax', 'argMin'].map((name): Maker => (draw) => call(name, ones(shape(draw, 0, 3).map((length) => length || 1)), oneAxis(draw))),
  (draw) => call('norm', ones(shape(draw)), 'euclidean', oneAxis(draw)),
  (draw) => call('reverse', ones(shape(draw)), axis(draw)),
  (draw) => call('expandDims', ones(shape(draw)), oneAxis(draw)),
  (draw) => call('squeeze', ones(shape(draw)), draw.pick<Plain>([undefined, [0], [1], [-1], [0, 1], [2]])),
  (draw) => call('gather', ones(shape(draw, 1, 3).map((length) => length || 1)), tf.tensor1d([0], draw.pick(['int32', 'int32', 'float32'])), oneAxis(draw)),
  (draw) => call('unstack', ones(shape(draw)), oneAxis(draw)),
  ...['fft', 'ifft', 'spectral.fft', 'spectral.ifft'].map((name): Maker => (draw) => call(name, draw.pick([ones(shape(draw, 1, 2), 'complex64'), ones(shape(draw, 1, 2)), ones(shape(draw, 1, 2), 'int32')]))),
  (draw) => call('softmax', ones(shape(draw, 1, 3), draw.pick(['float32', 'float32', 'int32'])), oneAxis(draw)),
  (draw) => call('logSoftmax', ones(shape(draw, 1, 3)), oneAxis(draw)),
  (draw) => call('reshape', ones(shape(draw)), draw.pick<Plain>([[-1], [2, -1], [4], [2, 2], [3, -1], [-1, 4, 1], [], [6], [12]])),
  (draw) => method('as2D', ones(shape(draw)), draw.int(1, 3), draw.int(1, 4)),
  (draw) => method('asScalar', ones(shape(draw))),
  (draw) => method('reshapeAs', ones(shape(draw)), ones(shape(draw))),
  (draw) => call('slice', ones(shape(draw)), draw.pick<Plain>([0, 1, 2, [0, 1], [1], [0, 0, 1], [2, 0]]), draw.pick<Plain>([undefined, 1, 2, [-1, 2], [1], [1, 1, 1], [2, 2]])),
  (draw) => call('split', ones(shape(draw).map((length) => length || 6)), draw.pick<Plain>([2, 3, 4, [1, 1], [2, -1], [1, 2]]), oneAxis(draw)),
  (draw) => { const a = shape(draw); return call('concat', Array.from({ length: draw.int(1, 3) }, () => ones(near(draw, a))), oneAxis(draw)); },
  (draw) => { const a = shape(draw, 1); return method('concat', ones(a), ones(near(draw, a)), oneAxis(draw)); },
  (draw) => { const a = shape(draw); return call('stack', Array.from({ length: draw.int(1, 3) }, () => ones(near(draw, a)))); },
  (draw) => { const a = shape(draw, 1); return method('stack', ones(a), ones(near(draw, a))); },
  (draw) => { const a = shape(draw); return call('addN', Array.from({ length: draw.int(1, 3) }, () => ones(near(draw, a)))); },
  (draw) => { const [equation, ...ranks] = draw.pick([['ij,jk->ik', 2, 2], ['bij,bjk->bik', 3, 3], ['i,i->', 1, 1], ['ij->ji', 2], ['ij,j -> i', 2, 1]] as const); return call('einsum', equation, ...ranks.map((rank) => ones(shape(draw, rank, rank).map((length) => length || 1)))); },
  (draw) => { const a = shape(draw, 1).map((length) => length || 1); return call('losses.cosineDistance', ones(a), ones(near(draw, a)), draw.int(-3, 3)); },
  (draw) => call('transpose', ones(shape(draw)), draw.pick<Plain>([undefined, [1, 0], [0, 1], [0, 2, 1], [0], [0, 2], [-1, 0]])),
  (draw) => call('broadcastTo', ones(shape(draw)), draw.pick<Plain>([[2], [2, 2], [3, 2, 2], [2, 3], [4]])),
  (draw) => call('tile', ones(shape(draw)), draw.pick<Plain>([[2], [1, 2], [2, 1, 1], []])),
];

const products: readonly Maker[] = [
  (draw) => { const a = shape(draw, 0, 4).map((length) => length || 1); return call('matMul', ones(a), ones(draw.int(0, 1) === 0 ? near(draw, a) : near(draw, [...a.slice(0, -2), a.at(-1) ?? 1, draw.int(1, 3)])), draw.pick([undefined, false, true]), draw.pick([undefined, false, true])); },
  (draw) => { const a = shape(draw, 0, 3).map((length) => length || 1); return call('dot', ones(a), ones(near(draw, [a.at(-1) ?? 1, 2]))); },
  (draw) => call('conv2d', ones([...draw.pick([[1], [], [1, 1], [2]]), 5, 5, draw.int(1, 2)], draw.pick(['float32', 'float32', 'int32'])), ones([...draw.pick([[3, 3], [3, 3], [3]]), draw.int(1, 2), 2]), 1, draw.pick(['same', 'valid'])),
  (draw) => call('conv1d', ones([...draw.pick([[1], [], [1, 1]]), 5, draw.int(1, 2)]), ones([...draw.pick([[3], [3], [3, 3]]), draw.int(1, 2), 2]), 1, 'same'),
  (draw) => call('depthwiseConv2d', ones([...draw.pick([[1], [], [1, 1]]), 5, 5, draw.int(1, 2)]), ones([...draw.pick([[3, 3], [3, 3], [3]]), draw.int(1, 2), 2]), 1, 'same'),
  (draw) => call('conv3d', ones([...draw.pick([[1], [], [1, 1]]), 4, 4, 4, draw.int(1, 2)]), ones([...draw.pick([[3, 3, 3], [3, 3]]), draw.int(1, 2), 2]), 1, 'same'),
  ...['maxPool', 'avgPool'].map((name): Maker => (draw) => call(name, ones(shape(draw, 2, 5).map(() => 4)), 2, 2, 'same')),
  ...['maxPool3d', 'avgPool3d'].map((name): Maker => (draw) => call(name, ones(shape(draw, 3, 5).map(() => 4)), 2, 2, 'same')),
  ...['image.resizeBilinear', 'image.resizeNearestNeighbor'].map((name): Maker => (draw) => call(name, ones(shape(draw, 1, 5).map(() => 2)), [3, 3])),
  ...['image.grayscaleToRGB', 'image.rgbToGrayscale'].map((name): Maker => (draw) => call(name, ones([...shape(draw, 0, 3).map(() => 2), draw.pick([1, 3])]))),
  ...['flipLeftRight', 'rotateWithOffset'].map((name): Maker => (draw) => call(`image.${name}`, ones([...draw.pick([[1], [], [1, 1], [2]]), 4, 4, 3]), ...name === 'flipLeftRight' ? [] : [0.5])),
  (draw) => call('image.cropAndResize', ones([...draw.pick([[1], [1], []]), 4, 4, 3]), ones([draw.int(1, 2), ...draw.pick([[4], [4], [3], []])]), tf.zeros(draw.pick([[1], [2], [1, 2]]), 'int32'), [2, 2]),
  ...['', 'WithScore', 'Padded'].map((form): Maker => (draw) => call(`image.nonMaxSuppression${form}`, ones([draw.int(1, 2), ...draw.pick([[4], [4], [3], []])]), ones(draw.pick([[1], [2], [1, 2]])), 2, ...draw.pick([[], [], [0.5], [2]]))),
  (draw) => { const a = shape(draw, 2, 3).map((length) => length || 1); return call('fused.matMul', { a: ones(a), b: ones(near(draw, [...a.slice(0, -2), a.at(-1) ?? 1, 2])), ...draw.pick([{}, {}, { transposeB: true }]), ...draw.pick([{}, { bias: ones(draw.pick([[2], [3], []])) }]), activation: draw.pick(['linear', 'relu', undefined]) }); },
  ...['conv2d', 'depthwiseConv2d'].map((name): Maker => (draw) => call(`fused.${name}`, { x: ones([...draw.pick([[1], [], [1, 1]]), 5, 5, draw.int(1, 2)]), filter: ones([...draw.pick([[3, 3], [3, 3], [3]]), draw.int(1, 2), 2]), strides: 1, pad: 'same', ...draw.pick([{}, { bias: ones(draw.pick([[2], [3], []])) }]) })),
  (draw) => call('conv2dTranspose', ones([...draw.pick([[1], [], [1, 1]]), 4, 4, draw.int(1, 2)]), ones([...draw.pick([[3, 3], [3, 3], [3]]), draw.int(1, 2), draw.int(1, 2)]), [...draw.pick([[1], []]), 8, 8, draw.int(1, 2)], 2, 'same'),
  (draw) => call('separableConv2d', ones([...draw.pick([[1], [], [1, 1]]), 4, 4, draw.int(1, 2)]), ones([...draw.pick([[3, 3], [3, 3], [3]]), draw.int(1, 2), draw.int(1, 2)]), ones([...draw.pick([[1, 1], [1, 1], [1, 2], [1]]), draw.int(1, 4), 3]), 1, 'same'),
  (draw) => { const a = shape(draw); return call('where', ones(near(draw, a), draw.pick(['bool', 'bool', 'int32'])), ones(a), ones(near(draw, a))); },
];

const compared: readonly Maker[] = [
  ...['MSE', 'mse', 'meanSquaredError', 'MAPE', 'mape', 'meanAbsolutePercentageError', 'categoricalCrossentropy', 'meanAbsoluteError', 'binaryAccuracy', 'precision', 'recall', 'cosineProximity', 'r2Score', 'categoricalAccuracy', 'binaryCrossentropy'].map((name): Maker => (draw) => { const a = shape(draw); return call(`metrics.${name}`, ones(a), ones(near(draw, a))); }),
  (draw) => { const a = shape(draw, 1, 3).map((length) => length || 1); return call('metrics.sparseCategoricalAccuracy', ones(draw.pick([[...a.slice(0, -1), 1], a.slice(0, -1), near(draw, a)])), ones(a)); },
  (draw) => call('topk', ones(shape(draw)), draw.pick([undefined, 1, 2, 3])),
  (draw) => { const a = shape(draw, 0, 1); return call('pad', ones(a), a.map(() => [1, 1])); },
  (draw) => { const rank = draw.int(1, 3); const a = new Array<number>(rank).fill(2); const part = (): tf.Tensor => ones(draw.pick([[2], [2], [1, 2]])); return call('batchNorm', ones(a), part(), part(), draw.pick([undefined, part()]), draw.pick([undefined, part()])); },
  (draw) => { const a = shape(draw).map((length) => length || 1); const [x, dy] = [ones(a), ones(near(draw, a))]; return { operation: 'dy', args: [x, dy], run: () => tf.grad((each) => each.square())(x, dy) }; },
];

const typed: readonly Maker[] = [
  ...['sigmoid', 'tanh', 'log', 'sqrt', 'elu', 'logicalNot'].map((name): Maker => (draw) => call(name, ones([2], draw.pick(['float32', 'int32', 'bool'])))),
  (draw) => call('oneHot', ones([2], draw.pick(['float32', 'int32', 'bool'])), 3, 1, 0, draw.pick([undefined, undefined, 'float32', 'bool', 'int32'])),
  (draw) => call('unsortedSegmentSum', ones([2, 2]), tf.zeros([2], draw.pick(['float32', 'int32', 'bool'])), 3),
  (draw) => call('scatterND', tf.zeros([2, 1], draw.pick(['float32', 'int32', 'bool'])), ones([2, 3]), [4, 3]),
  (draw) => { const a = shape(draw, 1, 1); return call('math.confusionMatrix', tf.zeros(a, 'int32'), tf.zeros(near(draw, a), 'int32'), 3); },
  (draw) => { const a = shape(draw, 1, 1); return call('outerProduct', ones(near(draw, a)), ones(near(draw, a))); },
  (draw) => call('gatherND', ones([2, 2]), tf.zeros([2, 1], draw.pick(['float32', 'int32', 'bool']))),
];

const data = (draw: Draw): Plain => draw.pick<Plain>([[1, 2, 3, 4], [[1, 2], [3, 4]], [[1, 2, 3], [4, 5, 6]], [1, 2, 3, 4, 5, 6], [[[1], [2]]], [], [[]], [1]]);
const typeName = (draw: Draw): string | undefined => draw.pick([undefined, 'float32', 'int32', 'float64', 'uint8', 'number']);

const leaves: readonly Maker[] = [
  (draw) => call('tensor', data(draw), draw.pick<Plain>([undefined, [2, 2], [4], [6], [1, 4], [3, 2]])),
  (draw) => call('tensor1d', data(draw)),
  (draw) => call('tensor2d', data(draw), draw.pick<Plain>([undefined, undefined, [2, 2], [2, 3], [4, 1], [0, 2]])),
  (draw) => call('tensor3d', data(draw), draw.pick<Plain>([undefined, undefined, [2, 2, 1], [1, 2, 3]])),
  (draw) => call('scalar', draw.pick<Plain>([1, [1], true])),
  ...['zeros', 'ones', 'randomStandardNormal'].map((name): Maker => (draw) => call(name, [2], typeName(draw))),
  (draw) => call('fill', [2], 1, typeName(draw)),
  (draw) => call('eye', 2, 2, undefined, typeName(draw)),
  (draw) => call('range', 0, 3, 1, typeName(draw)),
  ...['randomNormal', 'randomUniform', 'randomGamma', 'truncatedNormal'].map((name): Maker => (draw) => call(name, [2], 1, 2, typeName(draw))),
  (draw) => { const type = typeName(draw); return { operation: 'rand', args: [[2], undefined, type], run: () => tf.rand([2], () => 0, type as 'float32') }; },
  (draw) => method('asType', ones([2]), typeName(draw)),
  (draw) => {
    const a = shape(draw, 0, 2);
    const variable = tf.variable(ones(a, draw.pick(['float32', 'float32', 'int32'])));
    const value = ones(near(draw, a), draw.pick(['float32', 'float32', 'int32']));
    return { operation: 'assign', args: [variable, value], run: () => { variable.assign(value); } };
  },
];

/** Operations that are tried for the shapes of what they give alone. */
export const shapers: readonly Maker[] = [
  (draw) => call('topk', ones([...shape(draw, 0, 2), 4]), draw.pick([undefined, 1, 3])),
  (draw) => call('norm', ones(shape(draw, 1, 3).map((length) => length || 1)), 'euclidean', draw.pick<Plain>([undefined, 0, -1, [0]]), draw.pick([undefined, true, false])),
  (draw) => call('euclideanNorm', ones(shape(draw, 1, 3).map((length) => length || 1)), draw.pick<Plain>([undefined, 0, -1, [0]]), draw.pick([undefined, true, false])),
  (draw) => call('signal.frame', draw.pick<Plain>([[1, 2, 3, 4], [1, 2]]), 2, 1),
  (draw) => call('pad', ones(shape(draw, 2, 2)), [[1, 2], [0, 1]]),
  (draw) => call('pad1d', ones(shape(draw, 1, 1)), [1, 2]),
  (draw) => call('outerProduct', ones([draw.int(1, 3)]), ones([draw.int(1, 3)])),
  (draw) => { const inner = draw.int(1, 3); return call('einsum', draw.pick(['bi,ij->bj', 'bi,ij->jb', 'bi,ij->b']), ones([2, inner]), ones([inner, 4])); },
  (draw) => call('diag', ones(shape(draw, 1, 2))),
  (draw) => { const a = shape(draw); return call('addN', [ones(a), ones(a)]); },
  (draw) => call('multinomial', ones(draw.pick([[3], [2, 3]])), 5),
  (draw) => call('meshgrid', ones([draw.int(1, 3)]), ones([draw.int(1, 3)])),
  (draw) => call('depthToSpace', ones([1, draw.int(1, 3), 2, 8]), 2),
  (draw) => call('conv2d', ones([1, draw.int(3, 9), draw.int(3, 9), 2]), ones([draw.int(1, 3), draw.int(1, 3), 2, 4]), draw.pick<Plain>([1, 2, [1, 2]]), draw.pick(['same', 'valid'])),
  (draw) => call('conv2d', ones([1, draw.int(5, 9), 9, 2]), ones([2, 3, 2, 4]), 1, draw.pick(['same', 'valid']), undefined, draw.pick<Plain>([1, 2, [1, 2]])),
  (draw) => call('conv1d', ones([1, draw.int(3, 9), 2]), ones([draw.int(1, 3), 2, 4]), draw.pick([1, 2]), draw.pick(['same', 'valid'])),
  (draw) => call('separableConv2d', ones([1, draw.int(3, 9), 5, 2]), ones([3, 3, 2, 2]), ones([1, 1, 4, 5]), draw.pick<Plain>([1, 2, [2, 2]]), draw.pick(['same', 'valid'])),
  () => call('conv2dTranspose', ones([1, 4, 4, 3]), ones([3, 3, 2, 3]), [1, 8, 8, 2], 2, 'same'),
  ...['maxPool', 'avgPool'].map((name): Maker => (draw) => call(name, ones([draw.int(1, 2), draw.int(3, 9), draw.int(3, 9), 2]), draw.pick<Plain>([2, 3, [2, 3]]), draw.pick<Plain>([1, 2, [2, 1]]), draw.pick(['same', 'valid']))),
  ...['meanSquaredError', 'binaryAccuracy', 'categoricalAccuracy'].map((name): Maker => (draw) => { const a = shape(draw, 1, 3).map((length) => length || 1); return call(`metrics.${name}`, ones(a), ones(near(draw, a))); }),
  (draw) => call('unsortedSegmentSum', ones([4, draw.int(1, 3)]), tf.zeros([4], 'int32'), 3),
  (draw) => call('image.cropAndResize', ones([1, 4, 4, 2]), tf.zeros([draw.int(1, 3), 4]), tf.zeros([1], 'int32'), [2, 3]),
];

export const makers: readonly Maker[] = [...binary, ...logical, ...losses, ...reductions, ...arranged, ...products, ...compared, ...typed, ...leaves];

/** What is known of an argument, with shapes as `hide` leaves them. */
export function argumentOf(value: Given, hide: (lengths: readonly number[]) => Argument & { readonly kind: 'tensor' }): Argument {
  if (value instanceof tf.Tensor) {
    const known = hide(value.shape);
    return { kind: 'tensor', facts: { ...known.facts, type: value.dtype as 'float32' } };
  }
  if (Array.isArray(value)) return { kind: 'list', items: (value as readonly Given[]).map((item) => argumentOf(item, hide)), complete: true };
  if (typeof value === 'object') return { kind: 'record', fields: Object.fromEntries(Object.entries(value).map(([name, field]) => [name, argumentOf(field, hide)])) };
  return { kind: 'constant', value };
}
