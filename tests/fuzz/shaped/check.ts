/** Holds what is said of the shapes of a program to what its run throws. */
import type { Finding } from '../../../src/judgements/finding.ts';
import { subjectOf } from '../../../src/domain/reasons.ts';
import type { Site } from '../../../src/program/ir.ts';
import { isAboutShapes } from '../../mutation/judge.ts';
import type { Place, Run } from './run.ts';

/** `false`: a line is said to throw, and is passed. `missed`, `elsewhere`: a line throws, and nobody says so, or of another one. */
export type Fate = 'runs' | 'found' | 'false' | 'missed' | 'elsewhere' | 'other error';

export function fateOf(findings: readonly Finding[], { reached, threw }: Run): Fate {
  const told = findings.filter(({ cause, effect }) => (subjectOf(cause) === 'shapes' || cause === 'gradient-gap') && effect.kind === 'throws').map(({ site, elsewhere = site }) => placeOf(elsewhere));
  if (told.some((place) => reached.has(place) && place !== threw?.place)) return 'false';
  if (threw === undefined) return 'runs';
  if (told.some((place) => place === threw.place)) return 'found';
  if (!isAboutShapes(threw)) return 'other error';
  return told.length > 0 ? 'elsewhere' : 'missed';
}

function placeOf({ file, line }: Pick<Site, 'file' | 'line'>): Place {
  return `${file.endsWith('helpers.ts') || file.endsWith('helpers.js') ? 'helpers' : 'program'}:${String(line)}`;
}
