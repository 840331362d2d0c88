/** Functions that dispose a tensor of their own on one way out, and leave it on another. */
import type { Uneven } from '../../domain/life-events.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { nameOf } from '../names.ts';
import { locate, unique } from '../places.ts';

export function unevenDisposals(run: FileRun): readonly Finding[] {
  return unique(run.history.all('uneven').flatMap((each) => findingOf(run, each)));
}

function findingOf(run: FileRun, { node, code, disposal, exit, chain }: Uneven): readonly Finding[] {
  const life = run.history.lifetimes.lives.get(node);
  const located = life && locate(run.file, life.site, chain);
  if (life === undefined || located === undefined) return [];
  return [{
    cause: 'incomplete-dispose', variant: exit === undefined ? 'end' : 'exit', ...located,
    sources: [nameOf(run, node)], code: run.program.text(life.site), scope: code.name, before: [], after: [], effect: { kind: 'slow' },
    details: { disposal: [{ label: disposal.label, site: disposal.site }], exit: exit === undefined ? [] : [{ label: 'return', site: exit }] },
    suggestion: undefined,
  }];
}
