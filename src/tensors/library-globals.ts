/** Libraries that a page loads with a script tag: global names that stand for their namespaces. */
import type { ExportValue, Value } from '../domain/value.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import type { Library } from '../libraries/library.ts';
import type { Program } from '../program/program.ts';
import { isPage, sharedBindings } from '../program/scripts.ts';

const definedGlobals = new WeakMap<Program, ReadonlySet<string>>();

/** The library that a global name stands for. */
export function libraryGlobal(m: Machine, libraries: readonly Library[], name: string): Value | undefined {
  const named = libraries.flatMap((library) => [...library.globals ?? []].map(([global, path]) => ({ global, value: { kind: 'library', library, path } satisfies ExportValue })));
  if (named.length === 0) return undefined;
  const defined = globalsOf(m.program);
  const known = named.filter(({ global }) => !defined.has(global));
  return known.find(({ global }) => global === name)?.value;
}

/** The globals that scripts of the program define themselves. What a page defines is there on that page alone. */
function globalsOf(program: Program): ReadonlySet<string> {
  let names = definedGlobals.get(program);
  if (names === undefined) definedGlobals.set(program, (names = new Set(program.files().filter((file) => !isPage(file)).flatMap((file) => sharedBindings(program, file).map(({ name }) => name)))));
  return names;
}
