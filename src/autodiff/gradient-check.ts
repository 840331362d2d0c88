import { leaf, toTensor, type TensorLike } from './convert.ts';
import { TensorError } from './errors.ts';
import { tidy } from './lifetime.ts';
import { untaped } from './tape.ts';
import { ones } from './creation.ts';
import { GradientTape } from './gradient-tape.ts';
import { Tensor, valuesOf } from './tensor.ts';

export interface GradientCheckOptions {
  /** The distance between the two points of a difference, relative to the size of the element. Default 1e-5. */
  readonly step?: number;
  /** The greatest relative error that passes. Default 1e-4. */
  readonly tolerance?: number;
  /** The cotangent of f's result; ones when left out. */
  readonly dy?: TensorLike;
}

/** One element of one input whose derivative was compared. */
export interface CheckedElement {
  readonly input: number;
  readonly element: number;
  readonly analytic: number;
  readonly numeric: number;
  readonly relativeError: number;
}

export interface GradientCheck {
  readonly passed: boolean;
  /** How many elements were compared. */
  readonly compared: number;
  /** The element with the greatest error; null if there was none to compare. */
  readonly worst: CheckedElement | null;
  /** The elements beyond the tolerance. */
  readonly failures: readonly CheckedElement[];
}

/**
 * Compares the gradient of f with central differences, (f(x + h) − f(x − h)) / 2h, whose error is O(h²) (Press et al.,
 * "Numerical Recipes", 5.7). Meaningful away from kinks and jumps.
 * @param f takes tensors of the inputs' shapes, returns one tensor; must be repeatable
 * @param inputs what to differentiate at; only 'float32' inputs are compared
 * @returns errors relative to the greater of the two derivatives, absolute where both are below 1
 * @throws TensorError 'not-a-tensor' or 'async' when f does not return a tensor
 */
export function gradientCheck(f: (...inputs: Tensor[]) => Tensor, inputs: readonly TensorLike[], options: GradientCheckOptions = {}): GradientCheck {
  const { step = 1e-5, tolerance = 1e-4 } = options;
  return tidy(() => {
    const points = inputs.map((input, index) => toTensor(input, `inputs[${index}]`, 'gradientCheck'));
    const tape = new GradientTape({ watchAccessedVariables: false });
    points.forEach((point) => tape.watch(point));
    const value: unknown = tape.record(() => f(...points));
    if (!(value instanceof Tensor)) throw new TensorError('not-a-tensor', 'gradientCheck(f, inputs): f must return a tensor');
    const dy = options.dy === undefined ? ones(value.shape) : toTensor(options.dy, 'dy', 'gradientCheck');
    const gradients = tape.gradient(value, points, dy);

    const weights = valuesOf(dy);
    const weighed = (moved: readonly Tensor[]): number => {
      let total = 0;
      valuesOf(untaped(() => f(...moved))).forEach((element, index) => { total += element * weights[index]!; });
      return total;
    };
    const checked = points.flatMap((point, input) => {
      if (point.dtype !== 'float32') return [];
      const analytic = gradients[input] === null ? null : valuesOf(gradients[input]!);
      return Array.from(valuesOf(point), (at, element): CheckedElement => {
        const h = step * Math.max(1, Math.abs(at));
        const moved = (by: number): number => {
          const values = Float64Array.from(valuesOf(point)).with(element, at + by);
          return weighed(points.with(input, leaf(values, point.shape, 'float32')));
        };
        return compare(input, element, analytic?.[element] ?? 0, (moved(h) - moved(-h)) / (2 * h));
      });
    });
    const failures = checked.filter(({ relativeError }) => !(relativeError <= tolerance));
    const worst = checked.reduce<CheckedElement | null>((most, each) => (most === null || !(each.relativeError <= most.relativeError) ? each : most), null);
    return { passed: failures.length === 0, compared: checked.length, worst, failures };
  });
}

const compare = (input: number, element: number, analytic: number, numeric: number): CheckedElement => ({
  input, element, analytic, numeric,
  relativeError: Math.abs(analytic - numeric) / Math.max(1, Math.abs(analytic), Math.abs(numeric)),
});
