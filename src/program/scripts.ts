/** What the scripts of a page share, and the code of a component with what it shows: the names of their top level. */
import type { Binding, ModuleCode } from './ir.ts';
import type { Program } from './program.ts';

/** Whether code that is not in the program uses a name. */
export type Elsewhere = (name: string) => boolean;

export function sharedBindings(program: Program, file: string): readonly Binding[] {
  const module = program.module(file);
  return module?.script === true ? topLevel(module) : [];
}

export function topLevel({ vars, body }: ModuleCode): readonly Binding[] {
  return [...vars, ...body.bindings, ...body.functions.map(({ binding }) => binding)];
}

/** Whether another file of the program may use a name that a script shares. Two pages share nothing. */
export function isUsedOutside(program: Program, file: string, name: string): boolean {
  return program.files().some((other) => other !== file && !(isPage(other) && isPage(file)) && program.module(other)?.occurrences.has(name) === true);
}

/** A program may be told to have pages, in whose place one of their scripts stands while it is linted. */
export function isPage(file: string): boolean {
  return /\.(?:x?html?|xht)$/.test(file);
}
