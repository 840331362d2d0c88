/** The conformance suite as it lies on disk: an ordinary checkout, or a git directory that has none. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface Suite {
  /** The paths of all tests below `test`, in order, without the files that tests import. */
  readonly tests: readonly string[];
  /** The texts of files; one that is not there is left out. */
  read(paths: readonly string[]): ReadonlyMap<string, string>;
}

export function openSuite(folder: string): Suite {
  if (existsSync(path.join(folder, 'test'))) return checkout(folder);
  if (existsSync(path.join(folder, 'HEAD'))) return gitDirectory(folder);
  throw new Error(`${folder} is neither a checkout of test262 nor a git directory.`);
}

const isTest = (file: string): boolean => file.endsWith('.js') && !file.includes('_FIXTURE');

function checkout(folder: string): Suite {
  const names = readdirSync(path.join(folder, 'test'), { recursive: true, encoding: 'utf8' });
  return {
    tests: names.map((name) => `test/${name.replaceAll('\\', '/')}`).filter(isTest).sort(),
    read: (paths) => new Map(paths.filter((file) => existsSync(path.join(folder, file))).map((file) => [file, readFileSync(path.join(folder, file), 'utf8')])),
  };
}

function gitDirectory(folder: string): Suite {
  const git = (args: readonly string[], input = ''): Buffer => execFileSync('git', ['--git-dir', folder, ...args], { input, maxBuffer: 2 ** 30 });
  return {
    tests: git(['ls-tree', '-r', '--name-only', 'HEAD', 'test/']).toString().split('\n').filter(isTest).sort(),
    // One process for many files: one for each takes longer than all the rest.
    read: (paths) => unpack(paths, git(['cat-file', '--batch'], paths.map((file) => `HEAD:${file}\n`).join(''))),
  };
}

/** `git cat-file --batch` answers in order: a line that ends in the size, the text, a line break. */
function unpack(paths: readonly string[], answer: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let at = 0;
  for (const file of paths) {
    const end = answer.indexOf('\n', at);
    const head = answer.subarray(at, end).toString();
    at = end + 1;
    if (head.endsWith(' missing')) continue;
    const size = Number(head.split(' ').at(-1));
    texts.set(file, answer.subarray(at, at + size).toString());
    at += size + 1;
  }
  return texts;
}
