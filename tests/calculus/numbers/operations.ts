/** Operations with arguments drawn at random, as TF.js runs them and as the calculus of numbers sees them. */
import * as tf from '@tensorflow/tfjs';
import type { Argument } from '../../../src/calculus/numbers/argument.ts';
import type { Facts } from '../../../src/calculus/numbers/facts.ts';

/** A tensor, and what is known of it. */
export interface Known {
  readonly tensor: tf.Tensor;
  readonly facts: Facts;
}

/** A source of choices. */
export interface Draw {
  readonly known: () => Known;
  readonly int: (from: number, to: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

export interface Called {
  readonly operation: string;
  readonly args: readonly Argument[];
  readonly tensors: readonly tf.Tensor[];
  readonly run: (...tensors: tf.Tensor[]) => tf.Tensor;
}

type Drawn = (draw: Draw) => Called;

const constant = (value: number | boolean | string | undefined): Argument => ({ kind: 'constant', value });
const list = (values: readonly number[]): Argument => ({ kind: 'list', items: values.map(constant), complete: true });
const tensorArgument = ({ facts }: Known): Argument => ({ kind: 'tensor', facts });
const flag = ({ pick }: Draw): boolean | undefined => pick([undefined, true, false]);

function called(operation: string, knowns: readonly Known[], others: readonly Argument[], run: Called['run']): Called {
  return { operation, args: [...knowns.map(tensorArgument), ...others], tensors: knowns.map(({ tensor }) => tensor), run };
}

type Exports = Record<string, (...args: unknown[]) => tf.Tensor>;
const api = tf as unknown as Exports;
const operations = (names: string): readonly string[] => names.split(' ');

const unary: readonly Drawn[] = operations('abs neg square reciprocal exp log log1p sqrt softplus sigmoid tanh sin cos erf cosh sign step relu relu6 elu floor ceil round logSigmoid logicalNot zerosLike onesLike clone softmax logSoftmax selu leakyRelu rsqrt expm1 flattened scalarOf')
  .flatMap((operation) => (Object.hasOwn(tf, operation) ? [({ known }: Draw) => called(operation, [known()], [], (x) => api[operation]!(x))] : []));

const binary: readonly Drawn[] = operations('add sub mul div squaredDifference pow maximum minimum greater greaterEqual less lessEqual equal notEqual logicalAnd logicalOr floorDiv mod atan2')
  .map((operation) => ({ known }: Draw) => called(operation, [known(), known()], [], (a, b) => api[operation]!(a, b)));

/** With a number in the place of one operand. */
const mixed: readonly Drawn[] = operations('add sub mul div maximum minimum greater').map((operation) => ({ known, pick }: Draw) => {
  const number = pick([-1, 0, 0.1, 0.5, 1, 2, 6, 1e-7]);
  return called(operation, [known()], [constant(number)], (x) => api[operation]!(x, number));
});

const reduction: readonly Drawn[] = operations('sum mean max min prod any all logSumExp').map((operation) => (draw: Draw) => {
  const x = draw.known();
  const axis = draw.pick([undefined, 0, -1, 1, [0], [-1], [0, 1]]);
  const keep = flag(draw);
  return called(operation, [x], [Array.isArray(axis) ? list(axis) : constant(axis), constant(keep)], (tensor) => api[operation]!(tensor, axis, keep));
});

const shaping: readonly Drawn[] = [
  (draw) => {
    const shape = draw.pick([[-1], [-1, 1], [1, -1], [2, -1], [4], [2, 2], [1, 1, -1]]);
    return called('reshape', [draw.known()], [list(shape)], (x) => tf.reshape(x, shape));
  },
  ({ known }) => called('flatten', [known()], [], (x) => x.flatten()),
  ({ known }) => called('asScalar', [known()], [], (x) => x.asScalar()),
  ({ known, pick }) => {
    const [rows, columns] = pick([[1, 4], [2, 2], [4, 1], [2, 1]] as const);
    return called('as2D', [known()], [constant(rows), constant(columns)], (x) => x.as2D(rows, columns));
  },
  ({ known, pick }) => {
    const axis = pick([undefined, 0, 1, -1, -2]);
    return called('expandDims', [known()], [constant(axis)], (x) => tf.expandDims(x, axis));
  },
  ({ known, pick }) => {
    const axis = pick([undefined, [0], [-1], [1]]);
    return called('squeeze', [known()], axis === undefined ? [] : [list(axis)], (x) => tf.squeeze(x, axis));
  },
  ({ known, pick }) => {
    const order = pick([undefined, [1, 0], [0, 1], [0, 2, 1], [2, 0, 1]]);
    return called('transpose', [known()], order === undefined ? [] : [list(order)], (x) => tf.transpose(x, order));
  },
  ({ known, pick }) => {
    const begin = pick<number | number[]>([0, 1, [0], [1], [0, 1], [1, 0]]);
    const size = pick<number | number[] | undefined>([undefined, 1, [1], [-1, 1], [1, 2]]);
    const argument = (value: number | number[] | undefined): Argument => (Array.isArray(value) ? list(value) : constant(value));
    return called('slice', [known()], [argument(begin), argument(size)], (x) => tf.slice(x, begin, size));
  },
  ({ known, pick }) => {
    const axis = pick([undefined, 0, 1, -1]);
    const indices = pick<number[] | number[][]>([[0], [1, 0], [0, 0, 1], [[0], [1]]]);
    const argument: Argument = { kind: 'list', items: indices.map((each) => (Array.isArray(each) ? list(each) : constant(each))), complete: true };
    return called('gather', [known()], [argument, constant(axis)], (x) => tf.gather(x, indices, axis));
  },
  ...(['concat', 'stack'] as const).map((operation): Drawn => ({ known, pick }) => {
    const [a, b, axis] = [known(), known(), pick([undefined, 0, 1, -1])];
    return { operation, args: [{ kind: 'list', items: [tensorArgument(a), tensorArgument(b)], complete: true }, constant(axis)], tensors: [a.tensor, b.tensor], run: (x, y) => tf[operation]([x, y], axis) };
  }),
  ...(['concat', 'stack'] as const).map((operation): Drawn => ({ known, pick }) => {
    const axis = pick([undefined, 0, 1, -1]);
    return called(operation, [known(), known()], [constant(axis)], (x, y) => x[operation](y, axis));
  }),
  ({ known, pick }) => {
    const repeats = pick([[2], [1, 2], [2, 1, 1]]);
    return called('tile', [known()], [list(repeats)], (x) => tf.tile(x, repeats));
  },
  ({ known, pick }) => {
    const shape = pick([[2], [2, 2], [3, 2, 2], [2, 3]]);
    return called('broadcastTo', [known()], [list(shape)], (x) => tf.broadcastTo(x, shape));
  },
  ({ known }) => called('reshapeAs', [known(), known()], [], (x, y) => x.reshapeAs(y)),
  ({ known }) => called('reverse', [known()], [], (x) => tf.reverse(x)),
];

const others: readonly Drawn[] = [
  ({ known }) => called('where', [known(), known(), known()], [], (condition, a, b) => tf.where(condition, a, b)),
  ({ known, pick }) => {
    const [from, to] = pick([[0, 1], [-1, 1], [1e-7, 1 - 1e-7], [2, 6], [-3, -2], [0.1, 0.3], [1, 1]] as const);
    return called('clipByValue', [known()], [constant(from), constant(to)], (x) => tf.clipByValue(x, from, to));
  },
  (draw) => {
    const [turnA, turnB] = [flag(draw), flag(draw)];
    return called('matMul', [draw.known(), draw.known()], [constant(turnA), constant(turnB)], (a, b) => tf.matMul(a, b, turnA, turnB));
  },
  ({ known, pick }) => {
    const type = pick(['float32', 'int32', 'bool'] as const);
    return called('cast', [known()], [constant(type)], (x) => tf.cast(x, type));
  },
  ...(['toFloat', 'toInt', 'toBool'] as const).map((operation): Drawn => ({ known }) => called(operation, [known()], [], (x) => x[operation]())),
  ...(['argMax', 'argMin'] as const).map((operation): Drawn => ({ known, pick }) => {
    const axis = pick([undefined, 0, 1, -1]);
    return called(operation, [known()], [constant(axis)], (x) => tf[operation](x, axis));
  }),
  ({ known }) => called('norm', [known()], [], (x) => tf.norm(x)),
  ({ known, pick }) => {
    const depth = pick([2, 3]);
    const [on, off] = pick([[undefined, undefined], [5, undefined], [2, -1]] as const);
    return called('oneHot', [known()], [constant(depth), constant(on), constant(off)], (x) => tf.oneHot(tf.cast(x, 'int32'), depth, on, off));
  },
];

export const drawn: readonly Drawn[] = [...unary, ...binary, ...binary, ...mixed, ...reduction, ...shaping, ...others, ...others];
