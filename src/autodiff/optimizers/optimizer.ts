import { fill } from '../creation.ts';
import { TensorError } from '../errors.ts';
import { variableGrads, type NamedTensorMap } from '../gradients.ts';
import { dispose, tidy } from '../lifetime.ts';
import { sub } from '../operations/arithmetic.ts';
import type { Scalar, Tensor } from '../tensor.ts';
import { registeredVariable, variable, type Variable } from '../variable.ts';

/** A gradient for the variable of that name; null where there is none. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor | null | undefined;
}

/** Gradients by name, or in a list whose order decides which accumulators belong to which variable. */
export type VariableGradients = NamedTensorMap | readonly NamedTensor[];

/** How an optimizer trains a weight. Numbers a weight that it keeps from step to step have a name each. */
export interface Rule {
  /** What the kept numbers are before the first step. */
  readonly initial: Readonly<Record<string, number>>;
  /**
   * One step.
   * @param count which one, from 1
   * @returns what to take off the weight, and the numbers to keep
   */
  step(gradient: Tensor, kept: Readonly<Record<string, Tensor>>, count: number): { readonly change: Tensor; readonly kept: Readonly<Record<string, Tensor>> };
}

/** What all optimizers share: gradients of a loss, then a step for each variable. */
export abstract class Optimizer {
  #iterations = 0;
  /** For each place in the list of gradients what is kept of its weight. */
  readonly #kept: Record<string, Variable>[] = [];

  protected abstract readonly rule: Rule;

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
        if (tensor !== null && tensor !== undefined) this.#step(trained, tensor, index);
      });
    });
    this.#iterations += 1;
  }

  /** Frees what the optimizer keeps from step to step. */
  dispose(): void {
    for (const kept of this.#kept) dispose(kept);
  }

  #step(trained: Variable, gradient: Tensor, index: number): void {
    const kept = (this.#kept[index] ??= Object.fromEntries(
      Object.entries(this.rule.initial).map(([name, number]) => [name, variable(fill(trained.shape, number), false)]),
    ));
    const next = this.rule.step(gradient, kept, this.#iterations + 1);
    for (const [name, value] of Object.entries(next.kept)) kept[name]!.assign(value);
    trained.assign(sub(trained, next.change));
  }
}

const isNamedList = (gradients: VariableGradients): gradients is readonly NamedTensor[] => Array.isArray(gradients);
