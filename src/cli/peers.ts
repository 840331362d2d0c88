/** The packages that the user brings: ESLint, its TypeScript parser, and the compiler. */
import { createRequire } from 'node:module';
import path from 'node:path';

import type { ESLint } from 'eslint';

import { CannotRun } from './cannot-run.ts';

/** The first and the last major version of each that will do. */
const peers: Readonly<Record<string, readonly [first: number, last: number]>> = {
  'eslint': [9, 10],
  '@typescript-eslint/parser': [8, 8],
  'typescript': [4, 6],
};

type Require = ReturnType<typeof createRequire>;

/**
 * ESLint as the project at hand has it. The parser and the compiler come from beside this package, for the analysis
 * has to see the very compiler that the parser uses; in a project that has installed the package they are its own.
 */
export function loadESLint(cwd: string): typeof ESLint {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(path.join(cwd, 'package.json'));
  for (const name of Object.keys(peers)) if (name !== 'eslint') check(name, versionOf(ours, name));
  const own = versionOf(theirs, 'eslint');
  // A project may still be on an ESLint that is too old for the package, which then has brought its own.
  const from = own !== undefined && fits('eslint', own) ? theirs : ours;
  check('eslint', from === theirs ? own : versionOf(ours, 'eslint') ?? own);
  return (from('eslint') as { ESLint: typeof ESLint }).ESLint;
}

function check(name: string, version: string | undefined): void {
  if (version === undefined) {
    throw new CannotRun(`eslint-plugin-tensor needs ${name}, which is not installed here. Install what it needs with: npm install --save-dev ${Object.keys(peers).join(' ')}`);
  }
  if (fits(name, version)) return;
  const [first, last] = peers[name] ?? [0, 0];
  // TypeScript 7 has no compiler for other programs; under another name its `tsc` stays.
  const both = name === 'typescript' && Number.parseInt(version, 10) > last ? ' Both can be installed: npm install --save-dev typescript@6 @typescript/native@npm:typescript@7 (`npx tsc` stays the new one).' : '';
  throw new CannotRun(`eslint-plugin-tensor needs ${name} ${first === last ? String(first) : `${first} to ${last}`}, and ${version} is installed here.${both}`);
}

function fits(name: string, version: string): boolean {
  const [first, last] = peers[name] ?? [0, 0];
  const major = Number.parseInt(version, 10);
  return first <= major && major <= last;
}

function versionOf(require: Require, name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}
