import { booleans, floats, given, integers, positives, type Api, type Case, type Input, type Tensor } from './case.ts';

const SHAPES = [[], [5], [2, 3], [2, 1, 3]] as const;

const BROADCASTS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[2, 3], [2, 3]], [[], [3]], [[3], []], [[2, 3], [3]], [[2, 1], [1, 3]], [[2, 1, 3], [4, 1]], [[1], [2, 2]],
];

type Domain = (shape: readonly number[]) => Input;

const anywhere: Domain = (shape) => floats(shape);
const aboveOne: Domain = (shape) => floats(shape, 1.2, 3);
const withinOne: Domain = (shape) => floats(shape, -0.85, 0.85);
const aboveMinusOne: Domain = (shape) => floats(shape, -0.7, 2);

const unaries: Readonly<Record<string, Domain>> = {
  neg: anywhere, abs: anywhere, exp: anywhere, expm1: anywhere, log: positives, log1p: aboveMinusOne, sqrt: positives, rsqrt: positives,
  square: anywhere, reciprocal: positives, sin: anywhere, cos: anywhere, tan: withinOne, asin: withinOne, acos: withinOne, atan: anywhere,
  sinh: anywhere, cosh: anywhere, tanh: anywhere, asinh: anywhere, acosh: aboveOne, atanh: withinOne, erf: anywhere, sigmoid: anywhere,
  softplus: anywhere, logSigmoid: anywhere, relu: anywhere, relu6: (shape) => floats(shape, -3, 9), elu: anywhere, selu: anywhere,
  sign: anywhere, floor: anywhere, ceil: anywhere, round: anywhere, isNaN: anywhere, isInf: anywhere, isFinite: anywhere,
  zerosLike: anywhere, onesLike: anywhere, clone: anywhere,
};

const binaries: Readonly<Record<string, readonly [Domain, Domain]>> = {
  add: [anywhere, anywhere], sub: [anywhere, anywhere], mul: [anywhere, anywhere], div: [anywhere, positives], maximum: [anywhere, anywhere],
  minimum: [anywhere, anywhere], squaredDifference: [anywhere, anywhere], atan2: [anywhere, positives], mod: [anywhere, positives],
  pow: [positives, anywhere], greaterEqual: [anywhere, anywhere], prelu: [anywhere, anywhere],
};

const throwing: Readonly<Record<string, string>> = {
  equal: 'comparison', notEqual: 'comparison', greater: 'comparison', less: 'comparison', lessEqual: 'comparison', divNoNan: 'div-no-nan', floorDiv: 'floor-div',
};

const call = (name: string) => (tf: Api, ...inputs: Tensor[]): Tensor =>
  (tf as unknown as Record<string, (...all: Tensor[]) => Tensor>)[name]!(...inputs);

/** `prelu` in TF.js broadcasts its α towards x only. */
const fits = (name: string, [a, b]: readonly [readonly number[], readonly number[]]): boolean =>
  name !== 'prelu' || (b.length <= a.length && b.every((length, axis) => length === 1 || length === a[axis + a.length - b.length]));

/** Operands that TF.js does not sum back to their shape in three of its gradients. */
function broadcastDeparts(operation: string, a: readonly number[], b: readonly number[]): Pick<Case, 'departs'> {
  if (!['maximum', 'minimum', 'squaredDifference'].includes(operation)) return {};
  const wide = a.length > b.length ? a : a.length < b.length ? b : a.map((length, axis) => Math.max(length, b[axis]!));
  const all = wide.map((length, axis) => Math.max(length, a[axis - wide.length + a.length] ?? 1, b[axis - wide.length + b.length] ?? 1));
  return { departs: Object.fromEntries([a, b].flatMap((shape, index) => (`${shape}` === `${all}` ? [] : [[index, 'broadcast']]))) };
}

