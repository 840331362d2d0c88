import type { DataType, Values } from './dtype.ts';
import { TensorError } from './errors.ts';
import { noteOperation } from './result.ts';
import { noteAssignment, noteLeaf } from './tape.ts';
import { handleOn, replaceValues, Tensor, valuesOf } from './tensor.ts';
import { sameShape } from '../calculus/shape.ts';

/** Every variable that has not been disposed, by name, in order of creation. */
const registered = new Map<string, Variable>();

let nextName = 0;

/** A tensor whose numbers change by assignment: what training trains. Tapes watch trainable variables. */
export class Variable extends Tensor {
  override name: string;
  trainable: boolean;

  /** `variable()` makes variables; a program does not call this. */
  constructor(initial: Tensor, trainable: boolean, name: string, values: Values, dtype: DataType) {
    super(values, initial.shape, dtype, { call: { name: 'variable' }, operands: [initial] });
    this.name = name;
    this.trainable = trainable;
  }

  /**
   * Replaces the numbers. Gradients do not flow from the variable to what was assigned.
   * @throws TensorError 'dtype' or 'shape' when the new value differs in either
   */
  assign(value: Tensor): void {
    if (value.dtype !== this.dtype) {
      throw new TensorError('dtype', `dtype of the new value (${value.dtype}) and previous value (${this.dtype}) must match (variable ${this.name})`);
    }
    if (!sameShape(value.shape, this.shape)) {
      throw new TensorError('shape', `shape of the new value (${value.shape}) and previous value (${this.shape}) must match (variable ${this.name})`);
    }
    this.throwIfDisposed();
    const values = valuesOf(value);
    noteAssignment(handleOn(this), value);
    replaceValues(this, values);
  }

  /** Ends the variable's life and frees its name. */
  override dispose(): void {
    super.dispose();
    if (registered.get(this.name) === this) registered.delete(this.name);
  }
}

/**
 * A variable with the numbers of `initialValue`. As in TF.js, no gradient flows back to `initialValue`.
 * @param name unique; a number when left out
 * @throws TensorError 'argument' when the name is taken or the value is no tensor
 */
export function variable(initialValue: Tensor, trainable = true, name?: string | null, dtype?: DataType | null): Variable {
  if (!(initialValue instanceof Tensor)) {
    throw new TensorError('not-a-tensor', 'variable(initialValue): the initial value must be a tensor');
  }
  const unique = name ?? unusedName();
  if (registered.has(unique)) throw new TensorError('argument', `Variable with name ${unique} was already registered`);
  if (dtype !== undefined && dtype !== null && dtype !== initialValue.dtype) {
    throw new TensorError('dtype', `variable(initialValue, trainable, name, dtype): cast the ${initialValue.dtype} value to ${dtype} first`);
  }
  const made = new Variable(initialValue, trainable, unique, valuesOf(initialValue), initialValue.dtype);
  registered.set(unique, made);
  noteOperation('variable', { initialValue }, made, { initialValue: 'stop-gradient' });
  noteLeaf(made);
  return made;
}

/** The variables that exist. */
export const registeredVariables = (): readonly Variable[] => [...registered.values()];

/** The variable of that name. */
export const registeredVariable = (name: string): Variable | undefined => registered.get(name);

/** Disposes every variable, as at the end of a test. */
export function disposeVariables(): void {
  for (const each of registeredVariables()) each.dispose();
}

function unusedName(): string {
  while (registered.has(`${nextName}`)) nextName += 1;
  return `${nextName++}`;
}
