/** Differentiation of functions, with TF.js's signatures. Each runs its function under a tape of its own. */
import { isList, toTensor, type TensorLike } from './convert.ts';
import { shapeText, TensorError } from './errors.ts';
import { tidy } from './lifetime.ts';
import { describeValue } from './nested.ts';
import { announce, locationsWanted } from './observation.ts';
import { explanationText } from './provenance/explanation.ts';
import { sameShape } from '../calculus/shape.ts';
import { GradientTape } from './gradient-tape.ts';
import { Tensor, type Scalar } from './tensor.ts';
import { registeredVariables, Variable } from './variable.ts';

export type NamedTensorMap = Record<string, Tensor>;

/**
 * The derivative of f: x ↦ ∂(f(x) · dy)/∂x, with dy = 1 when left out, so the gradient of a sum if f is no scalar.
 * @throws TensorError 'not-a-tensor' or 'async' when f does not return a tensor, 'no-connection' when f does not use x
 */
export const grad: (f: (x: Tensor) => Tensor) => (x: TensorLike, dy?: TensorLike | null) => Tensor =
  form('grad', (x: TensorLike) => [toTensor(x, 'x', 'tf.grad')], (_, [dx]) => dx!);

/**
 * The partial derivatives of f in each of its arguments.
 * @throws TensorError as `grad`; 'no-connection' when f does not use one of them
 */
export const grads: (f: (...args: Tensor[]) => Tensor) => (args: readonly TensorLike[], dy?: TensorLike | null) => Tensor[] =
  form('grads', (args: readonly TensorLike[]) => {
    if (!isList(args)) throw new TensorError('argument', 'The args passed in grads(f)(args) must be an array of `Tensor`s or `TensorLike`s');
    return args.map((each, index) => toTensor(each, `args[${index}]`, 'tf.grads'));
  }, (_, gradients) => gradients);

/** As `grad`, with the value of f. Its x must be a tensor. @throws TensorError as `grad` */
export const valueAndGrad: (f: (x: Tensor) => Tensor) => (x: Tensor, dy?: Tensor | null) => { value: Tensor; grad: Tensor } =
  form('valueAndGrad', (x: Tensor) => {
    if (!(x instanceof Tensor)) throw new TensorError('not-a-tensor', `The x passed in valueAndGrad(f)(x) must be a tensor, but is ${describeValue(x)}`);
    return [x];
  }, (value, [dx]) => ({ value, grad: dx! }));

/** As `grads`, with the value of f. Its arguments must be tensors. @throws TensorError as `grads` */
export const valueAndGrads: (f: (...args: Tensor[]) => Tensor) => (args: readonly Tensor[], dy?: Tensor | null) => { value: Tensor; grads: Tensor[] } =
  form('valueAndGrads', (args: readonly Tensor[]) => {
    if (!Array.isArray(args) || !args.every((each) => each instanceof Tensor)) {
      throw new TensorError('not-a-tensor', 'The args passed in valueAndGrads(f)(args) must be array of tensors');
    }
    return args;
  }, (value, gradients) => ({ value, grads: gradients }));

/** The one function that these are: they differ in what they take for arguments, and in what they give. */
function form<Given, Result>(
  api: string,
  argumentsOf: (given: Given) => readonly Tensor[],
  give: (value: Tensor, gradients: Tensor[]) => Result,
): (f: (...args: Tensor[]) => Tensor) => (given: Given, dy?: TensorLike | null) => Result {
  return (f) => {
    checkFunction(f, api);
    return (given, dy) => {
      const args = argumentsOf(given);
      return tidy(() => {
        const { value, gradients } = differentiate(api, () => f(...args), args, dy);
        return give(value, gradients);
      });
    };
  };
}

/**
 * The gradients of a scalar in variables, by name.
 * @param varList the variables, all when left out; trainable ones that f does not use are absent from the result,
 *   those that are not trainable are null in it if they were listed
 * @throws TensorError 'not-a-tensor' or 'async' when f does not return a tensor, 'not-a-scalar' when it is none,
 *   'nothing-trainable' when no variable is trainable, 'no-connection' when f uses none of them
 */
