import { TensorError } from './errors.ts';
import { makeTensor, tidy } from './lifetime.ts';
import { describeValue } from './nested.ts';
import { noteOperation } from './result.ts';
import type { Adjoint } from './operation.ts';
import { untaped } from './tape.ts';
import { handleOn, Tensor, upcomingId, valuesOf } from './tensor.ts';

/** Keeps tensors for the gradient function, which gets them as its second argument. */
export type GradSaveFunc = (saved: readonly Tensor[]) => void;

export interface CustomGradient<T extends Tensor = Tensor> {
  value: T;
  /** Takes the cotangent of `value` to the cotangents of the arguments, one each. */
  gradFunc: (dy: T, saved: Tensor[]) => Tensor | Tensor[];
}

/** As in TF.js: the arguments, then `save`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as TF.js: tensors followed by a function
export type CustomGradientFunc<T extends Tensor = Tensor> = (...inputsThenSave: any[]) => CustomGradient<T>;

/**
 * Replaces the derivative of a function. Inside `f` nothing is recorded; a tensor that f uses without taking it as an
 * argument gets no gradient. Tensors made in f live no longer than f, unless they are saved or kept.
 * @param f takes tensors and `save`; returns `value`, and `gradFunc`, which takes value's cotangent to those of the arguments
 * @throws TensorError 'not-a-tensor' for arguments, values or gradients that are no tensors, 'argument' for a wrong
 *   number of gradients, 'shape' for a gradient that has not its argument's shape
 */
export function customGrad<T extends Tensor>(f: CustomGradientFunc<T>): (...args: Tensor[]) => T {
  if (typeof f !== 'function') throw new TensorError('argument', 'The f passed in customGrad(f) must be a function.');
  return (...inputs) => {
    if (!inputs.every((input) => input instanceof Tensor)) throw new TensorError('not-a-tensor', 'The args passed in customGrad(f)(x1, x2,...) must all be tensors');
    let saved: readonly Tensor[] = [];
    const firstNew = upcomingId();
    let gradFunc!: CustomGradient<T>['gradFunc'];
    const value = tidy(() => untaped(() => {
      const custom = f(...inputs, (tensors: readonly Tensor[]) => { saved = tensors.map(handleOn); });
      checkCustom(custom);
      gradFunc = custom.gradFunc;
      return custom.value;
    }));
    // A value that f did not make is another tensor's; the result needs an identity of its own.
    const result = value.id >= firstNew ? value : makeTensor({ values: valuesOf(value), shape: value.shape, dtype: value.dtype }, { name: 'customGrad' }, [value]);

    const pullback = once((dy: T) => checkedGradients(gradFunc(dy, saved.map(handleOn)), inputs));
    const operands: Record<string, Tensor> = Object.fromEntries(inputs.map((input, index) => [`${index}`, input]));
    const adjoints = Object.fromEntries(inputs.map((_, index): [string, Adjoint<string>] => [`${index}`, (dy) => shapedAs(inputs[index]!, pullback(dy as T)[index]!, index)]));
    noteOperation('customGrad', operands, result, adjoints, 'stop-gradient');
    return result as T;
  };
}

/** All cotangents come from one call; each operand of one backward pass asks with the same dy. */
function once<T extends Tensor>(pullback: (dy: T) => readonly Tensor[]): (dy: T) => readonly Tensor[] {
  let last: { dy: T; gradients: readonly Tensor[] } | undefined;
  return (dy) => {
    if (last?.dy !== dy || last.gradients.some((gradient) => gradient.isDisposed)) last = { dy, gradients: pullback(dy) };
    return last.gradients;
  };
}

function checkCustom(custom: unknown): asserts custom is CustomGradient {
  const { value, gradFunc } = (custom ?? {}) as Partial<CustomGradient>;
  if (!(value instanceof Tensor)) {
    throw new TensorError('not-a-tensor', `The function f passed in customGrad(f) must return an object where \`obj.value\` is a tensor, but it is ${describeValue(value)}`);
  }
  if (typeof gradFunc !== 'function') {
    throw new TensorError('argument', `The function f passed in customGrad(f) must return an object where \`obj.gradFunc\` is a function, but it is ${describeValue(gradFunc)}.`);
  }
}

function shapedAs(input: Tensor, gradient: Tensor, index: number): Tensor {
  if (gradient.shape.join(',') === input.shape.join(',')) return gradient;
  throw new TensorError('shape', `Error in gradient for op customGrad. The gradient of input '${index}' has shape '${gradient.shape.join(',')}', which does not match the shape of the input '${input.shape.join(',')}'.`);
}

function checkedGradients(returned: Tensor | readonly Tensor[], inputs: readonly Tensor[]): readonly Tensor[] {
  const gradients = returned instanceof Tensor ? [returned] : returned;
  if (!Array.isArray(gradients) || gradients.length !== inputs.length) {
    throw new TensorError(
      'argument',
      `The function f passed in customGrad(f) must return an object where \`obj.gradFunc\` is a function that returns the same number of tensors as inputs passed to f(...): ${Array.isArray(gradients) ? gradients.length : describeValue(gradients)} instead of ${inputs.length}.`,
    );
  }
  if (!gradients.every((gradient) => gradient instanceof Tensor)) {
    throw new TensorError('not-a-tensor', 'The function f passed in customGrad(f) must return an object where `obj.gradFunc` is a function that returns a list of only tensors.');
  }
  return gradients;
}
