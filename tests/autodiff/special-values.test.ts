import { beforeAll, describe, expect, it } from 'vitest';
import { departures } from './departures.ts';
import type { Api, Tensor } from './catalogue/case.ts';
import { core, numbersOf, realTensorFlow, worstDifference } from './tfjs.ts';

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

const special = [-Infinity, -1, -0, 0, 1, Infinity, NaN];

const unaries = [
  'abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'elu', 'erf', 'exp', 'expm1', 'floor', 'leakyRelu', 'log',
  'log1p', 'logSigmoid', 'neg', 'reciprocal', 'relu', 'relu6', 'round', 'rsqrt', 'selu', 'sigmoid', 'sign', 'sin', 'sinh', 'softplus', 'sqrt',
  'square', 'step', 'tan', 'tanh', 'isNaN', 'isInf', 'isFinite',
] as const;

/** Where the core departs at one of them: the id of the row. */
const departing: Readonly<Record<string, string>> = {
  'sign': 'sign-nan', 'abs, differentiated': 'abs-kink', 'rsqrt, differentiated': 'rsqrt-infinity',
};

const functions: Readonly<Record<string, (tf: Api, x: Tensor) => Tensor>> = {
  ...Object.fromEntries(unaries.map((name) => [name, (tf: Api, x: Tensor): Tensor => tf[name](x)])),
  clipByValue: (tf, x) => tf.clipByValue(x, -1, 1),
  prelu: (tf, x) => tf.prelu(x, tf.fill([special.length], 0.1)),
  maximum: (tf, x) => tf.maximum(x, 0.5),
  minimum: (tf, x) => tf.minimum(x, tf.fill([special.length], NaN)),
};

const programs: Readonly<Record<string, (tf: Api) => Tensor>> = Object.fromEntries(Object.entries(functions).flatMap(([name, f]) => [
  [name, (library: Api): Tensor => f(library, library.tensor1d(special))],
  [`${name}, differentiated`, (library: Api): Tensor => library.grad((x) => f(library, x))(library.tensor1d(special))],
]));

describe('infinities, zeros of both signs and NaN', () => {
  it.each(Object.entries(programs))('%s', (name, program) => {
    const [ours, theirs] = [numbersOf(program(core)), numbersOf(program(tf))];
    const agrees = worstDifference(ours, theirs) < 2e-5;
    if (departing[name] !== undefined) {
      expect(departures.map(({ id }) => id)).toContain(departing[name]);
      expect(agrees, 'TF.js agrees: the row of departures is out of date').toBe(false);
      return;
    }
    expect(agrees, `${ours} and ${theirs}`).toBe(true);
  });
});

describe('rows longer than a call has arguments', () => {
  const length = 200_000;
  const row = (tf: Api): Tensor => tf.tensor2d(Float32Array.from({ length: 2 * length }, (_, index) => (index % 7) / 7), [2, length]);

  it.each<[string, (tf: Api, x: Tensor) => Tensor]>([
    ['softmax', (tf, x) => tf.softmax(x).mul(length)],
    ['logSoftmax', (tf, x) => tf.logSoftmax(x)],
    ['logSumExp', (tf, x) => tf.logSumExp(x, 1)],
    ['losses.softmaxCrossEntropy', (tf, x) => tf.losses.softmaxCrossEntropy(tf.fill([2, length], 1 / length), x)],
  ])('%s', (_name, f) => {
    const agree = (run: (library: Api) => Tensor, tolerance: number): void => {
      expect(worstDifference(numbersOf(run(core)), numbersOf(run(tf)))).toBeLessThan(tolerance);
    };
    agree((library) => f(library, row(library)), 1e-3);
    agree((library) => library.grad((x) => f(library, x))(row(library)), 1e-2);
  });
});
