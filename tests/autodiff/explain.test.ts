import { afterEach, describe, expect, it } from 'vitest';
import type { Break, Explanation, Tensor } from '../../src/autodiff/index.ts';
import { core } from './tfjs.ts';

const { GradientTape, explanationText, stopGradient, tensor, tensor1d, variable } = core;

/** Explains the gradient of a program in one watched source `x`. */
function explain(program: (x: Tensor, tape: core.GradientTape) => Tensor, values = [1, 2, 3], options: core.TapeOptions = {}): Explanation {
  const x = tensor1d(values);
  const tape = new GradientTape(options);
  tape.watch(x, 'x');
  return tape.explain(tape.record(() => program(x, tape)), x);
}

const names = (steps: readonly core.Step[]): string[] => steps.map(({ operation }) => operation);

const onlyBreak = (explanation: Explanation): Break => {
  if (explanation.verdict === 'connected') throw new Error('connected');
  expect(explanation.breaks).toHaveLength(1);
  return explanation.breaks[0]!;
};

afterEach(() => core.disposeVariables());

describe('connected', () => {
  it('names the operations on the path', () => {
    const explanation = explain((x) => x.square().sum());
    expect(explanation).toMatchObject({ verdict: 'connected', source: 'x' });
    expect(explanationText(explanation)).toBe('x: connected: x → square → sum');
  });

  it('counts the parts of a composite as one step', () => {
    expect(explanationText(explain((x) => core.losses.huberLoss(tensor1d([0, 0, 0]), x.square())))).toBe('x: connected: x → square → losses.huberLoss');
  });

  it('takes the path that is alive', () => {
    expect(explanationText(explain((x) => x.round().add(x.exp().mul(2)).sum()))).toBe('x: connected: x → exp → mul → add → sum');
    expect(explanationText(explain((x) => x.neg().relu().add(x.exp()).sum()))).toBe('x: connected: x → exp → add → sum');
  });
});

describe('zero', () => {
  const cases: readonly [cause: core.Cause, at: string, program: (x: Tensor) => Tensor][] = [
    ['zero-derivative', 'round', (x) => x.square().round().sum()],
    ['zero-derivative', 'greater', (x) => x.greater(2).mul(3).sum()],
    ['zero-derivative', 'argMax', (x) => x.argMax().toFloat()],
    ['zero-derivative', 'cast', (x) => x.toInt().sum()],
    ['zero-derivative', 'mul', (x) => x.mul(0).sum()],
    ['dead-activation', 'relu', (x) => x.neg().relu().sum()],
    ['dead-activation', 'clipByValue', (x) => x.clipByValue(5, 6).sum()],
    ['dead-activation', 'softmax', (x) => x.expandDims(1).softmax().sum()],
    ['constant-where', 'where', (x) => core.where(tensor1d([false, false, false]), x, 0).sum()],
    ['constant-where', 'maximum', (x) => x.maximum(10).sum()],
    ['stop-gradient', 'customGrad', (x) => core.customGrad((t: Tensor) => ({ value: t.mul(1), gradFunc: (dy) => core.zerosLike(dy) }))(x).sum()],
  ];

  it.each(cases)('%s at %s', (cause, at, program) => {
    const explanation = explain(program);
    expect(explanation.verdict).toBe('zero');
    expect(onlyBreak(explanation)).toMatchObject({ cause, at });
  });

  it('names the place where contributions cancel', () => {
    const explanation = explain((x) => { const y = x.square(); return y.sub(y).sum(); });
    expect(explanation.verdict).toBe('zero');
    expect(onlyBreak(explanation)).toMatchObject({ cause: 'zero-derivative' });
  });

  it('says the path to the break and from it', () => {
    expect(explanationText(explain((x) => x.square().round().exp().sum()))).toBe('x: zero by zero-derivative at round: x → square → round ✂ exp → sum (the derivative is zero here)');
  });

  it('names every break of several paths', () => {
    const explanation = explain((x) => x.round().add(x.neg().relu()).sum());
    expect(explanation.verdict === 'zero' && explanation.breaks.map(({ cause, at }) => [cause, at])).toEqual([['dead-activation', 'relu'], ['zero-derivative', 'round']]);
  });
});

