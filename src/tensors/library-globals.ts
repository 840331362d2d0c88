/** Libraries that a page loads with a script tag: global names that stand for their namespaces. */
import type { ExportValue, ObjectValue, Value } from '../domain/value.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { defineMember } from '../interpreter/values/properties.ts';
import { foreign } from '../interpreter/values/unknown.ts';
import type { Library } from '../libraries/library.ts';
import type { Site } from '../program/ir.ts';
import type { Program } from '../program/program.ts';
import { isPage, sharedBindings } from '../program/scripts.ts';

/** Names of the object that has the globals for properties. */
const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);

const definedGlobals = new WeakMap<Program, ReadonlySet<string>>();

/** The library that a global name stands for, or the object in which all those libraries are. */
export function libraryGlobal(m: Machine, libraries: readonly Library[], name: string, site: Site): Value | undefined {
  const named = libraries.flatMap((library) => [...library.globals ?? []].map(([global, path]) => ({ global, value: { kind: 'library', library, path } satisfies ExportValue })));
  if (named.length === 0) return undefined;
  const defined = globalsOf(m.program);
  const known = named.filter(({ global }) => !defined.has(global));
  if (globalObjects.has(name)) return globalObject(m, known, name, site);
  return known.find(({ global }) => global === name)?.value;
}

function globalObject(m: Machine, known: readonly { readonly global: string; readonly value: Value }[], name: string, site: Site): ObjectValue {
  const heap = m.heap({ kind: 'record' }, site);
  heap.open = foreign(m, name, site, m.program.typeOf(site));
  for (const { global, value } of known) defineMember(m, heap, global, value);
  return { kind: 'object', heap };
}

/** The globals that scripts of the program define themselves. What a page defines is there on that page alone. */
function globalsOf(program: Program): ReadonlySet<string> {
  let names = definedGlobals.get(program);
  if (names === undefined) definedGlobals.set(program, (names = new Set(program.files().filter((file) => !isPage(file)).flatMap((file) => sharedBindings(program, file).map(({ name }) => name)))));
  return names;
}
