import type { Cause } from '../calculus/cause.ts';
import type { DataType, Values } from './dtype.ts';
import { makeTensor } from './lifetime.ts';
import { isRecording, noteExecuted, type Adjoints } from './tape.ts';
import { handleOn, type Tensor } from './tensor.ts';

/** The numbers an operation computed. */
export interface Computed {
  readonly values: Values;
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/**
 * The one door to the tapes: makes the result of an operation and tells every recorder.
 * @param flat the cause to name when an adjoint yields only zeros
 */
export function record<Name extends string>(
  name: string,
  operands: Readonly<Record<Name, Tensor>>,
  computed: Computed,
  adjoints: Adjoints<Name>,
  flat: Cause = 'zero-derivative',
): Tensor {
  const result = makeTensor(computed, name, Object.values<Tensor>(operands));
  noteOperation(name, operands, result, adjoints, flat);
  return result;
}

/** Tells every recorder that `result` came from `operands`. */
export function noteOperation<Name extends string>(
  name: string,
  operands: Readonly<Record<Name, Tensor>>,
  result: Tensor,
  adjoints: Adjoints<Name>,
  flat: Cause = 'zero-derivative',
): void {
  if (!isRecording()) return;
  const kept: Record<string, Tensor> = {};
  for (const operand in operands) kept[operand] = handleOn(operands[operand]);
  noteExecuted({ name, operands: kept, result: handleOn(result), adjoints: adjoints, flat });
}
