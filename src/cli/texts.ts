/** The texts of files on disk. */
import { disk } from '../program/disk.ts';
import { Sources } from '../explanation/sources.ts';

/** `handed`: texts that stand in place of those on disk. */
export function sourcesOnDisk(handed: ReadonlyMap<string, string> = new Map<string, string>()): Sources {
  return new Sources((file) => handed.get(file) ?? read(file));
}

/** As the compiler reads it: without a byte order mark, and in its encoding. A file that is gone has no text. */
function read(file: string): string {
  return disk().readFile(file) ?? '';
}