describe('severed', () => {
  it('by a host read', () => {
    const explanation = explain((x) => tensor(x.square().dataSync()).mul(2).sum());
    expect(explanation.verdict).toBe('severed');
    const found = onlyBreak(explanation);
    expect(found).toMatchObject({ cause: 'host-read', at: 'dataSync' });
    expect([names(found.path), names(found.onward)]).toEqual([['square'], ['mul', 'sum']]);
    expect(explanationText(explanation)).toBe('x: severed by host-read at dataSync: x → square → dataSync ✂ mul → sum (the values were read to the host, and no tape follows plain numbers)');
  });

  it.each(['dataSync', 'arraySync', 'bufferSync'] as const)('by %s, as numbers', (how) => {
    const explanation = explain((x) => {
      const read: unknown = x[how]();
      const number = how === 'bufferSync' ? (read as core.TensorBuffer).get(1) : (read as number[])[1]!;
      return core.scalar(1).mul(number);
    });
    expect(onlyBreak(explanation)).toMatchObject({ cause: 'host-read', at: how });
  });

  it('by a read whose numbers come back where nobody sees it', () => {
    expect(onlyBreak(explain((x, tape) => { const [, bound] = x.dataSync(); return tape.stopRecording(() => core.ones([2]).mul(bound!)); }))).toMatchObject({ cause: 'host-read', onward: [] });
  });

  it('by stopGradient, or a variable made of it', () => {
    expect(onlyBreak(explain((x) => stopGradient(x.square()).sum()))).toMatchObject({ cause: 'stop-gradient', at: 'stopGradient' });
    expect(onlyBreak(explain((x) => variable(x.square()).sum()))).toMatchObject({ cause: 'stop-gradient', at: 'variable' });
  });

  it('by an assignment', () => {
    const v = variable(tensor1d([0, 0, 0]), true, 'v');
    const found = onlyBreak(explain((x) => { v.assign(x.square()); return v.sum(); }));
    expect(found).toMatchObject({ cause: 'assign', at: 'assign' });
    expect([names(found.path), names(found.onward)]).toEqual([['square'], ['sum']]);
  });

  it('by a computation outside', () => {
    const x = tensor1d([1, 2, 3]);
    const before = x.square().exp();
    const tape = new GradientTape();
    tape.watch(x, 'x');
    const loss = tape.record(() => before.mul(2).sum());
    const found = onlyBreak(tape.explain(loss, x));
    expect(found).toMatchObject({ cause: 'computed-outside', at: 'exp' });
    expect([names(found.path), names(found.onward)]).toEqual([['square', 'exp'], ['mul', 'sum']]);
  });

  it('by a loss that is computed outside as a whole', () => {
    const w = variable(tensor1d([1, 2, 3]), true, 'w');
    const loss = w.square().sum();
    expect(() => core.train.sgd(0.1).minimize(() => loss, false, [w])).toThrow('w: severed by computed-outside at sum: w → square → sum ✂ (the value was computed before the tape recorded)');
  });

  it('by a composite that is computed outside, under its name', () => {
    const w = variable(core.ones([1, 1, 1, 1]), true, 'w');
    const loss = core.losses.absoluteDifference(core.zeros([1, 2, 2, 1]), core.conv2d(core.ones([1, 2, 2, 1]), w, 1, 'same'));
    expect(() => core.train.sgd(0.1).minimize(() => loss, false, [w])).toThrow('w → conv2d → losses.absoluteDifference ✂');
  });

  it('by a custom gradient that does not take the source as an argument', () => {
    const w = variable(tensor1d([1, 2, 3]), true, 'w');
    const tape = new GradientTape();
    const loss = tape.record(() => core.customGrad((t: Tensor) => ({ value: t.mul(w), gradFunc: (dy) => dy }))(core.ones([3])).sum());
    expect(onlyBreak(tape.explain(loss, w))).toMatchObject({ cause: 'custom-gradient', at: 'mul' });
  });

  it('as nobody watches it', () => {
    const [x, frozen] = [tensor1d([1]), variable(tensor1d([2]), false, 'frozen')];
    const tape = new GradientTape();
    const loss = tape.record(() => x.mul(frozen).sum());
    expect(onlyBreak(tape.explain(loss, x))).toMatchObject({ cause: 'unwatched-constant' });
    expect(onlyBreak(tape.explain(loss, frozen))).toMatchObject({ cause: 'not-trainable' });
    expect(explanationText(tape.explain(loss, frozen))).toBe('frozen: severed by not-trainable: frozen ✂ mul → sum (the variable is not trainable)');
  });

  it('as the target does not use it', () => {
    expect(onlyBreak(explain(() => core.ones([2]).sum()))).toMatchObject({ cause: 'never-reached', at: 'x' });
  });

  it('at several places', () => {
    const explanation = explain((x) => stopGradient(x).add(tensor(x.dataSync())).sum());
    expect(explanation.verdict === 'severed' && explanation.breaks.map(({ cause }) => cause)).toEqual(['stop-gradient', 'host-read']);
  });
});

describe('locations', () => {
  it('are those of the program, if the tape is asked for them', () => {
    const here = import.meta.url.replace('file://', '');
    const found = onlyBreak(explain((x) => tensor(core.losses.absoluteDifference(x, x.square()).dataSync()).sum(), [1, 2], { locations: true }));
    expect(found.location).toMatch(new RegExp(`^${here}:\\d+:\\d+$`));
    expect(found.path.map(({ location }) => location?.startsWith(here))).toEqual(found.path.map(() => true));
    expect(onlyBreak(explain((x) => tensor(x.dataSync()).sum())).location).toBeNull();
  });
});

describe('a gradient and its explanation', () => {
  it('agree for the same tape', () => {
    for (const program of [(x: Tensor) => x.exp().sum(), (x: Tensor) => x.floor().sum(), (x: Tensor) => tensor(x.dataSync()).sum()]) {
      const x = tensor1d([1.5, 2.5]);
      const tape = new GradientTape({ persistent: true });
      tape.watch(x);
      const y = tape.record(() => program(x));
      const gradient = tape.gradient(y, x);
      const verdict = gradient === null ? 'severed' : gradient.dataSync().every((value) => value === 0) ? 'zero' : 'connected';
      expect(tape.explain(y, x).verdict).toBe(verdict);
    }
  });
});
