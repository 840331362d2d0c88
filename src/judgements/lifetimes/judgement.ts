/** How long tensors live: what is used when it is gone, and what stays though nobody can get at it any more. */
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { opensRegionsByHand } from './by-hand.ts';
import { growth } from './growth.ts';
import { promises } from './promises.ts';
import { renamedVariables } from './renamed.ts';
import { unevenDisposals } from './uneven.ts';
import { usesAfterDisposal } from './uses.ts';

export function judgeLifetimes(run: FileRun): readonly Finding[] {
  if (opensRegionsByHand(run)) return promises(run);
  return [...usesAfterDisposal(run), ...promises(run), ...renamedVariables(run), ...isTest(run.file) ? [] : [...growth(run), ...unevenDisposals(run)]];
}

/** A test ends. */
function isTest(file: string): boolean {
  return /\.(?:test|spec)\.\w+$|\/__tests__\//u.test(file);
}
