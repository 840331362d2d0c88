/** From the paths that the user names to the files to check. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { CannotRun } from './cannot-run.ts';

const code = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
/** Declarations have no code, and bundles are nobody's source. */
const noSource = /\.d\.[cm]?ts$|[.-]min\.[cm]?js$/u;

export function filesIn(cwd: string, paths: readonly string[]): readonly string[] {
  const files = new Set<string>();
  for (const named of paths) {
    const full = path.resolve(cwd, named);
    const found = statSync(full, { throwIfNoEntry: false });
    if (found === undefined) throw new CannotRun(`There is no file or folder '${named}'.`);
    if (found.isDirectory()) collect(full, ignoredIn(full), files);
    else if (code.test(full)) files.add(full);
    else throw new CannotRun(`'${named}' is neither JavaScript nor TypeScript.`);
  }
  if (files.size === 0) throw new CannotRun(`There are no JavaScript or TypeScript files in ${paths.map((named) => `'${named}'`).join(', ')}.`);
  return [...files];
}

function collect(folder: string, ignored: ReadonlySet<string>, files: Set<string>): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
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
