/** Tensors of a shape, in the ways in which people make them. */
import type { Choices } from '../generate/random.ts';
import { sizeOf } from '../shapes.ts';
import type { Shape } from '../syntax.ts';
import { number, shapeOf, word } from './text.ts';

/** A tensor of floats that has a name. */
export interface Named {
  readonly name: string;
  readonly shape: Shape;
}

/** What an expression has at hand. */
export interface Around {
  readonly choices: Choices;
  readonly named: readonly Named[];
}

/** Something of this shape: what is there, or a new one. */
export function operand({ choices, named }: Around, shape: Shape): string {
  const fitting = named.filter((each) => each.shape.join() === shape.join());
  return fitting.length > 0 && choices.chance(0.6) ? choices.pick(fitting).name : leaf(choices, shape);
}

const filled = ['zeros', 'ones', 'randomNormal', 'randomUniform'];

export function leaf(choices: Choices, shape: Shape): string {
  const ways: (() => string)[] = [() => `tf.${choices.pick(filled)}(${shapeOf(shape)})`, () => `tf.fill(${shapeOf(shape)}, 0.5)`];
  if (sizeOf(shape) <= 24) ways.push(...written(choices, shape));
  const [length = 1, width = 1] = shape;
  if (shape.length === 1) ways.push(...vectors(choices, length));
  if (shape.length === 2) ways.push(...matrices(length, width));
  if (shape.length > 0) ways.push(() => `tf.tensor(new Float32Array(${String(sizeOf(shape))}), ${shapeOf(shape)})`);
  return choices.pick(ways)();
}

function written(choices: Choices, shape: Shape): readonly (() => string)[] {
  const ranked = shape.length === 0 || shape.length > 4 ? 'tensor' : `tensor${String(shape.length)}d`;
  const flat = numbers(choices, sizeOf(shape)).join(', ');
  if (shape.length === 0) return [() => 'tf.scalar(2)'];
  return [() => `tf.${choices.pick(['tensor', ranked])}(${nested(choices, shape)})`, ...shape.length === 1 ? [] : [() => `tf.${choices.pick(['tensor', ranked])}([${flat}], ${shapeOf(shape)})`]];
}

function vectors(choices: Choices, length: number): readonly (() => string)[] {
  return [
    () => `tf.linspace(0, 1, ${number(length)})`, () => `tf.range(0, ${number(length)})`,
    () => `tf.tensor1d(Array.from({ length: ${number(length)} }, (_, i) => i / 2))`, () => `tf.tensor1d(new Array(${number(length)}).fill(1))`,
    () => `tf.tensor1d([${numbers(choices, length).join(', ')}].map((each) => each * 2))`,
  ];
}

function matrices(length: number, width: number): readonly (() => string)[] {
  return [
    () => `tf.tensor2d(Array.from({ length: ${number(length)} }, (_, i) => Array.from({ length: ${number(width)} }, (_, j) => i + j)))`,
    () => `tf.oneHot(tf.zeros([${number(length)}], ${word("'int32'", "'float32'")}), ${number(width)}).toFloat()`,
  ];
}

function numbers(choices: Choices, count: number): readonly string[] {
  return Array.from({ length: count }, () => choices.pick(['1', '2', '0.5', '3']));
}

function nested(choices: Choices, [length = 1, ...rest]: Shape): string {
  return `[${Array.from({ length }, () => (rest.length === 0 ? choices.pick(['1', '2', '0.5']) : nested(choices, rest))).join(', ')}]`;
}
