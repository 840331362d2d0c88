/** Which library a declaration or module belongs to, and how the paths of its exports are written. */
import type { DescribedModule, Library } from './library.ts';

/** Where a module or declaration is. */
export interface Place {
  readonly package: string | undefined;
  /** The file below the package's folder; of a specifier, what follows the package's name. */
  readonly path: string;
  /** The file itself, where one is known. */
  readonly file?: string | undefined;
}

export interface Owner {
  readonly library: Library;
  /** The module that somebody has described; undefined for the library's own. */
  readonly module: DescribedModule | undefined;
}

/** The library that has a file, or a specifier, of a package. */
export function ownerOf(libraries: readonly Library[], place: Place): Owner | undefined {
  for (const library of libraries) {
    const module = library.described?.find((described) => covers(described, place));
    if (module !== undefined || isOwn(library, place)) return { library, module };
  }
  return undefined;
}

function isOwn({ packages, part }: Library, place: Place): boolean {
  if (place.package === undefined || !packages.has(place.package)) return false;
  return part === undefined ? !isBeingWritten(place) : part.paths.test(place.path);
}

/** Who works on a library itself imports its modules one by one, and their names are not those of its exports. */
function isBeingWritten({ file }: Place): boolean {
  return file !== undefined && /(?<!\.d)\.[cm]?tsx?$/u.test(file) && !file.includes('/node_modules/');
}

function covers({ packages, files }: DescribedModule, place: Place): boolean {
  if (place.package !== undefined && packages.has(place.package)) return true;
  return files !== undefined && place.file !== undefined && files.test(place.file);
}

/** The described module that a path leads into. */
export function moduleOfPath(library: Library, path: string): DescribedModule | undefined {
  return path.includes(':') ? library.described?.find(({ prefix }) => path.startsWith(prefix)) : undefined;
}

/** A namespace: of the library itself, or of a described module. */
export function isRoot(path: string): boolean {
  return path === '' || path.endsWith(':');
}

/** One step further on a path. */
export function below(path: string, name: string): string {
  return isRoot(path) ? `${path}${name}` : `${path}.${name}`;
}

/** The last name of a path. */
export function lastName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf(':')) + 1);
}
