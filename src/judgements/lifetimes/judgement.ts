/** How long tensors live: what is used when it is gone, and what stays though nobody can get at it any more. */
import type { FileRun } from '../file-run.ts';
import type { Finding } from '../finding.ts';
import { growth } from './growth.ts';
import { promises } from './promises.ts';
import { usesAfterDisposal } from './uses.ts';

export function judgeLifetimes(run: FileRun): readonly Finding[] {
  const { program, history } = run;
  const libraries = new Set(history.events.flatMap((event) => ('library' in event && typeof event.library !== 'string' ? [event.library] : [])));
  const byHand = [...libraries].flatMap(({ lifetimes }) => lifetimes?.byHand ?? []);
  // Who opens regions by hand may dispose whatever the code at hand leaves.
  if ([...program.files()].some((file) => byHand.some((words) => program.mentions(file, words)))) return promises(run);
  return [...usesAfterDisposal(run), ...promises(run), ...growth(run)];
}
