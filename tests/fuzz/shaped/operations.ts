/** Operations on a tensor, with the shape that they give. */
import { axisOf, sizeOf } from '../shapes.ts';
import type { Shape } from '../syntax.ts';
import { number, shapeOf, word } from './text.ts';
import { type Around, type Named, operand } from './values.ts';

/** An expression that gives floats of a shape. */
export interface Made {
  readonly text: string;
  readonly shape: Shape;
}

/** Undefined for what it does not take. */
type Operation = (on: Named, around: Around) => Made | undefined;

const unary = ['neg', 'abs', 'relu', 'square', 'tanh', 'sigmoid', 'softplus', 'clone', 'elu', 'sin', 'toFloat', 'logSigmoid'];
const binary = ['add', 'sub', 'mul', 'maximum', 'minimum', 'squaredDifference'];
const reductions = ['sum', 'mean', 'max', 'min', 'prod', 'logSumExp'];

/** An axis as it is written: from the front, or from the back. */
function axisText(axis: number, rank: number, { choices }: Around): string {
  return choices.chance(0.3) ? `-${number(rank - axis)}` : number(axis);
}

const without = (shape: Shape, axis: number): Shape => shape.filter((_, at) => at !== axis);
const replaced = (shape: Shape, axis: number, length: number): Shape => shape.map((each, at) => (at === axis ? length : each));

/** Lengths that are stretched, or left out. */
function fitting(shape: Shape, { choices }: Around): Shape {
  const from = choices.chance(0.4) ? choices.below(shape.length + 1) : 0;
  return shape.slice(from).map((length) => (choices.chance(0.2) ? 1 : length));
}

const elementwise: readonly Operation[] = [
  ({ name, shape }, { choices }) => ({ text: `${name}.${choices.pick(unary)}()`, shape }),
  ({ name, shape }, { choices }) => ({ text: `tf.${choices.pick(unary.slice(0, 6))}(${name})`, shape }),
  ({ name, shape }, around) => ({ text: `${name}.${around.choices.pick(binary)}(${operand(around, fitting(shape, around))})`, shape }),
  ({ name, shape }, around) => ({ text: `tf.${around.choices.pick(binary)}(${operand(around, fitting(shape, around))}, ${name})`, shape }),
  ({ name, shape }, around) => ({ text: `tf.where(${name}.greater(0), ${name}, ${operand(around, shape)})`, shape }),
  ({ name, shape }, around) => ({ text: `tf.addN([${name}, ${operand(around, shape)}])`, shape }),
  ({ name, shape }) => ({ text: `tf.clipByValue(${name}, 0, 1)`, shape }),
  ({ name, shape }) => (shape.length === 0 ? undefined : { text: `tf.softmax(${name})`, shape }),
];

const products: readonly Operation[] = [
  ({ name, shape }, around) => {
    if (shape.length !== 2) return undefined;
    const width = 1 + around.choices.below(4);
    return { text: `${name}.${word('matMul', 'dot', 'mul')}(${operand(around, [shape[1]!, width])})`, shape: [shape[0]!, width] };
  },
  ({ name, shape }, around) => {
    if (shape.length !== 2) return undefined;
    const width = 1 + around.choices.below(4);
    return { text: `tf.matMul(${name}, ${operand(around, [width, shape[1]!])}, false, ${word('true', 'false')})`, shape: [shape[0]!, width] };
  },
  ({ name, shape }, around) => (shape.length === 3 ? { text: `tf.matMul(${name}, ${operand(around, [shape[0]!, shape[2]!, 2])})`, shape: [shape[0]!, shape[1]!, 2] } : undefined),
  ({ name, shape }, around) => (shape.length === 1 ? { text: `${name}.dot(${operand(around, [shape[0]!, 3])})`, shape: [3] } : undefined),
  ({ name, shape }, around) => (shape.length === 1 ? { text: `tf.outerProduct(${name}, ${operand(around, [2])})`, shape: [shape[0]!, 2] } : undefined),
  ({ name, shape }, around) => (shape.length === 2 ? { text: `tf.einsum(${word("'ij,jk->ik'", "'ij,ik->jk'")}, ${name}, ${operand(around, [shape[1]!, 2])})`, shape: [shape[0]!, 2] } : undefined),
];

