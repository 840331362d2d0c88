/** What the tables say of the shapes of layers is what the installed TF.js does: each is put behind random inputs. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test, vi } from 'vitest';

import { type Argument, absent, unknown } from '../../../src/calculus/numbers/argument.ts';
import type { ShapeForm } from '../../../src/calculus/shapes/layers/forms.ts';
import { type Configured, outcomeOf } from '../../../src/calculus/shapes/layers/index.ts';
import { type Axis, type LayerShape, type Outcome, unknownOutcome } from '../../../src/calculus/shapes/layers/layer-shape.ts';
import { refusalText } from '../../../src/libraries/layer.ts';
import { layerErrors, layerShapes } from '../../../src/libraries/tfjs/layer-shapes.ts';

type Config = Readonly<Record<string, unknown>>;
const makers = tf.layers as unknown as Readonly<Record<string, (config: Config) => tf.layers.Layer>>;
const rounds = 400;

/** The same numbers in each run. */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  among<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  number(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** One number, or one for each axis. */
  perAxis(axes: number, most: number): number | readonly number[] {
    return this.below(2) === 0 ? this.number(1, most) : Array.from({ length: axes }, () => this.number(1, most));
  }

  /** A shape that is taken as a rule, and sometimes is not. */
  shape(rank: number): LayerShape {
    const odd = this.below(8) === 0 ? this.number(-1, 1) : 0;
    const lengths = Array.from({ length: Math.max(1, rank - 1 + odd) }, () => (this.below(8) === 0 ? null : this.number(1, 9)));
    return [this.below(6) === 0 ? this.number(1, 3) : null, ...lengths];
  }

  /** Some of the keys. */
  some(config: Config): Config {
    return Object.fromEntries(Object.entries(config).filter(() => this.below(2) === 0));
  }
}

function windows(chance: Chance, axes: number): Config {
  return chance.some({ strides: chance.perAxis(axes, 3), padding: chance.among(['same', 'valid']), ...axes === 1 ? {} : { dataFormat: chance.among(['channelsLast', 'channelsFirst']) } });
}

function configOf(form: ShapeForm, chance: Chance): Config {
  const kernel = 'axes' in form ? { filters: chance.number(1, 4), kernelSize: chance.perAxis(form.axes, 4) } : {};
  switch (form.form) {
    case 'dense': return { units: chance.number(1, 5) };
    case 'convolution': return { ...kernel, ...windows(chance, form.axes), ...chance.some({ dilationRate: chance.number(1, 2) }) };
    case 'transposed convolution': return { ...kernel, ...windows(chance, form.axes) };
    case 'depthwise convolution': return { kernelSize: chance.perAxis(2, 4), ...windows(chance, 2), ...chance.some({ depthMultiplier: 2 }) };
    case 'separable convolution': return { filters: 2, kernelSize: chance.perAxis(2, 4), ...windows(chance, 2) };
    case 'pooling': return { ...windows(chance, form.axes), ...chance.some({ poolSize: chance.perAxis(form.axes, 4) }) };
    case 'global pooling': return form.axes === 1 ? {} : chance.some({ dataFormat: chance.among(['channelsLast', 'channelsFirst']) });
    case 'padding': return chance.some({ padding: chance.among<unknown>([2, [1, 2], [[1, 0], [2, 3]]]), dataFormat: chance.among(['channelsLast', 'channelsFirst']) });
    case 'cropping': return { cropping: chance.among<unknown>([2, [1, 2], [[1, 0], [2, 3]]]), ...chance.some({ dataFormat: chance.among(['channelsLast', 'channelsFirst']) }) };
    case 'enlarging': return chance.some({ size: [chance.number(1, 3), chance.number(1, 3)], dataFormat: chance.among(['channelsLast', 'channelsFirst']) });
    case 'reshape': return { targetShape: chance.among([[2, 3], [4], [-1, 2], [null, 3], [1, 1, 2]]) };
    case 'permutation': return { dims: chance.among([[1], [2, 1], [2, 3, 1]]) };
    case 'repetition': return { n: chance.number(1, 4) };
    case 'embedding': return { inputDim: 9, outputDim: chance.number(1, 4), ...chance.some({ inputLength: chance.number(1, 4) }) };
    case 'normalisation': return chance.some({ axis: chance.among([-1, 1]) });
    case 'recurrence': return { units: chance.number(1, 4), ...chance.some({ returnSequences: chance.below(2) === 0, returnState: chance.below(2) === 0 }) };
    case 'both ways': case 'each step': return chance.some({ mergeMode: chance.among(['sum', 'concat', 'mul', null]) });
    case 'concatenation': return chance.some({ axis: chance.among([-1, 1, 2]) });
    case 'dot product': return { axes: chance.among<unknown>([1, -1, [1, 2], 2]) };
    default: return {};
  }
}

const axesOf = (form: ShapeForm): number => ('axes' in form ? form.axes : /convolution|padding|cropping|enlarging/u.test(form.form) ? 2 : 1);

