/**
 * Files that may import the one file of a lone program, which does not have them. They are looked for on disk, in the
 * package that the file is part of, when somebody asks.
 */
import ts from 'typescript';

import { baseName, folderOf, resolved, slashed } from '../../paths.ts';
import { disk } from '../disk.ts';

const alone = new WeakSet<ts.Program>();

/** The program has the file that it is made for and what that imports, and nothing that imports it. */
export function setAlone(program: ts.Program): void {
  alone.add(program);
}

/** Whether such a file has a text that matches. Of a package with too many files it is taken to be so. */
export function isMentionedUnseen(program: ts.Program, file: string, pattern: RegExp): boolean {
  if (!alone.has(program)) return false;
  const others = filesAround(file);
  if (others.length > most) return true;
  const source = program.getSourceFile(file);
  const able = source !== undefined && !ts.isExternalModule(source) ? others : importersOf(file, others);
  return able.some((each) => pattern.test(disk().readFile(each) ?? ''));
}

/** More files than that nobody reads for one question. */
const most = 5_000;

const extensions = ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.html', '.vue', '.svelte', '.astro'];

/** All in the package of a file; without a package, in its folder. */
function filesAround(file: string): readonly string[] {
  const full = slashed(disk().resolvePath(file));
  const found = disk().readDirectory?.(packageFolder(full) ?? folderOf(full), extensions, ['**/node_modules', '**/.*']) ?? [];
  return found.map(slashed).filter((each) => each !== full);
}

function packageFolder(file: string): string | undefined {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (disk().fileExists(`${folder}/package.json`)) return folder;
    if (folder === folderOf(folder)) return undefined;
  }
}

/** Those that import it, directly or not. */
function importersOf(file: string, others: readonly string[]): readonly string[] {
  const named = new Set([withoutEnding(slashed(disk().resolvePath(file)))]);
  const found = new Set<string>();
  for (const each of named) {
    for (const other of others) {
      if (found.has(other) || !specifiersIn(other).some((specifier) => mayName(specifier, other, each))) continue;
      found.add(other);
      named.add(withoutEnding(other));
    }
  }
  return [...found];
}

/** A path is that of the file, or of its folder; a name that is resolved in other ways may be if it ends like it. */
function mayName(specifier: string, from: string, file: string): boolean {
  const own = baseName(file) === 'index' ? [file, folderOf(file)] : [file];
  const asked = withoutEnding(specifier.startsWith('.') ? resolved(folderOf(from), specifier) : specifier);
  return own.some((each) => (specifier.startsWith('.') ? asked === each : baseName(asked) === baseName(each)));
}

function withoutEnding(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/u, '');
}

/** By the time at which the file was last written. */
const specifiers = new Map<string, { readonly written: number | undefined; readonly found: readonly string[] }>();

/** All texts in quotes behind a word that imports. */
function specifiersIn(file: string): readonly string[] {
  const written = disk().getModifiedTime?.(file)?.getTime();
  const known = specifiers.get(file);
  if (known !== undefined && written !== undefined && known.written === written) return known.found;
  const text = disk().readFile(file) ?? '';
  const found = [...text.matchAll(/\b(?:from|import|require|src)\b[\s(=]*(['"`])([^'"`\n]+)\1/gu)].map(([, , specifier = '']) => specifier);
  specifiers.set(file, { written, found });
  return found;
}
