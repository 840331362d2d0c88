import { resolved } from '../paths.ts';

/** Which files, by their full paths with slashes, some patterns mean: `*` stands for a name or a part of one, `?` for one character, `**` for any folders. */
export function filePattern(patterns: readonly string[], cwd: string): RegExp {
  const sources = patterns.map((pattern) => resolved(cwd, pattern).split('/').map(part).join('/'));
  // A folder of any depth has its slash with it.
  return new RegExp(`^(?:${sources.join('|').replaceAll(`${anyFolders}/`, '(?:.*/)?')})$`);
}

const anyFolders = '.*';

function part(name: string): string {
  if (name === '**') return anyFolders;
  return name.replace(/[^\w*?]/g, '\\$&').replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
}
