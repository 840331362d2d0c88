/** Errors that were seen, and the reports that tell of them. */
import type { Finding } from '../../src/judgements/finding.ts';
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import type { Trial } from './claims.ts';
import type { Observation, Thrown } from './observation.ts';
import { placeText } from './places.ts';

export interface Errors {
  /** Those that no report tells of. */
  readonly unforetold: readonly string[];
  /** One that is told of has ended the program. */
  readonly ended: boolean;
}

export function foretell(inspections: readonly Inspection[], trials: readonly Trial[], { scopes, uncaught }: Observation): Errors {
  const attached = new Set(trials.flatMap(({ verdict }) => verdict.findings.map(keyOf)));
  const loose = inspections.flatMap(({ findings }) => findings.filter((finding) => !attached.has(keyOf(finding))));
  const foretold = new Set<string>();
  const errors = [...scopes.flatMap(({ threw }) => threw ?? []), ...uncaught];
  for (const error of errors) if (loose.some((finding) => tellsOf(finding, error))) foretold.add(error.message);
  for (const { verdict, runs } of trials) {
    for (const { threw } of runs) if (threw !== undefined && verdict.findings.some((finding) => tellsOf(finding, threw))) foretold.add(threw.message);
  }
  // What an async callback still does when its tape has stopped fails in many ways.
  const late = loose.some(({ cause }) => cause === 'async');
  const surprising = errors.filter(({ message }) => !foretold.has(message) && !late);
  return { unforetold: surprising.map(textOf), ended: uncaught.length > 0 && surprising.length === 0 };
}

const keyOf = ({ cause, site }: Finding): string => `${cause} ${site.file} ${site.start}`;

function textOf({ name, message, frames: [frame] }: Thrown): string {
  return `throws ${name}: ${message.split('\n')[0] ?? ''}${frame === undefined ? '' : ` (${placeText(frame)})`}`;
}

/** What is said to be wrong may throw as well, where something else is in the place of a variable whoever uses its name; and the core sees a tensor among numbers at once. */
function tellsOf({ cause, effect, variant }: Finding, error: Thrown): boolean {
  if ((cause === 'disposed-use' || cause === 'disposed-in-round') && isDisposedOnCore(error)) return true;
  if (variant === 'assignment') return /is not a function|^Cannot (?:find a connection|read properties of undefined)|must be an array of variables|must be numeric tensor/u.test(error.message);
  if (effect.kind === 'wrong') return /^Cannot (?:compute gradient|find a connection)/u.test(error.message);
  if (effect.kind === 'mixed') return /^(?:Operands could not be broadcast|shape of the new value)/u.test(error.message);
  return (effect.kind === 'throws' || effect.kind === 'throws-unless') && (isStated(effect.error, error) || (variant === 'data' && error.message.startsWith('tensor(values)')));
}

/** The core says of every use what TF.js says of some. */
export function isDisposedOnCore({ name, message }: Thrown): boolean {
  return name === 'TensorError' && message.startsWith('Tensor is disposed.');
}

/** Effects quote the beginning of a library's message, name an error of the language, or do not say which; `…` stands for what is not known before it runs. */
export function isStated(text: string, { name, message }: Thrown): boolean {
  return text === 'an error' || text.replace(/^an? /u, '') === name || isBeginning(text.replaceAll('"', '').split('…'), message.replaceAll('"', ''));
}

function isBeginning([first = '', ...rest]: readonly string[], message: string): boolean {
  if (!message.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = message.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}
