/** Names of files, with slashes, as the compiler has them. Made without Node, for the analysis runs in browsers as well. */

interface Parts {
  /** `/`, `C:/`, or nothing for a name that begins at some other folder. */
  readonly root: string;
  /** Folders and the file, without `.` and, as far as can be, `..`. */
  readonly names: readonly string[];
}

export function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}

/** The folder of a root is itself. */
export function folderOf(file: string): string {
  const { root, names } = partsOf(file);
  return root + names.slice(0, -1).join('/');
}

export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** The full name of what `file` means in a folder; it may be a full name already. */
export function resolved(folder: string, file: string): string {
  const { root, names } = partsOf(partsOf(file).root === '' ? `${folder}/${file}` : file);
  return root + names.join('/');
}

/** How to get from a folder to a file, by `..` where needed. */
export function relative(folder: string, file: string): string {
  const [from, to] = [partsOf(folder), partsOf(file)];
  if (!isSameName(from.root, to.root)) return file;
  const fork = from.names.findIndex((name, index) => name !== to.names[index]);
  const shared = fork === -1 ? from.names.length : fork;
  return [...from.names.slice(shared).map(() => '..'), ...to.names.slice(shared)].join('/');
}

/** As people and other tools write it: from the folder at hand; what lies elsewhere in full. */
export function relativePath(cwd: string, file: string): string {
  const shown = relative(cwd, file);
  return shown.startsWith('..') ? slashed(file) : shown;
}

function partsOf(file: string): Parts {
  const [root = ''] = /^(?:[a-z]:)?\/|^/iu.exec(slashed(file)) ?? [];
  const names: string[] = [];
  for (const name of slashed(file).slice(root.length).split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '..' || root === '') names.push(name);
  }
  return { root, names };
}

/** Drives are called in small and in capital letters. */
function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
