/** Which files are worth analysing: those that open a gradient scope, or import code that does. */
import type { Library } from '../libraries/library.ts';
import type { Program } from '../program/program.ts';

/** What the texts tell of one library. */
interface Words {
  readonly scopes: RegExp;
  readonly packages: RegExp;
}

const wordsOf = new WeakMap<Library, Words>();
const concerned = new WeakMap<Program, ReadonlySet<string>>();

/** Whether some scope may be found in a file. Asks no types, and of a program without tensors only its texts. */
export function opensScopes(program: Program, libraries: readonly Library[], file: string): boolean {
  let files = concerned.get(program);
  if (files === undefined) concerned.set(program, (files = concernedFiles(program, libraries.map(words))));
  return files.has(file);
}

function words(library: Library): Words {
  let known = wordsOf.get(library);
  if (known === undefined) {
    const anyOf = (parts: readonly string[]): string => parts.map((part) => part.replace(/[^\w]/g, '\\$&')).join('|');
    known = {
      scopes: new RegExp(`\\b(?:${anyOf(library.scopeWords)})\\b`),
      packages: new RegExp(anyOf(library.part === undefined ? [...library.packages] : [library.part.specifier])),
    };
    wordsOf.set(library, known);
  }
  return known;
}

function concernedFiles(program: Program, known: readonly Words[]): ReadonlySet<string> {
  const files = [...program.files()];
  const present = known.filter(({ packages }) => files.some((file) => program.mentions(file, packages)));
  const opening = present.length === 0 ? [] : files.filter((file) => present.some(({ scopes }) => program.mentions(file, scopes)));
  return opening.length === 0 ? new Set() : importersOf(opening, files, program);
}

/** Some files, and all that import them, directly or not. */
function importersOf(targets: readonly string[], files: readonly string[], program: Program): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  for (const file of files) {
    for (const { specifier } of program.module(file)?.imports ?? []) {
      const target = program.resolve(specifier);
      if (target.kind !== 'source') continue;
      const list = importers.get(target.file);
      if (list === undefined) importers.set(target.file, [file]);
      else list.push(file);
    }
  }
  const found = new Set(targets);
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}
