/** Variables that are made by a name that another one has. */
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { suspicionFinding } from '../suspicions.ts';

export function renamedVariables(run: FileRun): readonly Finding[] {
  return run.history.all('renamed').flatMap(({ library, first, name, label, site, chain, error }) => suspicionFinding(run, {
    cause: 'recreated-state', variant: 'named', site, chain, scope: label, about: [], effect: { kind: 'throws', library: library.title, error: `"${error}"` },
    details: { named: [`\`${name}\``], first: [{ label: first.label, site: first.site }] },
  }));
}
