/** How long tensors live: what is used when it is gone, and what stays though nobody can get at it any more. */
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { opensRegionsByHand } from './by-hand.ts';
import { growth } from './growth.ts';
import { promises } from './promises.ts';
import { usesAfterDisposal } from './uses.ts';

export function judgeLifetimes(run: FileRun): readonly Finding[] {
  return opensRegionsByHand(run) ? promises(run) : [...usesAfterDisposal(run), ...promises(run), ...growth(run)];
}
