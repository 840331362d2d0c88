/** Holds what is said of the shapes of a program to what its run throws. */
import type { Finding } from '../../../src/judgements/finding.ts';
import { subjectOf } from '../../../src/domain/reasons.ts';
import { isAboutShapes } from '../../mutation/judge.ts';
import type { Run } from './run.ts';

/** `false`: a line is said to throw, and is passed. `missed`, `elsewhere`: a line throws, and nobody says so, or of another one. */
export type Fate = 'runs' | 'found' | 'false' | 'missed' | 'elsewhere' | 'other error';

export function fateOf(findings: readonly Finding[], { reached, threw }: Run): Fate {
  const told = findings.filter(({ cause, effect }) => (subjectOf(cause) === 'shapes' || cause === 'gradient-gap') && effect.kind === 'throws').map(({ site, elsewhere = site }) => elsewhere.line);
  if (told.some((line) => reached.has(line) && line !== threw?.line)) return 'false';
  if (threw === undefined) return 'runs';
  if (told.includes(threw.line)) return 'found';
  if (!isAboutShapes(threw)) return 'other error';
  return told.length > 0 ? 'elsewhere' : 'missed';
}
