/** The spellings in which generated programs end a gradient. */
import type { Cause } from '../../src/calculus/cause.ts';
import type { Shape } from './syntax.ts';

/** `value` begins with the mark of the place that a report must name. */
type Spelling = (value: string, shape: string, mark: string) => string;

export interface Cut {
  /** What a report must say; undefined as long as no rule is bound to see it. */
  readonly cause: Cause | undefined;
  readonly shape: (shape: Shape) => Shape | undefined;
  /** Other operations come before the one that ends it. */
  readonly late?: true;
  readonly spellings: readonly Spelling[];
  /** As several statements that end with a declaration of the name. */
  readonly statements?: readonly ((value: string, shape: string, name: string, mark: string) => readonly string[])[];
}

const same = (shape: Shape): Shape => shape;
const scalar = (): Shape => [];
const ranked = (shape: Shape): Shape | undefined => (shape.length > 0 ? shape : undefined);

const custom = (gradient: string, definition = '{ value: t.clone(), gradFunc: ('): string => `tf.customGrad((input) => { const t = input as tf.Tensor; return ${definition}${gradient} }; })`;

export const cuts: Readonly<Record<string, Cut>> = {
  read: {
    cause: 'host-read',
    shape: same,
    spellings: [
      (value, shape) => `tf.tensor(${value}.dataSync(), ${shape})`,
      (value, shape) => `tf.tensor(Array.from(${value}.dataSync()), ${shape})`,
      (value, shape) => `tf.tensor(Array.from(${value}.dataSync(), (v) => Math.tanh(v) + 1), ${shape})`,
      (value, shape) => `tf.tensor([...${value}.dataSync()].map((v) => v * 2), ${shape})`,
      (value, shape) => `tf.tensor(${value}.dataSync().map((v) => Math.max(v, 0.5)), ${shape})`,
      (value, shape) => `tf.tensor(${value}.dataSync().slice(), ${shape})`,
      (value, shape) => `tf.tensor(Float32Array.from(${value}.dataSync()), ${shape})`,
      (value) => `tf.tensor(${value}.arraySync())`,
      (value) => `${value}.bufferSync().toTensor()`,
    ],
    statements: [
      (value, shape, name) => [
        `const ${name}Values = ${value}.dataSync();`, `const ${name}Numbers: number[] = [];`,
        `for (let i = 0; i < ${name}Values.length; i++) {`, `  ${name}Numbers.push(Math.tanh(${name}Values[i]!));`, '}',
        `const ${name} = tf.tensor(${name}Numbers, ${shape});`,
      ],
      (value, shape, name) => [
        `const ${name}Numbers: number[] = [];`, `for (const value of ${value}.dataSync()) ${name}Numbers.push(value * value);`,
        `const ${name} = tf.tensor(${name}Numbers, ${shape});`,
      ],
      (value, shape, name) => [
        `const ${name}Values = ${value}.dataSync();`, `const ${name}Numbers = new Float32Array(${name}Values.length);`,
        `${name}Values.forEach((value, index) => { ${name}Numbers[index] = Math.exp(-value * value); });`,
        `const ${name} = tf.tensor(${name}Numbers, ${shape});`,
      ],
      (value, shape, name) => [
        `let ${name}Sum = 0;`, `for (const value of ${value}.dataSync()) ${name}Sum += value;`,
        `const ${name} = tf.fill(${shape}, ${name}Sum);`,
      ],
    ],
  },
  'read number': {
    cause: 'host-read',
    shape: scalar,
    spellings: [
      (value) => `tf.scalar(${value}.mean().dataSync()[0]!)`,
      (value) => `tf.scalar(Math.tanh(${value}.sum().dataSync()[0]!))`,
      (value) => `tf.scalar(${value}.sum().arraySync() as number)`,
      (value) => `tf.scalar(Array.from(${value}.dataSync()).reduce((sum, v) => sum + v, 0))`,
      (value) => `tf.scalar(Math.max(...${value}.dataSync()))`,
    ],
  },
  'read factor': {
    cause: 'host-read',
    shape: same,
    spellings: [
      (value, shape) => `tf.ones(${shape}).mul(${value}.mean().dataSync()[0]!)`,
      (value, shape) => `tf.ones(${shape}).add(1 / (1 + Math.abs(${value}.sum().dataSync()[0]!)))`,
      (value, shape) => `tf.fill(${shape}, ${value}.mean().dataSync()[0]!)`,
    ],
  },
  stop: {
    cause: 'stop-gradient',
    shape: same,
    spellings: [
      (value, _, mark) => `${mark}${custom('dy) => tf.zerosLike(dy)')}(${value})`,
      (value, _, mark) => `${mark}${custom('dy: tf.Tensor) => dy.mul(0)')}(${value})`,
      (value, shape, mark) => `${mark}${custom(`) => tf.zeros(${shape})`)}(${value})`,
      (value, _, mark) => `${mark}${custom('dy) => [dy.zerosLike()]')}(${value})`,
      (value, _, mark) => `${mark}${custom('dy: tf.Tensor) => { const zeros = dy.mul(tf.scalar(0)); return zeros; }')}(${value})`,
    ],
  },
  flat: {
    cause: 'zero-derivative',
    shape: same,
    spellings: [
      ...['round', 'floor', 'ceil', 'sign', 'step'].flatMap((name): Spelling[] => [(value) => `${value}.${name}()`, (value, _, mark) => `${mark}tf.${name}(${value})`]),
    ],
  },
  position: {
    cause: 'zero-derivative',
    shape: (shape) => ranked(shape)?.slice(1),
    spellings: [(value, _, mark) => `${mark}tf.argMax(${value}, 0).toFloat()`, (value) => `${value}.argMin(0).cast('float32')`],
  },
  'one-hot': {
    late: true,
    cause: 'zero-derivative',
    shape: (shape) => (shape.length === 1 ? [shape[0]!, 3] : undefined),
    spellings: [(value, _, mark) => `${mark}tf.oneHot(${value}.abs().clipByValue(0, 2).toInt() as tf.Tensor1D, 3).toFloat()`],
  },
  condition: {
    late: true,
    cause: 'zero-derivative',
    shape: same,
    spellings: [(value, shape, mark) => `${mark}tf.where(${value}.toBool(), tf.fill(${shape}, 2), tf.fill(${shape}, 3))`],
  },
  'zero factor': {
    cause: 'zero-derivative',
    shape: same,
    spellings: [(value) => `${value}.mul(0)`, (value, shape) => `${value}.mul(tf.zeros(${shape}))`, (value, _, mark) => `${mark}tf.mul(${value}, tf.scalar(0))`],
  },
  dead: {
    late: true,
    cause: 'dead-activation',
    shape: same,
    spellings: [
      (value) => `${value}.square().neg().relu()`, (value, _, mark) => `${mark}tf.relu(${value}.abs().mul(-1))`, (value, _, mark) => `${mark}tf.relu(tf.neg(tf.exp(${value})))`,
      (value) => `${value}.sigmoid().clipByValue(2, 3)`,
    ],
  },
  far: {
    cause: undefined,
    shape: same,
    spellings: [(value) => `${value}.clipByValue(100, 200)`, (value) => `tf.maximum(${value}, 1000)`],
  },
};

export function cutNamed(name: string): Cut {
  const cut = cuts[name];
  if (cut === undefined) throw new Error(`no cut ${name}`);
  return cut;
}
