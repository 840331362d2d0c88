import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api, Case, Tensor } from './catalogue/case.ts';
import { describeInputs } from './catalogue/case.ts';
import { catalogue } from './catalogue/index.ts';
import { departures } from './departures.ts';
import { core, cotangentFor, inputsOf, numbersOf, realTensorFlow, worstDifference } from './tfjs.ts';

const FINITE_DIFFERENCES = 1e-4;
const SINGLE_PRECISION = 2e-5;

const worst = { first: { error: 0, at: '' }, second: { error: 0, at: '' }, value: { error: 0, at: '' }, gradient: { error: 0, at: '' } };
const counts = { elements: 0, secondElements: 0, gradientsAgainstTfjs: 0 };

const note = (kind: keyof typeof worst, error: number, at: string): void => {
  if (error > worst[kind].error) worst[kind] = { error, at };
};

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

afterAll(() => {
  const report = Object.entries(worst).map(([kind, { error, at }]) => `${kind} ${error.toExponential(1)} (${at})`);
  console.log(`${catalogue.length} cases, ${new Set(catalogue.map((each) => each.operation)).size} operations; worst: ${report.join(', ')}; ${JSON.stringify(counts)}`);
});

const titled = catalogue.map((each) => ({ title: `${each.operation} ${each.note} ${describeInputs(each.inputs)}`, each }));

const outputOf = (each: Case): Tensor => each.run(core, ...inputsOf(core, each.inputs));

describe('against central finite differences', () => {
  it.each(titled)('$title', ({ title, each }) => {
    const dy = core.tensor(cotangentFor(outputOf(each).size), outputOf(each).shape);
    const check = core.gradientCheck((...inputs) => each.run(core, ...inputs), inputsOf(core, each.inputs), { dy, tolerance: FINITE_DIFFERENCES });
    expect(check.failures).toEqual([]);
    counts.elements += check.compared;
    note('first', check.worst?.relativeError ?? 0, title);
  });
});

describe('the gradient of the gradient, against central finite differences of the gradient', () => {
  it.each(titled)('$title', ({ title, each }) => {
    const output = outputOf(each);
    const dy = core.tensor(cotangentFor(output.size), output.shape);
    each.inputs.forEach((input, index) => {
      if (input.dtype !== 'float32') return;
      const gradient = (...inputs: Tensor[]): Tensor => core.grad((x) => each.run(core, ...inputs.with(index, x)))(inputs[index]!, dy).mul(core.tensor(cotangentFor(inputs[index]!.size), input.shape));
      const check = core.gradientCheck(gradient, inputsOf(core, each.inputs), { tolerance: FINITE_DIFFERENCES });
      expect(check.failures, `gradient in input ${index}`).toEqual([]);
      counts.secondElements += check.compared;
      note('second', check.worst?.relativeError ?? 0, title);
    });
  });
});

describe('against TF.js, in single precision', () => {
  it.each(titled)('$title: value, shape, dtype', ({ title, each }) => {
    const ours = outputOf(each);
    const theirs = each.run(tf, ...inputsOf(tf, each.inputs));
    expect({ shape: ours.shape, dtype: ours.dtype }).toEqual({ shape: theirs.shape, dtype: theirs.dtype });
    const error = worstDifference(numbersOf(ours), numbersOf(theirs));
    if (each.departs?.value !== undefined) {
      expect(departures.map(({ id }) => id)).toContain(each.departs.value);
      expect(error, 'TF.js agrees: the row of departures is out of date').toBeGreaterThan(SINGLE_PRECISION);
      return;
    }
    expect(error, `${numbersOf(ours)} and ${numbersOf(theirs)}`).toBeLessThan(SINGLE_PRECISION);
    note('value', error, title);
  });

  it.each(titled)('$title: gradient', ({ title, each }) => {
    const size = outputOf(each).size;
    each.inputs.forEach((input, index) => {
      if (input.dtype !== 'float32') return;
      const gradient = (library: Api): number[] => {
        const inputs = inputsOf(library, each.inputs);
        const dy = library.tensor(cotangentFor(size), outputOf(each).shape);
        return numbersOf(library.grad((x) => each.run(library, ...inputs.with(index, x)))(inputs[index]!, dy));
      };
      const ours = gradient(core);
      const departure = each.departs?.[index];
      let theirs: number[] | string;
      try {
        theirs = gradient(tf);
      } catch (error) {
        theirs = (error as Error).message;
      }
      if (departure !== undefined) {
        expect(departures.map(({ id }) => id)).toContain(departure);
        expect(typeof theirs === 'string' || worstDifference(ours, theirs) > SINGLE_PRECISION, 'TF.js agrees: the row of departures is out of date').toBe(true);
        return;
      }
      expect(theirs, 'TF.js has a gradient').toBeInstanceOf(Array);
      const error = worstDifference(ours, theirs as number[]);
      expect(error, `input ${index}: ${ours} and ${theirs}`).toBeLessThan(SINGLE_PRECISION);
      counts.gradientsAgainstTfjs += 1;
      note('gradient', error, title);
    });
  });
});

describe('the catalogue', () => {
  it('has every exported operation', async () => {
    const operations = await import('../../src/autodiff/operations/index.ts');
    const names = Object.entries(operations).flatMap(([name, value]) =>
      name === 'losses' ? Object.keys(value).map((loss) => `losses.${loss}`) : typeof value === 'function' ? [name] : [],
    );
    const catalogued = new Set(catalogue.map(({ operation }) => operation));
    expect(names.filter((name) => !catalogued.has(name))).toEqual(['stopGradient']);
  });
});