const arrangements: readonly Operation[] = [
  ({ name, shape }) => (shape.length > 1 ? { text: `${name}.reshape([${number(sizeOf(shape))}])`, shape: [sizeOf(shape)] } : undefined),
  ({ name, shape }) => (shape.length > 1 ? { text: `${name}.reshape([-1, ${number(shape.at(-1)!)}])`, shape: [sizeOf(shape) / shape.at(-1)!, shape.at(-1)!] } : undefined),
  ({ name, shape }) => ({ text: `tf.reshape(${name}, ${shapeOf([...shape, 1])})`, shape: [...shape, 1] }),
  ({ name, shape }) => (shape.length === 2 ? { text: `${name}.reshape([${name}.shape[1]!, ${name}.shape[0]!])`, shape: shape.toReversed() } : undefined),
  ({ name, shape }) => ({ text: `${name}.flatten()`, shape: [sizeOf(shape)] }),
  ({ name, shape }, around) => {
    const at = around.choices.below(shape.length + 1);
    return shape.length > 3 ? undefined : { text: `${name}.expandDims(${number(at)})`, shape: [...shape.slice(0, at), 1, ...shape.slice(at)] };
  },
  ({ name, shape }) => (shape.includes(1) ? { text: `${name}.squeeze()`, shape: shape.filter((length) => length !== 1) } : undefined),
  ({ name, shape }) => {
    const at = shape.indexOf(1);
    return at === -1 ? undefined : { text: `${name}.squeeze([${number(at)}])`, shape: without(shape, at) };
  },
  ({ name, shape }, { choices }) => {
    const order = choices.sample(shape.map((_, at) => at), shape.length);
    return shape.length > 1 ? { text: `tf.transpose(${name}, [${order.map(number).join(', ')}])`, shape: order.map((at) => shape[at]!) } : undefined;
  },
  ({ name, shape }, around) => {
    if (shape.length === 0) return undefined;
    const axis = around.choices.below(shape.length);
    return { text: `tf.concat([${name}, ${operand(around, shape)}], ${axisText(axis, shape.length, around)})`, shape: replaced(shape, axis, shape[axis]! * 2) };
  },
  ({ name, shape }, around) => {
    if (shape.length === 0) return undefined;
    const axis = around.choices.below(shape.length);
    return { text: `${name}.concat(${operand(around, replaced(shape, axis, 2))}, ${number(axis)})`, shape: replaced(shape, axis, shape[axis]! + 2) };
  },
  ({ name, shape }, around) => (shape.length > 3 ? undefined : { text: `tf.stack([${name}, ${operand(around, shape)}, ${name}])`, shape: [3, ...shape] }),
  ({ name, shape }) => {
    if (shape.length === 0 || shape.length > 2) return undefined;
    return { text: `tf.tile(${name}, [${shape.map(() => number(2)).join(', ')}])`, shape: shape.map((length) => length * 2) };
  },
  ({ name, shape }) => (shape.length === 2 ? { text: `tf.pad(${name}, [[${number(1)}, 0], [0, ${number(2)}]])`, shape: [shape[0]! + 1, shape[1]! + 2] } : undefined),
  ({ name, shape }) => (shape.length < 3 ? { text: `tf.broadcastTo(${name}, ${shapeOf([2, ...shape])})`, shape: [2, ...shape] } : undefined),
  ({ name, shape }, around) => (shape.length > 0 ? { text: `tf.reverse(${name}, ${axisText(around.choices.below(shape.length), shape.length, around)})`, shape } : undefined),
];

const parts: readonly Operation[] = [
  ({ name, shape }, { choices }) => {
    if (shape.length === 0) return undefined;
    const size = shape.map((length) => 1 + choices.below(length));
    const begin = shape.map((length, axis) => choices.below(length - size[axis]! + 1));
    return { text: `${name}.slice([${begin.map(number).join(', ')}], [${size.map(number).join(', ')}])`, shape: size };
  },
  ({ name, shape: [length, ...rest] }, { choices }) => {
    if (length === undefined || length < 2) return undefined;
    const begin = choices.below(length - 1);
    return { text: `${name}.slice(${number(begin)}, ${number(length - begin - 1)})`, shape: [length - begin - 1, ...rest] };
  },
  ({ name, shape }, { choices }) => {
    const axis = shape.findIndex((length) => length % 2 === 0);
    return axis === -1 ? undefined : { text: `tf.split(${name}, ${number(2)}, ${number(axis)})[${choices.pick(['0', '1'])}]!`, shape: replaced(shape, axis, shape[axis]! / 2) };
  },
  ({ name, shape }) => (shape.length > 1 && shape[0]! > 1 ? { text: `tf.unstack(${name}, ${number(0)})[1]!`, shape: shape.slice(1) } : undefined),
  ({ name, shape: [length, ...rest] }) => (length !== undefined && length > 1 ? { text: `tf.gather(${name}, tf.tensor1d([0, 1, 0], ${word("'int32'", "'float32'")}))`, shape: [3, ...rest] } : undefined),
  ({ name, shape }) => {
    const last = shape.at(-1);
    return last === undefined || last < 2 ? undefined : { text: `tf.topk(${name}, ${number(2)}).values`, shape: replaced(shape, shape.length - 1, 2) };
  },
];

