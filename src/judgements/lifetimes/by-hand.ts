/** Programs that open and close a library's regions themselves: what the code at hand leaves, they may dispose. */
import type { Program } from '../../program/program.ts';
import type { FileRun } from '../file-run.ts';

/** Whether code that a file can call, or that can call it, does so. */
export function opensRegionsByHand({ program, file, history }: FileRun): boolean {
  const libraries = new Set([...history.lifetimes.lives.values()].map(({ library }) => library));
  const words = [...libraries].flatMap(({ lifetimes }) => lifetimes?.byHand ?? []);
  const opening = [...program.files()].filter((each) => words.some((word) => program.mentions(each, word)));
  if (opening.length === 0) return false;
  const below = importedFrom(program, file);
  return opening.some((each) => below.has(each) || importedFrom(program, each).has(file));
}

/** A file, and all that it imports, directly or not. */
function importedFrom(program: Program, file: string): ReadonlySet<string> {
  const found = new Set([file]);
  for (const each of found) {
    for (const { specifier } of program.module(each)?.imports ?? []) {
      const target = program.resolve(specifier);
      if (target.kind === 'source') found.add(target.file);
    }
  }
  return found;
}
