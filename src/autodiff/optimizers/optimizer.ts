import { fill } from '../creation.ts';
import { TensorError } from '../errors.ts';
import { variableGrads, type NamedTensorMap } from '../gradients.ts';
import { dispose, tidy } from '../lifetime.ts';
import type { Scalar, Tensor } from '../tensor.ts';
import { registeredVariable, variable, type Variable } from '../variable.ts';

/** A gradient for the variable of that name; null where there is none. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor | null | undefined;
}

/** Gradients by name, or in a list whose order decides which accumulators belong to which variable. */
export type VariableGradients = NamedTensorMap | readonly NamedTensor[];

/** What all optimizers share: gradients of a loss, then a step for each variable. */
export abstract class Optimizer {
  #iterations = 0;

  /** How many steps have been taken. */
  get iterations(): number {
    return this.#iterations;
  }

  /**
   * One step: runs f, computes the gradients of the scalar it returns, and changes the variables.
   * @param returnCost whether to return the scalar; null otherwise
   * @param varList the variables to train, all trainable ones when left out; those that f does not use keep their values
   * @throws TensorError as `variableGrads`
   */
  minimize(f: () => Scalar, returnCost = false, varList?: readonly Variable[] | null): Scalar | null {
    const { value, grads } = this.computeGradients(f, varList);
    this.applyGradients(varList === undefined || varList === null ? grads : varList.map(({ name }) => ({ name, tensor: grads[name] })));
    dispose(grads);
    if (returnCost) return value;
    value.dispose();
    return null;
  }

  /** The value of f and the gradients of the variables, by name. @throws TensorError as `variableGrads` */
  computeGradients(f: () => Scalar, varList?: readonly Variable[] | null): { value: Scalar; grads: NamedTensorMap } {
    return variableGrads(f, varList);
  }

  /**
   * Changes each variable that has a gradient.
   * @throws TensorError 'argument' for a name that no variable has
   */
  applyGradients(gradients: VariableGradients): void {
    const list = isNamedList(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    tidy(() => {
      list.forEach(({ name, tensor }: NamedTensor, index) => {
        const trained = registeredVariable(name);
        if (trained === undefined) throw new TensorError('argument', `applyGradients: there is no variable '${name}'`);
        if (tensor !== null && tensor !== undefined) this.step(trained, tensor, index);
      });
      this.afterSteps();
    });
    this.#iterations += 1;
  }

  /** Frees what the optimizer keeps from step to step: nothing, unless it keeps something. */
  dispose(): void {
    return;
  }

  /** The step of one variable. `index` is its place in the list of gradients. */
  protected abstract step(trained: Variable, gradient: Tensor, index: number): void;

  /** What is left to do once every variable has made its step: nothing, unless an optimizer says otherwise. */
  protected afterSteps(): void {
    return;
  }
}

const isNamedList = (gradients: VariableGradients): gradients is readonly NamedTensor[] => Array.isArray(gradients);

/** What keeps a step finite where a gradient is 0: TF.js's epsilon for single precision. */
export const EPSILON = 1e-7;

/** A number a weight, kept from step to step; one accumulator for each place in the list of gradients. */
export class Accumulators {
  readonly #initial: number;
  readonly #variables: Variable[] = [];

  constructor(initial = 0) {
    this.#initial = initial;
  }

  /** The accumulator at `index`. */
  for(index: number, trained: Variable): Variable {
    return (this.#variables[index] ??= variable(fill(trained.shape, this.#initial), false));
  }

  dispose(): void {
    for (const each of this.#variables) each.dispose();
  }
}
