/** Whether an operation has a singularity with the operands that it is given: that may hang on one of them, as on an exponent. */
import type { Singularity } from '../libraries/usage.ts';
import type { Value } from './value.ts';
import { uniformOf } from './values.ts';

export function hasSingularity({ when }: Singularity, operands: readonly Value[]): 'certainly' | 'perhaps' | 'never' {
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
