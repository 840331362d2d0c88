/** Regions that end before what they are given has run. */
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { suspicionFinding } from '../suspicions.ts';

export function promises(run: FileRun): readonly Finding[] {
  return run.history.all('promised').flatMap(({ library, form, label, site, chain }) => suspicionFinding(run, {
    cause: 'async-region', variant: form, site, chain, scope: label, about: [], effect: { kind: 'untold', library: library.title },
    details: { said: [`"${library.lifetimes?.promise ?? ''}"`], library: [library.title] },
  }));
}
