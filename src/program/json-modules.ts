import { folderOf, resolved } from '../paths.ts';
import { disk } from './disk.ts';

/** What a JSON file holds, and where it is. */
export interface JsonModule {
  readonly file: string;
  readonly value: unknown;
}

const known = new Map<string, JsonModule | undefined>();

/** The JSON file that a specifier names by its path, as it is on disk; undefined for all other specifiers. */
export function jsonModule(specifier: string, from: string): JsonModule | undefined {
  if (!/^\.{1,2}\/.*\.json$/u.test(specifier)) return undefined;
  const file = resolved(folderOf(from), specifier);
  const text = disk().readFile(file);
  if (text === undefined) return undefined;
  const key = `${file}\n${text}`;
  if (!known.has(key)) known.set(key, parsed(file, text));
  return known.get(key);
}

function parsed(file: string, text: string): JsonModule | undefined {
  try {
    return { file, value: JSON.parse(text.replace(/^\uFEFF/u, '')) };
  } catch {
    return undefined;
  }
}
