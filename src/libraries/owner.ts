/** Which library a declaration or module belongs to. */
import type { Library } from './library.ts';

/** The library that has a file, or a specifier, of a package. */
export function libraryAt(libraries: readonly Library[], name: string | undefined, path: string): Library | undefined {
  return name === undefined ? undefined : libraries.find(({ packages, part }) => packages.has(name) && (part === undefined || part.paths.test(path)));
}
