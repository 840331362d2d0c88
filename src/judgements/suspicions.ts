/** Suspicions: what is certainly there and hardly meant, though nothing is proven to be wrong by it. */
import type { CallChain } from '../domain/calls.ts';
import type { Node } from '../domain/graph.ts';
import type { Reason } from '../domain/reasons.ts';
import type { Site } from '../program/ir.ts';
import type { FileRun } from './file-run.ts';
import type { Details, Effect, Finding } from './finding.ts';
import { namesAlone, steps } from './names.ts';
import { locate } from './places.ts';

export interface Suspicion {
  readonly cause: Reason;
  readonly variant: string;
  readonly site: Site;
  readonly chain: CallChain | undefined;
  /** The call it is about as the user wrote it: `minimize`. */
  readonly scope: string;
  /** What it is about: layers, values that were made elsewhere. */
  readonly about: readonly Node[];
  readonly effect: Effect;
  readonly details?: Details;
  readonly suggestion?: Finding['suggestion'];
}

export function suspicionFinding(run: FileRun, { cause, variant, site, chain, scope, about, effect, details, suggestion }: Suspicion): readonly Finding[] {
  const located = locate(run.file, site, chain);
  if (located === undefined) return [];
  return [{
    cause, variant, ...located, sources: namesAlone(run, about), code: run.program.text(site), scope,
    before: steps(run, about), after: [], effect, suggestion, ...details === undefined ? {} : { details },
  }];
}
