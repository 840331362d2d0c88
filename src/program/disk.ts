/** The files beyond those of a program: packages, pages, what a script requires. The only door to them. */
import ts from 'typescript';

export type Disk = ts.ModuleResolutionHost & Pick<ts.System, 'resolvePath'> & Partial<Pick<ts.System, 'readDirectory' | 'getModifiedTime'>>;

const empty: Disk = { fileExists: () => false, readFile: () => undefined, resolvePath: (file) => file };

/** In a browser it has no system, whatever its types say. */
const compiler: { readonly sys?: Disk } = ts;

let current = compiler.sys ?? empty;

export function disk(): Disk {
  return current;
}

/** For a browser: what lies where the programs say that their files are. To be called before anything is analysed. */
export function useDisk(other: Disk): void {
  current = other;
}
