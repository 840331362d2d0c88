/** What lies on the disk, by way of the compiler, which knows where there is none. */
import ts from 'typescript';

/** In a browser the compiler has no system. */
const system = ts.sys as ts.System | undefined;

/** Undefined for a file that cannot be read. */
export function textOnDisk(file: string): string | undefined {
  return system?.readFile(file);
}
