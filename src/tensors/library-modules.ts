/** Which modules belong to libraries, and what they export. */
import type { ExportValue, Value } from '../domain/value.ts';
import type { DescribedModule, Library } from '../libraries/library.ts';
import { below, lastName, type Owner, ownerOf } from '../libraries/owner.ts';
import type { Site } from '../program/ir.ts';
import type { ModuleTarget, Program } from '../program/program.ts';

export class LibraryModules {
  /** The source files of which somebody has described exports. */
  readonly #describedFiles = new Map<string, Owner>();

  constructor(readonly program: Program, readonly libraries: readonly Library[]) {}

  /** What a module of a library has under a name. Of a source file that is described only in part the rest is run. */
  exported(target: ModuleTarget, name: string): Value | undefined {
    if (target.kind === 'unknown') return undefined;
    const owner = ownerOf(this.libraries, target);
    if (owner === undefined) return undefined;
    if (target.kind !== 'source' || owner.module === undefined) return libraryExport(owner, name);
    this.#describedFiles.set(target.file, owner);
    return undefined;
  }

  /** What somebody has said of an export, in place of its code. */
  described(file: string, name: string): Value | undefined {
    const owner = this.#describedFiles.get(file);
    return owner?.module?.paths.has(below(owner.module.prefix, name)) === true ? libraryExport(owner, name) : undefined;
  }

  /** What a library declares under the name that stands at a site. */
  declared(at: Site): Value | undefined {
    const origin = this.program.originOf(at);
    const owner = origin?.container === undefined ? origin && ownerOf(this.libraries, origin) : undefined;
    return origin && owner && libraryExport(owner, origin.name);
  }
}

/** An export of a library; undefined for one of a described module of which nobody has said anything. */
function libraryExport({ library, module }: Owner, name: string): ExportValue | undefined {
  const root: ExportValue = { kind: 'library', library, path: module?.prefix ?? '' };
  if (name === '*' || name === 'export=') return root;
  const path = below(root.path, name);
  if (module?.paths.has(path) === true) return describedExport(library, module, path);
  if (name === 'default') return root;
  return module === undefined ? { ...root, path } : undefined;
}

/** What somebody has described, or said to be the same as something else. */
export function describedExport(library: Library, { aliases }: DescribedModule, path: string): ExportValue {
  const same = aliases.get(path);
  return same === undefined ? { kind: 'library', library, path } : { kind: 'library', library, path: same, alias: lastName(path) };
}