function inputsOf(form: ShapeForm, config: Config, chance: Chance): readonly LayerShape[] {
  const ranks: Partial<Record<ShapeForm['form'], number>> = { dense: chance.number(2, 4), flat: chance.number(3, 4), reshape: chance.number(2, 3), repetition: 2, embedding: 2, permutation: 1 + ((config.dims as readonly number[] | undefined)?.length ?? 0), kept: chance.number(2, 4), weighed: chance.number(2, 3) };
  const first = chance.shape(ranks[form.form] ?? ('rank' in form ? form.rank : undefined) ?? axesOf(form) + 2);
  if (form.form !== 'sum' && form.form !== 'concatenation' && form.form !== 'dot product') return [first];
  const others = Array.from({ length: chance.number(0, 2) }, () => first.map((length, axis) => (axis > 0 && chance.below(4) === 0 ? chance.among([1, 3, null]) : length)));
  return [first, ...others.map((shape) => (chance.below(5) === 0 ? shape.slice(0, -1) : shape))].filter((shape) => shape.length > 1);
}

/** What a layer runs that runs another. */
function innerOf(form: ShapeForm, chance: Chance): { readonly name: string; readonly config: Config } | undefined {
  if (form.form === 'both ways') return { name: chance.among(['lstm', 'gru']), config: { units: 2, ...chance.some({ returnSequences: true }) } };
  return form.form === 'each step' ? { name: 'dense', config: { units: 2 } } : undefined;
}

function argument(value: unknown): Argument {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(argument), complete: true };
  return value === undefined ? absent : typeof value === 'object' && value !== null ? unknown : { kind: 'constant', value: value as number };
}

function configured(form: ShapeForm, config: Config, inner?: Configured): Configured {
  return { form, settings: (key) => argument(config[key]), inner: (shape) => (inner === undefined ? unknownOutcome : outcomeOf(inner, [shape])) };
}

/** The shapes that TF.js gives, or the text of its error. */
function measured(make: () => tf.layers.Layer, inputs: readonly LayerShape[]): readonly LayerShape[] | string {
  try {
    const layer = make();
    const symbols = inputs.map((batchShape) => tf.input({ batchShape: [...batchShape] as number[] }));
    return [layer.apply(symbols.length === 1 && !/^(?:Add|Average|M|Concatenate|Dot)/u.test(layer.getClassName()) ? symbols[0]! : symbols)].flat().map((symbol) => symbol.shape as readonly Axis[]);
  } catch (error) {
    return (error as Error).message;
  }
}

function expectSame(outcome: Outcome, seen: readonly LayerShape[] | string, what: string): void {
  if (outcome.kind === 'unknown') return;
  if (outcome.kind === 'refuses') {
    const pattern = refusalText(layerErrors, outcome.refusal).split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)).join('.*');
    expect(seen, what).toEqual(expect.stringMatching(new RegExp(`^${pattern}`, 'u')));
    return;
  }
  expect(seen, what).toBeInstanceOf(Array);
  const shapes = outcome.shapes.map((shape, index) => shape ?? (seen[index] as LayerShape));
  expect(shapes, what).toEqual(seen);
}

/** Over an image of five by five. */
const usedUp = ['conv2d', 'depthwiseConv2d', 'separableConv2d', 'maxPooling2d', 'averagePooling2d'].flatMap((name) => [6, 9].map((window) => [name, window] as const));

beforeAll(() => { vi.spyOn(console, 'warn').mockImplementation(() => undefined); });

describe('the shapes of the layers of TF.js', () => {
  // An input layer is not applied: it gives what the model is given.
  test.each(Object.entries(layerShapes).filter(([name]) => name !== 'inputLayer'))('%s', (name, form) => {
    const chance = new Chance(name.length * 7919 + name.charCodeAt(0));
    let decided = 0;
    for (let round = 0; round < rounds; round++) {
      const config = configOf(form, chance);
      const inner = innerOf(form, chance);
      const inputs = inputsOf(form, config, chance);
      const within = inner && configured(layerShapes[inner.name]!, inner.config);
      const outcome = outcomeOf(configured(form, config, within), inputs);
      const seen = measured(() => makers[name]!(inner === undefined ? { ...config } : { ...config, layer: makers[inner.name]!({ ...inner.config }) }), inputs);
      expectSame(outcome, seen, `${name} ${JSON.stringify(config)} ${JSON.stringify(inner)} ${JSON.stringify(inputs)}`);
      if (outcome.kind !== 'unknown') decided++;
    }
    expect(decided).toBeGreaterThan(rounds / 5);
  });

  test.each(usedUp)('where nothing is left, %s throws once it runs, or gives the same whatever goes in (window %i)', (name, window) => {
    const input = tf.input({ shape: [5, 5, 2] });
    const config = name.includes('Pool') ? { poolSize: window, strides: 1 } : { filters: 2, kernelSize: window };
    const output = tf.layers.flatten().apply(makers[name]!(config).apply(input)) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: tf.layers.dense({ units: 2 }).apply(output) as tf.SymbolicTensor });
    const answer = (value: number): readonly number[] | string => {
      try {
        return [...(model.predict(tf.fill([1, 5, 5, 2], value)) as tf.Tensor).dataSync()];
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(answer(1)).toEqual(answer(9));
  });

  test('every layer of which something is said is there', () => {
    expect(Object.keys(layerShapes).filter((name) => !(name in makers))).toEqual([]);
  });
});