export function variableGrads(f: () => Scalar, varList?: readonly Variable[] | null): { value: Scalar; grads: NamedTensorMap } {
  checkFunction(f, 'variableGrads');
  const listed = varList ?? registeredVariables();
  const trainable = trainableAmong(listed);
  return tidy(() => {
    const { tape, value } = forward('variableGrads', f, trainable);
    const gradients = tape.gradient(value, trainable);
    announce({ api: 'variableGrads', tape, target: value, sources: listed, gradients: listed.map((each) => gradients[trainable.indexOf(each)] ?? null) });
    if (gradients.every((gradient) => gradient === null)) {
      throw noConnection(
        'Cannot find a connection between any variable and the result of the loss function y=f(x). Please make sure the operations that use variables are inside the function f passed to minimize().',
        tape, value, trainable,
      );
    }
    if (value.rank !== 0) {
      throw new TensorError('not-a-scalar', `The f passed in variableGrads(f) must return a scalar, but it returned a rank-${value.rank} tensor of shape ${shapeText(value.shape)}`);
    }
    const trained = trainable.flatMap((each, index) => (gradients[index] === null ? [] : [[each.name, gradients[index]]]));
    const untrained = (varList ?? []).filter((each) => !each.trainable).map((each) => [each.name, null]);
    return { value, grads: Object.fromEntries([...trained, ...untrained]) as NamedTensorMap };
  });
}

/** @throws TensorError 'argument' for what is no list of variables, 'nothing-trainable' when no variable is trainable */
function trainableAmong(listed: readonly Variable[]): readonly Variable[] {
  if (!isList(listed) || !listed.every((each) => each instanceof Variable)) {
    throw new TensorError('argument', 'The varList passed in variableGrads(f, varList) must be an array of variables');
  }
  const trainable = listed.filter((each) => each.trainable);
  if (trainable.length === 0) {
    throw new TensorError(
      'nothing-trainable',
      `variableGrads() expects at least one of the input variables to be trainable, but none of the ${listed.length} variables is trainable.`,
    );
  }
  return trainable;
}

/** Value and gradients of f in sources that must all be connected. */
function differentiate(api: string, f: () => Tensor, sources: readonly Tensor[], dy: TensorLike | null | undefined): { value: Tensor; gradients: Tensor[] } {
  const { tape, value } = forward(api, f, sources);
  const $dy = dy === undefined || dy === null ? undefined : toTensor(dy, 'dy', `tf.${api}`);
  if ($dy !== undefined && !sameShape($dy.shape, value.shape)) {
    throw new TensorError('shape', `The shape of dy passed in ${api}(f)(x, dy) must match the shape returned by f(x): ${shapeText($dy.shape)} and ${shapeText(value.shape)}`);
  }
  const gradients = tape.gradient(value, sources, $dy);
  announce({ api, tape, target: value, sources, gradients });
  const connected = gradients.filter((gradient) => gradient !== null);
  if (connected.length < sources.length) {
    throw noConnection(
      'Cannot compute gradient of y=f(x) with respect to x. Make sure that the f you passed encloses all operations that lead from x to y.',
      tape, value, sources.filter((_, index) => gradients[index] === null),
    );
  }
  return { value, gradients: connected };
}

/** Runs f under a tape that watches `sources` and nothing else; its intermediate results live no longer than f. */
function forward(api: string, f: () => Tensor, sources: readonly Tensor[]): { tape: GradientTape; value: Tensor } {
  const tape = new GradientTape({ watchAccessedVariables: false, locations: locationsWanted() });
  for (const source of sources) tape.watch(source);
  let returned: unknown;
  tape.record(() => {
    returned = tidy(() => {
      const result: unknown = f();
      if (result instanceof Promise) {
        result.catch(() => undefined); // The error to show is that f is async.
        throw new TensorError('async', `The result y returned by f() must be a tensor, but ${api} got a promise: f must not be async, for its operations would run after the tape has stopped`);
      }
      return result;
    });
  });
  if (!(returned instanceof Tensor)) {
    throw new TensorError('not-a-tensor', `The result y returned by f() must be a tensor, but ${api} got ${describeValue(returned)}`);
  }
  returned.throwIfDisposed();
  return { tape, value: returned };
}

const noConnection = (message: string, tape: GradientTape, target: Tensor, sources: readonly Tensor[]): TensorError =>
  new TensorError('no-connection', `${message}\n${sources.map((source) => explanationText(tape.explain(target, source))).join('\n')}`);

function checkFunction(f: unknown, api: string): void {
  if (typeof f !== 'function') throw new TensorError('argument', `The f passed in ${api}(f) must be a function, but is ${describeValue(f)}`);
}
