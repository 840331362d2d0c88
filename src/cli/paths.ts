import path from 'node:path';

/** As people and other tools write it: from the folder at hand, with forward slashes; what lies elsewhere in full. */
export function relativePath(cwd: string, file: string): string {
  const relative = path.relative(cwd, file);
  const shown = relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
  return shown.replaceAll(path.sep, '/');
}
