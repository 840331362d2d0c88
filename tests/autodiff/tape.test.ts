import { describe, expect, it } from 'vitest';
import { core, numbersOf } from './tfjs.ts';

const { GradientTape, tensor1d, scalar, variable } = core;

describe('watching', () => {
  it('gives the gradient of a watched tensor, and null for one that is not', () => {
    const [x, c] = [tensor1d([1, 2, 3]), core.constant([4, 5, 6])];
    const tape = new GradientTape();
    const y = tape.record(() => {
      tape.watch(x);
      return x.mul(c).sum();
    });
    const [dx, dc] = tape.gradient(y, [x, c]);
    expect(numbersOf(dx!)).toEqual([4, 5, 6]);
    expect(dc).toBeNull();
  });

  it('watches trainable variables of its own accord, unless told otherwise', () => {
    const [w, frozen] = [variable(scalar(3)), variable(scalar(4), false)];
    const automatic = new GradientTape();
    const y = automatic.record(() => w.mul(frozen));
    expect(automatic.gradient(y, [w, frozen]).map((each) => each && numbersOf(each))).toEqual([[4], null]);

    const manual = new GradientTape({ watchAccessedVariables: false });
    const z = manual.record(() => w.mul(frozen));
    expect(manual.gradient(z, w)).toBeNull();
    core.disposeVariables();
  });

  it('gives zeros where the derivative is zero, and null where nothing connects', () => {
    const x = tensor1d([1.2, 2.7]);
    const tape = new GradientTape({ persistent: true });
    tape.watch(x);
    const [rounded, stopped, read, other] = tape.record(() => [x.round().sum(), core.stopGradient(x).sum(), core.tensor(x.dataSync()).sum(), scalar(1)] as const);
    expect(numbersOf(tape.gradient(rounded, x)!)).toEqual([0, 0]);
    expect([stopped, read, other].map((target) => tape.gradient(target, x))).toEqual([null, null, null]);
  });

  it('differentiates intermediate results', () => {
    const x = tensor1d([1, 2]);
    const tape = new GradientTape();
    tape.watch(x);
    const [middle, y] = tape.record(() => {
      const square = x.square();
      return [square, square.square().sum()] as const;
    });
    expect(numbersOf(tape.gradient(y, middle)!)).toEqual([2, 8]);
  });

  it('is one for the target itself', () => {
    const x = tensor1d([1, 2]);
    const tape = new GradientTape();
    tape.watch(x);
    expect(numbersOf(tape.gradient(x, x)!)).toEqual([1, 1]);
  });
});

describe('recording', () => {
  it('ends with the region and resumes with the next one', () => {
    const x = scalar(3);
    const tape = new GradientTape({ persistent: true });
    tape.watch(x);
    const inside = tape.record(() => x.square());
    const outside = inside.mul(x);
    const again = tape.record(() => inside.mul(x));
    expect(tape.gradient(outside, x)).toBeNull();
    expect(numbersOf(tape.gradient(again, x)!)).toEqual([27]);
  });

  it('can stop in between', () => {
    const x = scalar(3);
    const tape = new GradientTape();
    tape.watch(x);
    const y = tape.record(() => x.mul(tape.stopRecording(() => x.square())));
    expect(numbersOf(tape.gradient(y, x)!)).toEqual([9]);
  });

  it('ends when the region throws', () => {
    const x = scalar(3);
    const tape = new GradientTape();
    tape.watch(x);
    expect(() => tape.record(() => { throw new Error('mine'); })).toThrow('mine');
    expect(tape.gradient(x.square(), x)).toBeNull();
  });

  it('keeps what it needs of disposed tensors', () => {
    const x = tensor1d([1, 2]);
    const tape = new GradientTape();
    tape.watch(x);
    const y = tape.record(() => core.tidy(() => x.square().square().sum()));
    expect(numbersOf(tape.gradient(y, x)!)).toEqual([4, 32]);
  });

  it('differentiates only once unless it is persistent', () => {
    const x = scalar(3);
    for (const persistent of [false, true]) {
      const tape = new GradientTape({ persistent });
      tape.watch(x);
      const y = tape.record(() => x.square());
      tape.gradient(y, x);
      if (persistent) expect(numbersOf(tape.gradient(y, x)!)).toEqual([6]);
      else expect(() => tape.gradient(y, x)).toThrow(expect.objectContaining({ code: 'tape-used' }));
    }
  });

  it('takes a cotangent for the target', () => {
    const x = tensor1d([1, 2]);
    const tape = new GradientTape();
    tape.watch(x);
    const y = tape.record(() => x.square());
    expect(numbersOf(tape.gradient(y, x, tensor1d([10, 100]))!)).toEqual([20, 400]);
  });
});

describe('nesting', () => {
  it('differentiates the gradient of an inner tape', () => {
    const x = tensor1d([1, 2]);
    const outer = new GradientTape();
    outer.watch(x);
    const first = outer.record(() => {
      const inner = new GradientTape();
      inner.watch(x);
      const y = inner.record(() => x.pow(3).mul(x.exp()).sum());
      return inner.gradient(y, x)!;
    });
    // (x³eˣ)″ = (6x + 6x² + x³) eˣ
    const expected = [1, 2].map((at) => (6 * at + 6 * at ** 2 + at ** 3) * Math.exp(at));
    numbersOf(outer.gradient(first, x)!).forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 10));
  });

  it('differentiates a gradient computed in the region of the same persistent tape', () => {
    const x = scalar(2);
    const tape = new GradientTape({ persistent: true });
    tape.watch(x);
    const first = tape.record(() => tape.gradient(x.pow(4), x)!);
    expect(numbersOf(tape.gradient(first, x)!)).toEqual([48]);
  });

  it('gives mixed second derivatives', () => {
    const [x, y] = [scalar(2), scalar(3)];
    const outer = new GradientTape();
    outer.watch(y);
    const dx = outer.record(() => core.grad((at) => at.square().mul(y.square()))(x));
    expect(numbersOf(outer.gradient(dx, y)!)).toEqual([24]);
  });
});
