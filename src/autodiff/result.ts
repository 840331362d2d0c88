import type { Cause } from '../calculus/cause.ts';
import { makeTensor } from './lifetime.ts';
import type { Adjoints } from './operation.ts';
import { isTaped, noteExecuted, runningComposite } from './tape.ts';
import { handleOn, type Computed, type Tensor } from './tensor.ts';

/**
 * The one door to the tapes: makes the result of an operation, and writes the operation on every tape that runs.
 * @param flat the cause to name when an adjoint yields only zeros
 */
export function resultOf<Name extends string>(
  name: string,
  operands: Readonly<Record<Name, Tensor>>,
  computed: Computed,
  adjoints: Adjoints<Name>,
  flat: Cause = 'zero-derivative',
): Tensor {
  const result = makeTensor(computed, runningComposite() ?? { name }, Object.values<Tensor>(operands));
  noteOperation(name, operands, result, adjoints, flat);
  return result;
}

/** Writes on every tape that runs that `result` came from `operands`. */
export function noteOperation<Name extends string>(
  name: string,
  operands: Readonly<Record<Name, Tensor>>,
  result: Tensor,
  adjoints: Adjoints<Name>,
  flat: Cause = 'zero-derivative',
): void {
  if (!isTaped()) return;
  const kept: Record<string, Tensor> = {};
  for (const operand in operands) kept[operand] = handleOn(operands[operand]);
  noteExecuted({ name, operands: kept, result: handleOn(result), adjoints, flat });
}
