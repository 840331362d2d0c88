/** Whether an operation has a singularity with the operands that it is given: that may hang on one of them, as on an exponent. */
import type { Singularity } from '../libraries/usage.ts';
import type { Value } from './value.ts';
import { uniformOf } from './values.ts';

type Applies = 'certainly' | 'perhaps' | 'never';

export function hasSingularity(of: Singularity, operands: readonly Value[]): Applies {
  const conditions = [byOther(of, operands), byAxes(of, operands)];
  return conditions.includes('never') ? 'never' : conditions.includes('perhaps') ? 'perhaps' : 'certainly';
}

function byOther({ when }: Singularity, operands: readonly Value[]): Applies {
  if (when === undefined) return 'certainly';
  const other = operands[when.at];
  if ('below' in when) {
    const number = other && uniformOf(other);
    return number === undefined ? 'perhaps' : number < when.below ? 'certainly' : 'never';
  }
  if (other !== undefined && other.kind !== 'literal') return 'perhaps';
  const set = other?.value;
  return set === undefined || when.is.some((each) => each === set) ? 'certainly' : 'never';
}

function byAxes({ at, axes = 0 }: Singularity, operands: readonly Value[]): Applies {
  const operand = operands[at];
  if (axes === 0 || operand?.kind !== 'tensor') return 'certainly';
  const { open, lengths } = operand.facts.dimensions;
  return lengths.length >= axes ? 'certainly' : open ? 'perhaps' : 'never';
}