/** An axis of `cumsum` that is counted from the end gives a shape that is none, and throws at once or later. */
const reducing: readonly Operation[] = [
  ({ name, shape }, around) => {
    if (shape.length === 0) return undefined;
    const axis = around.choices.below(shape.length);
    return { text: `${name}.${around.choices.pick(reductions)}(${axisText(axis, shape.length, around)})`, shape: without(shape, axis) };
  },
  ({ name, shape }, around) => {
    if (shape.length === 0) return undefined;
    const axis = around.choices.below(shape.length);
    return { text: `tf.${around.choices.pick(['sum', 'mean', 'max'])}(${name}, ${number(axis)}, true)`, shape: replaced(shape, axis, 1) };
  },
  ({ name, shape }, around) => (shape.length === 2 ? { text: `tf.argMax(${name}, ${axisText(1, 2, around)}).toFloat()`, shape: [shape[0]!] } : undefined),
  ({ name, shape }, around) => (shape.length > 0 ? { text: `${name}.cumsum(${number(around.choices.below(shape.length))})`, shape } : undefined),
  ({ name, shape }, around) => (axisOf(1, shape.length) === undefined ? undefined : { text: `tf.norm(${name}, 'euclidean', ${axisText(1, shape.length, around)})`, shape: without(shape, 1) }),
  ({ name, shape }, around) => (shape.length > 0 ? { text: `tf.losses.meanSquaredError(${operand(around, shape)}, ${name})`, shape: [] } : undefined),
  ({ name, shape }, around) => (shape.length === 2 ? { text: `tf.losses.softmaxCrossEntropy(${operand(around, shape)}, ${name})`, shape: [] } : undefined),
  ({ name, shape }, around) => (shape.length === 2 ? { text: `tf.moments(${name}, ${axisText(0, 2, around)}).mean`, shape: [shape[1]!] } : undefined),
];

const images: readonly Operation[] = [
  ({ name, shape }, { choices }) => {
    const [rows = 0, columns = 0, channels = 0] = shape;
    if (shape.length !== 3 || rows < 2 || columns < 2) return undefined;
    const filters = 1 + choices.below(3);
    return { text: `tf.conv2d(${name} as tf.Tensor3D, tf.ones([2, 2, ${number(channels)}, ${number(filters)}]), 1, ${word("'valid'", "'same'")})`, shape: [rows - 1, columns - 1, filters] };
  },
  ({ name, shape }) => {
    const [count = 0, rows = 0, columns = 0, channels = 0] = shape;
    return shape.length !== 4 || rows < 2 || columns < 2 ? undefined : { text: `tf.conv2d(${name} as tf.Tensor4D, tf.ones([2, 2, ${number(channels)}, 2]) as tf.Tensor4D, 1, 'same')`, shape: [count, rows, columns, 2] };
  },
  ({ name, shape }) => {
    const [rows = 0, columns = 0, channels = 0] = shape;
    return shape.length !== 3 || rows < 2 || columns < 2 ? undefined : { text: `tf.maxPool(${name} as tf.Tensor3D, 2, ${number(1)}, 'valid')`, shape: [rows - 1, columns - 1, channels] };
  },
  ({ name, shape }) => (shape.length === 3 ? { text: `tf.image.resizeBilinear(${name} as tf.Tensor3D, ${shapeOf([4, 4])})`, shape: [4, 4, shape[2]!] } : undefined),
  ({ name, shape }) => {
    const [length = 0, channels = 0] = shape;
    return shape.length !== 2 || length < 2 ? undefined : { text: `tf.conv1d(${name} as tf.Tensor2D, tf.ones([2, ${number(channels)}, 3]) as tf.Tensor3D, 1, 'valid')`, shape: [length - 1, 3] };
  },
];

const kinds = [[4, elementwise], [3, products], [4, arrangements], [2, parts], [2, reducing], [1.5, images]] as const;

/** One that takes the tensor. Few elements stay, whatever is done to them. */
export function operation(on: Named, around: Around): Made {
  for (;;) {
    const made = around.choices.pick(around.choices.weighted(kinds))(on, around);
    if (made !== undefined && sizeOf(made.shape) <= 200 && made.shape.length <= 4) return made;
  }
}
