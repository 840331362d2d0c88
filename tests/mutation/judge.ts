/** What became of mutants, and whether it was foretold. */
import type { Finding } from '../../src/judgements/finding.ts';
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import { subjectOf } from '../../src/domain/reasons.ts';
import type { Observation, Thrown } from '../truth/observation.ts';
import { isStated } from '../truth/errors.ts';
import { isOnLine } from '../truth/places.ts';

/** `false`: a report on a program that gets there and runs. `caught`: the program waits for errors there. */
export type Fate = 'runs' | 'false' | 'other error' | 'caught' | 'found' | 'elsewhere' | 'missed';

/** How TF.js speaks of shapes, axes and types of elements. */
const aboutShapes = /shape|rank|dimension|dim\b|axis|axes|size|broadcast|overflow|must match|must be equal|splits|squeeze|elements|values|channels|depth of input|filter|perm|but got|ndim|incompatible|tensors?\b.*\bmatch|same number/iu;

/** What is given is no tensor at all, or nothing is connected, or trained. */
const aboutOthers = /must be a Tensor|^values passed to tensor|Cannot (?:find a connection|compute gradient|evaluate)/iu;

export interface Judged {
  readonly fate: Fate;
  readonly error: Thrown | undefined;
  /** Reports of errors that nobody has seen. */
  readonly unseen: readonly Finding[];
}

export function fateOf(inspections: readonly Inspection[], { scopes, uncaught }: Observation): Judged {
  const findings = inspections.flatMap((inspection) => inspection.findings).filter(({ cause, effect }) => (subjectOf(cause) === 'shapes' || cause === 'gradient-gap') && effect.kind === 'throws');
  const within = scopes.flatMap(({ threw }) => threw ?? []);
  const error = uncaught.find(isAboutShapes);
  if (error === undefined) {
    const caught = within.find(isAboutShapes);
    const [first] = [...caught === undefined ? [] : [caught], ...uncaught, ...within];
    return { fate: caught === undefined ? first === undefined ? 'runs' : 'other error' : 'caught', error: first, unseen: first === undefined ? findings : [] };
  }
  const told = findings.filter(({ effect }) => effect.kind === 'throws' && (isStated(effect.error, error) || effect.error === 'an Error'));
  const there = told.some(({ site, elsewhere = site }) => error.frames.length === 0 || error.frames.some((frame) => isOnLine(elsewhere, frame)));
  return { fate: there ? 'found' : findings.length > 0 ? 'elsewhere' : 'missed', error, unseen: [] };
}

export function isAboutShapes({ name, message }: Pick<Thrown, 'name' | 'message'>): boolean {
  return name === 'Error' && aboutShapes.test(message) && !aboutOthers.test(message);
}
