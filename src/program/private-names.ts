/** Private names of classes as keys: those of two classes are two, though they are written alike. */
import type { Site } from './ir.ts';

const separator = '\0';

/** The key for a private name, as `#x` is written, of the class that stands at a site. */
export function privateKey(written: string, { file, start }: Site): string {
  return `${written}${separator}${file}:${String(start)}`;
}

export function isPrivate(key: string): boolean {
  return key.startsWith('#') && key.includes(separator);
}

/** A key as the code writes it. */
export function writtenKey(key: string): string {
  return isPrivate(key) ? key.slice(0, key.indexOf(separator)) : key;
}
