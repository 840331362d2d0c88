/** Programs that open and close a library's regions themselves: what the code at hand leaves, they may dispose. */
import type { Library } from '../../libraries/library.ts';
import { importsOf } from '../../program/imports.ts';
import type { FileRun } from '../file-run.ts';

/** Those of which something was made that has to be disposed. */
export function librariesOf({ history }: FileRun): readonly Library[] {
  return [...new Set([...history.lifetimes.lives.values()].map(({ library }) => library))];
}

/** Whether code that a file can call, or that can call it, does so. */
export function opensRegionsByHand(run: FileRun): boolean {
  const { program, file } = run;
  const words = librariesOf(run).flatMap(({ lifetimes }) => lifetimes?.byHand ?? []);
  const opening = words.flatMap((word) => program.filesMentioning(word));
  if (opening.length === 0) return false;
  const imports = importsOf(program);
  const [below, above] = [imports.importedBy([file]), imports.importersOf([file])];
  return opening.some((each) => below.has(each) || above.has(each));
}
