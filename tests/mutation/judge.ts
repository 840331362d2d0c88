/** What became of mutants, and whether it was foretold. */
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import { subjectOf } from '../../src/domain/reasons.ts';
import type { Observation, Thrown } from '../truth/observation.ts';
import { isStated } from '../truth/errors.ts';
import { isOnLine } from '../truth/places.ts';

/** `false`: a report on a program that runs. */
export type Fate = 'runs' | 'false' | 'other error' | 'found' | 'elsewhere' | 'missed';

/** How TF.js speaks of shapes, axes and types of elements. */
const aboutShapes = /shape|rank|dimension|dim\b|axis|axes|size|broadcast|overflow|must match|must be equal|splits|squeeze|elements|values|channels|depth of input|filter|perm|but got|ndim|incompatible|tensors?\b.*\bmatch|same number/iu;

/** What is given is no tensor at all, or nothing is connected, or trained. */
const aboutOthers = /must be a Tensor|^values passed to tensor|Cannot (?:find a connection|compute gradient|evaluate)/iu;

export function fateOf(inspections: readonly Inspection[], { scopes, uncaught }: Observation): { readonly fate: Fate; readonly error: Thrown | undefined } {
  const thrown = [...uncaught, ...scopes.flatMap(({ threw }) => threw ?? [])];
  const findings = inspections.flatMap((inspection) => inspection.findings).filter(({ cause, effect }) => subjectOf(cause) === 'shapes' && effect.kind === 'throws');
  const error = thrown.find(({ name, message }) => name === 'Error' && aboutShapes.test(message) && !aboutOthers.test(message));
  if (error === undefined) return { fate: thrown.length > 0 ? 'other error' : findings.length > 0 ? 'false' : 'runs', error: thrown[0] };
  const told = findings.filter(({ effect }) => effect.kind === 'throws' && (isStated(effect.error, error) || effect.error === 'an Error'));
  const there = told.some(({ site, elsewhere = site }) => error.frames.length === 0 || error.frames.some((frame) => isOnLine(elsewhere, frame)));
  return { fate: there ? 'found' : findings.length > 0 ? 'elsewhere' : 'missed', error };
}
