/** From the paths that the user names to the files to check. */
import { spawnSync } from 'node:child_process';
import { type Stats, accessSync, constants, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { filePattern } from '../settings/file-pattern.ts';
import { CannotRun } from './cannot-run.ts';

const code = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
/** Declarations have no code, and bundles are nobody's source. */
const noSource = /\.d\.[cm]?ts$|[.-]min\.[cm]?js$/u;

/** The file in whose place a text stands that is handed in; it need not exist. */
export function fileOfText(cwd: string, named: string): string {
  if (!code.test(named)) throw new CannotRun(`'${named}' is neither JavaScript nor TypeScript.`);
  return path.resolve(cwd, named);
}

export function filesIn(cwd: string, paths: readonly string[]): readonly string[] {
  const files = new Set<string>();
  for (const named of paths) {
    const full = path.resolve(cwd, named);
    const found = statsOf(full);
    if (found === undefined) matching(cwd, named).forEach((file) => files.add(file));
    else if (found.isDirectory()) collect(full, ignoredIn(full), files);
    else if (!found.isFile()) throw new CannotRun(`'${named}' is no file.`);
    else if (code.test(full)) files.add(full);
    else throw new CannotRun(`'${named}' is neither JavaScript nor TypeScript.`);
  }
  if (files.size === 0) throw new CannotRun(`There are no JavaScript or TypeScript files in ${paths.map((named) => `'${named}'`).join(', ')}.`);
  for (const file of files) readable(file, () => { accessSync(file, constants.R_OK); });
  return [...files];
}

/** The files that a pattern means, of those in its folder: shells leave it as it is where it is quoted, or matches nothing. */
function matching(cwd: string, named: string): readonly string[] {
  const parts = named.split(/[\\/]/u);
  const fixed = parts.slice(0, parts.findIndex((part) => isPattern(part))).join('/');
  const folder = path.resolve(cwd, named.startsWith('/') ? fixed || '/' : fixed);
  if (!isPattern(named) || statsOf(folder)?.isDirectory() !== true) throw new CannotRun(`There is no file or folder '${named}'.`);
  const files = new Set<string>();
  collect(folder, ignoredIn(folder), files);
  const patterns = alternatives(named).map((each) => filePattern([each], cwd));
  const found = [...files].filter((file) => patterns.some((pattern) => pattern.test(file.replaceAll(path.sep, '/'))));
  if (found.length === 0) throw new CannotRun(`No JavaScript or TypeScript file matches '${named}'.`);
  return found;
}

function isPattern(name: string): boolean {
  return /[*?]|\{.*\}/u.test(name);
}

/** `a.{ts,js}` is `a.ts` or `a.js`. */
function alternatives(pattern: string): readonly string[] {
  const [whole, choices] = /\{(?<choices>[^{}]*)\}/u.exec(pattern) ?? [];
  if (whole === undefined || choices === undefined) return [pattern];
  return choices.split(',').flatMap((choice) => alternatives(pattern.replace(whole, () => choice)));
}

/** Undefined where there is nothing of that name. */
function statsOf(name: string): Stats | undefined {
  return readable(name, () => statSync(name, { throwIfNoEntry: false }));
}

function readable<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CannotRun(`'${name}' cannot be read: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

function collect(folder: string, ignored: ReadonlySet<string>, files: Set<string>): void {
  const entries = readable(folder, () => readdirSync(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (ignored.has(full)) continue;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) collect(full, ignored, files);
    } else if (entry.isFile() && code.test(entry.name) && !noSource.test(entry.name)) {
      files.add(full);
    }
  }
}

/** What git ignores below a folder (build output, mostly). Nothing where there is no git, or the folder itself is ignored. */
function ignoredIn(folder: string): ReadonlySet<string> {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
  if (git('check-ignore', '--quiet', '.').status !== 1) return new Set();
  const { status, stdout } = git('ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z');
  return new Set(status === 0 ? stdout.split('\0').filter((name) => name !== '').map((name) => path.join(folder, name.replace(/\/$/u, ''))) : []);
}