export const elementwise: readonly Case[] = [
  ...Object.entries(unaries).flatMap(([operation, domain]) =>
    SHAPES.map((shape): Case => ({ operation, note: '', inputs: [domain(shape)], run: call(operation) })),
  ),
  ...Object.entries(binaries).flatMap(([operation, [left, right]]) =>
    BROADCASTS.filter((pair) => fits(operation, pair)).map(([a, b]): Case => ({
      operation, note: '', inputs: [left(a), right(b)], run: call(operation), ...broadcastDeparts(operation, a, b),
    })),
  ),
  ...Object.entries(throwing).flatMap(([operation, row]) =>
    BROADCASTS.map(([a, b]): Case => ({ operation, note: '', inputs: [anywhere(a), positives(b)], run: call(operation), departs: { 0: row, 1: row } })),
  ),
  // Types: integers and booleans among the operands.
  ...['add', 'sub', 'mul', 'maximum', 'minimum', 'squaredDifference', 'mod', 'greaterEqual', 'pow'].flatMap((operation): Case[] => [
    { operation, note: 'float and int', inputs: [positives([3]), integers([1, 2, 3])], run: call(operation) },
    { operation, note: 'int and int', inputs: [integers([4, 2, 7]), integers([1, 2, 3])], run: call(operation) },
  ]),
  ...['add', 'mul', 'greaterEqual'].map((operation): Case => ({ operation, note: 'float and bool', inputs: [floats([3]), booleans([1, 0, 1])], run: call(operation) })),
  { operation: 'div', note: 'int and int is floorDiv', inputs: [integers([7, -7, 5]), integers([2, 2, 5])], run: call('div') },
  { operation: 'mod', note: 'signs', inputs: [given([5.3, -5.3, 5.3, -5.3]), given([3, 3, -3, -3])], run: call('mod') },
  { operation: 'pow', note: 'integer exponents', inputs: [floats([4])], run: (tf, base) => tf.pow(base, tf.tensor1d([2, 3, 2, 3])) },
  { operation: 'pow', note: 'number exponent', inputs: [floats([4])], run: (tf, base) => base.pow(3) },
  ...['neg', 'abs', 'square', 'sign', 'relu'].map((operation): Case => ({ operation, note: 'int', inputs: [integers([-2, 0, 3])], run: call(operation) })),
  { operation: 'step', note: '', inputs: [floats([5])], run: (tf, x) => tf.step(x) },
  { operation: 'step', note: 'alpha', inputs: [floats([5])], run: (tf, x) => x.step(0.3) },
  { operation: 'leakyRelu', note: '', inputs: [floats([2, 3])], run: (tf, x) => tf.leakyRelu(x) },
  { operation: 'leakyRelu', note: 'alpha', inputs: [floats([5])], run: (tf, x) => x.leakyRelu(0.05) },
  { operation: 'clipByValue', note: '', inputs: [floats([2, 3])], run: (tf, x) => tf.clipByValue(x, -0.75, 1.01) },
  { operation: 'clipByValue', note: 'one bound', inputs: [floats([5])], run: (tf, x) => x.clipByValue(-0.75, 100) },
  { operation: 'addN', note: '', inputs: [floats([2, 2]), floats([2, 2]), floats([2, 2])], run: (tf, ...all) => tf.addN(all) },
  { operation: 'addN', note: 'the same twice', inputs: [floats([3])], run: (tf, x) => tf.addN([x, x]) },
  { operation: 'logicalNot', note: '', inputs: [booleans([1, 0])], run: call('logicalNot') },
  ...['logicalAnd', 'logicalOr', 'logicalXor'].flatMap((operation): Case[] => [
    { operation, note: '', inputs: [booleans([1, 1, 0, 0]), booleans([1, 0, 1, 0])], run: call(operation) },
    { operation, note: 'broadcast', inputs: [booleans([1, 0], [2, 1]), booleans([1, 0, 1])], run: call(operation) },
  ]),
  { operation: 'where', note: '', inputs: [floats([2, 2]), floats([2, 2])], run: (tf, a, b) => tf.where(tf.tensor2d([[true, false], [false, true]]), a, b) },
  { operation: 'where', note: 'broadcast', inputs: [booleans([1, 0], [2, 1]), floats([3]), floats([])], run: (tf, condition, a, b) => tf.where(condition, a, b) },
  { operation: 'where', note: 'condition of x', inputs: [floats([4])], run: (tf, x) => tf.where(x.greaterEqual(0.3), x.mul(2), x.square()) },
  { operation: 'where', note: 'method', inputs: [floats([3]), floats([3])], run: (tf, a, b) => a.where(tf.tensor1d([true, false, true]), b) },
  { operation: 'cast', note: 'to the same', inputs: [floats([3])], run: (tf, x) => tf.cast(x, 'float32') },
  { operation: 'cast', note: 'to int', inputs: [floats([3])], run: (tf, x) => tf.cast(x, 'int32'), departs: { 0: 'cast' } },
  { operation: 'cast', note: 'to bool', inputs: [floats([3])], run: (tf, x) => x.toBool(), departs: { 0: 'cast' } },
  { operation: 'cast', note: 'int to float', inputs: [integers([1, 2])], run: (tf, x) => x.toFloat() },
];
