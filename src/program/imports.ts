/** Which files of a program import which. */
import type { Program } from './program.ts';

const graphs = new WeakMap<Program, Imports>();

/** Of a program, looked at once. */
export function importsOf(program: Program): Imports {
  let graph = graphs.get(program);
  if (graph === undefined) graphs.set(program, (graph = new Imports(program)));
  return graph;
}

export class Imports {
  readonly #imported = new Map<string, string[]>();
  readonly #importers = new Map<string, string[]>();

  constructor(program: Program) {
    for (const file of program.files()) {
      for (const { specifier } of program.module(file)?.imports ?? []) {
        const target = program.resolve(specifier);
        if (target.kind !== 'source') continue;
        add(this.#imported, file, target.file);
        add(this.#importers, target.file, file);
      }
    }
  }

  /** Some files, and all that import them, directly or not. */
  importersOf(files: Iterable<string>): ReadonlySet<string> {
    return closure(files, this.#importers);
  }

  /** Some files, and all that they import, directly or not. */
  importedBy(files: Iterable<string>): ReadonlySet<string> {
    return closure(files, this.#imported);
  }
}

function add(table: Map<string, string[]>, from: string, to: string): void {
  const known = table.get(from);
  if (known === undefined) table.set(from, [to]);
  else known.push(to);
}

function closure(files: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(files);
  for (const file of found) for (const each of next.get(file) ?? []) found.add(each);
  return found;
}
