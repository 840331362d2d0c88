/** Models of layers, and what they are given: lines of a program. */
import type { Choices } from '../generate/random.ts';
import type { Shape } from '../syntax.ts';
import { number, shapeOf, word } from './text.ts';

/** A model in a variable, with the shape of one example on either side. */
export interface Model {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly compiled: boolean;
}

/** A layer as it is written behind `tf.layers.`: `settings` are those but for its input. */
interface Layer {
  readonly name: string;
  readonly settings: string;
  readonly output: Shape;
}

type Maker = (shape: Shape, choices: Choices) => Layer | undefined;

const anywhere: readonly Maker[] = [
  (shape) => ({ name: 'dropout', settings: 'rate: 0.1', output: shape }),
  (shape, choices) => ({ name: 'activation', settings: `activation: '${choices.pick(['relu', 'tanh'])}'`, output: shape }),
  (shape, choices) => {
    const units = 1 + choices.below(4);
    return { name: 'dense', settings: `units: ${number(units)}`, output: [...shape.slice(0, -1), units] };
  },
  (shape) => (shape.length > 1 ? { name: 'flatten', settings: '', output: [shape.reduce((size, length) => size * length, 1)] } : undefined),
  (shape) => {
    const size = shape.reduce((size, length) => size * length, 1);
    return size % 2 === 0 ? { name: 'reshape', settings: `targetShape: ${shapeOf([2, size / 2])}`, output: [2, size / 2] } : undefined;
  },
];

const sequences: readonly Maker[] = [
  ([steps = 0], choices) => {
    const units = 1 + choices.below(3);
    return { name: choices.pick(['lstm', 'gru', 'simpleRNN']), settings: `units: ${number(units)}, returnSequences: ${word('true', 'false')}`, output: [steps, units] };
  },
  (_, choices) => ({ name: choices.pick(['lstm', 'gru']), settings: `units: ${number(2)}`, output: [2] }),
  ([steps = 0]) => (steps < 2 ? undefined : { name: 'conv1d', settings: `filters: ${number(2)}, kernelSize: ${number(2)}`, output: [steps - 1, 2] }),
  ([, width = 0]) => ({ name: 'globalAveragePooling1d', settings: '', output: [width] }),
];

const pictures: readonly Maker[] = [
  ([rows = 0, columns = 0], choices) => {
    const filters = 1 + choices.below(3);
    return rows < 3 || columns < 3 ? undefined : { name: 'conv2d', settings: `filters: ${number(filters)}, kernelSize: ${number(2)}`, output: [rows - 1, columns - 1, filters] };
  },
  ([rows = 0, columns = 0, channels = 0], choices) => (rows < 2 || columns < 2 ? undefined : { name: choices.pick(['maxPooling2d', 'averagePooling2d']), settings: `poolSize: ${number(2)}`, output: [Math.floor(rows / 2), Math.floor(columns / 2), channels] }),
  ([rows = 0, columns = 0, channels = 0]) => ({ name: 'upSampling2d', settings: 'size: [2, 2]', output: [rows * 2, columns * 2, channels] }),
  ([,, channels = 0]) => ({ name: 'globalAveragePooling2d', settings: '', output: [channels] }),
];

function layer(shape: Shape, choices: Choices): Layer {
  const own = shape.length === 2 ? sequences : shape.length === 3 ? pictures : [];
  for (;;) {
    const made = choices.pick(own.length > 0 && choices.chance(0.7) ? own : anywhere)(shape, choices);
    if (made?.output.every((length) => length > 0 && length < 30) === true) return made;
  }
}

/** Layers one behind the other, the last of which gives one row for each example. */
function stack(choices: Choices, input: Shape): readonly Layer[] {
  const layers: Layer[] = [];
  let shape = input;
  const count = 1 + choices.below(3);
  for (let index = 0; index < count; index++) {
    const next = layer(shape, choices);
    layers.push(next);
    shape = next.output;
  }
  const flat: Layer[] = shape.length > 1 ? [{ name: 'flatten', settings: '', output: [shape.reduce((size, length) => size * length, 1)] }] : [];
  const units = 1 + choices.below(3);
  return [...layers, ...flat, { name: 'dense', settings: `units: ${number(units)}`, output: [units] }];
}

const written = ({ name, settings }: Layer, input?: Shape): string => {
  const all = [...input === undefined ? [] : [`inputShape: ${shapeOf(input)}`], ...settings === '' ? [] : [settings]];
  return `tf.layers.${name}(${all.length === 0 ? '' : `{ ${all.join(', ')} }`})`;
};

export function model(choices: Choices, name: string): { readonly lines: readonly string[]; readonly model: Model } {
  const input = choices.pick<Shape>([[3], [4], [2], [5, 3], [4, 2], [6, 6, 2], [5, 4, 1]]);
  const layers = stack(choices, input);
  const lines = choices.pick([added, listed, functional, merged])(choices, name, input, layers);
  const compiled = choices.chance(0.6);
  const output = layers.at(-1)!.output;
  const loss = output[0]! > 1 ? choices.pick(['meanSquaredError', 'categoricalCrossentropy']) : 'meanSquaredError';
  return { lines: [...lines, ...compiled ? [`${name}.compile({ optimizer: 'sgd', loss: '${loss}' });`] : []], model: { name, input, output, compiled } };
}

type Form = (choices: Choices, name: string, input: Shape, layers: readonly Layer[]) => readonly string[];

const added: Form = (_, name, input, layers) => [`const ${name} = tf.sequential();`, ...layers.map((layer, index) => `${name}.add(${written(layer, index === 0 ? input : undefined)});`)];

const listed: Form = (_, name, input, layers) => [`const ${name} = tf.sequential({ layers: [${layers.map((layer, index) => written(layer, index === 0 ? input : undefined)).join(', ')}] });`];

const functional: Form = (_, name, input, layers) => [
  `const ${name}In = tf.input({ shape: ${shapeOf(input)} });`, `let ${name}Out: tf.SymbolicTensor = ${name}In;`,
  ...layers.map((layer) => `${name}Out = ${written(layer)}.apply(${name}Out) as tf.SymbolicTensor;`), `const ${name} = tf.model({ inputs: ${name}In, outputs: ${name}Out });`,
];

/** Two ways that come together before the last layer. */
const merged: Form = (choices, name, input, layers) => {
  const [inner, last] = [layers.slice(0, -1), layers.at(-1)!];
  const [width = 1] = inner.at(-1)!.output;
  const isAdded = choices.chance(0.5);
  const before = inner.reduce((text, layer) => `${written(layer)}.apply(${text})`, `${name}In`);
  return [
    `const ${name}In = tf.input({ shape: ${shapeOf(input)} });`, `const ${name}Left = ${before} as tf.SymbolicTensor;`,
    `const ${name}Flat = ${input.length > 1 ? `tf.layers.flatten().apply(${name}In) as tf.SymbolicTensor` : `${name}In`};`,
    `const ${name}Right = tf.layers.dense({ units: ${number(width)} }).apply(${name}Flat) as tf.SymbolicTensor;`,
    `const ${name}Both = tf.layers.${isAdded ? 'add' : 'concatenate'}().apply([${name}Left, ${name}Right]) as tf.SymbolicTensor;`,
    `const ${name} = tf.model({ inputs: ${name}In, outputs: ${written(last)}.apply(${name}Both) as tf.SymbolicTensor });`,
  ];
};
