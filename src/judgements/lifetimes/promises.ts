/** Regions that end before what they are given has run. */
import type { Promised } from '../../domain/life-events.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { type Suspicion, suspicionFinding } from '../suspicions.ts';

export function promises(run: FileRun): readonly Finding[] {
  return run.history.all('promised').flatMap((promised) => suspicionFinding(run, suspicionOf(promised)));
}

function suspicionOf({ library: { title, lifetimes }, form, label, site, chain, region }: Promised): Suspicion {
  const about = { cause: 'async-region' as const, variant: form, site, chain, scope: label, about: [] };
  if (form === 'training') return { ...about, effect: { kind: 'throws', library: title, error: `"${lifetimes?.operand ?? ''}"` }, details: { region: [{ label: region.label, site: region.site }] } };
  return { ...about, effect: { kind: 'untold', library: title }, details: { said: [`"${lifetimes?.promise ?? ''}"`], library: [title] } };
}
