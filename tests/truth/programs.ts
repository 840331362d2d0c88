/** The programs that claims are tried on: fixtures, the scripts of docs/examples, and the examples in the docs pages. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { parseMarkers } from '../harness/markers.ts';
import type { LibraryName } from './observation.ts';

export type Collection = 'fixtures' | 'examples' | 'pages';

export interface Program {
  /** Unique, for people. */
  readonly name: string;
  readonly collection: Collection;
  /** The file to run. */
  readonly main: string;
  /** All its files, `main` first. */
  readonly files: readonly string[];
  /** The rules that report something in it, as it says itself. */
  readonly rules: readonly string[];
  /** Why it cannot be run: the program's own words. */
  readonly notExecuted: string | undefined;
  /** Rows of the table of departures by which the core is said to answer otherwise than TF.js. */
  readonly departures: readonly string[];
}

const root = path.resolve(import.meta.dirname, '..', '..');

export function fixturePrograms(): readonly Program[] {
  return programsBelow(path.join(root, 'tests', 'fixtures'), 'fixtures').filter(({ name }) => /^fixtures\/(?:in)?valid\//u.test(name));
}

export function examplePrograms(): readonly Program[] {
  const directory = path.join(root, 'docs', 'examples');
  const index = JSON.parse(readFileSync(path.join(directory, 'index.json'), 'utf8')) as readonly Example[];
  const programs = programsBelow(directory, 'examples');
  return index.flatMap(({ folder, correct, mistake }) => [
    ...programs.filter(({ main }) => main === path.join(directory, folder, correct.main)),
    ...programs.filter(({ main }) => main === path.join(directory, folder, mistake.main)).map((program) => ({ ...program, rules: [mistake.rule] })),
  ]);
}

interface Example {
  readonly folder: string;
  readonly correct: { readonly main: string };
  readonly mistake: { readonly main: string; readonly rule: string };
}

/** Code blocks of docs/rules that are marked as programs: ```` ```ts executed ````. Each becomes a file with the page's lines. */
export function pagePrograms(): readonly Program[] {
  const pages = path.join(root, 'docs', 'rules');
  const directory = mkdtempSync(path.join(tmpdir(), 'docs-pages-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const page of readdirSync(pages)) {
    const text = readFileSync(path.join(pages, page), 'utf8');
    for (const [at, language = '', code = ''] of executedBlocks(text)) {
      const line = text.slice(0, at).split('\n').length;
      mkdirSync(path.join(directory, path.basename(page, '.md')), { recursive: true });
      writeFileSync(path.join(directory, path.basename(page, '.md'), `line-${line}.${language}`), '\n'.repeat(line) + code);
    }
  }
  return programsBelow(directory, 'pages').map((program) => ({ ...program, rules: [path.basename(path.dirname(program.main))] }));
}

function executedBlocks(text: string): [number, string | undefined, string | undefined][] {
  return [...text.matchAll(/^```(?<language>[cm]?[jt]sx?) executed[^\n]*\n(?<code>.*?)^```$/gmsu)].map((match) => [match.index, match[1], match[2]]);
}

function programsBelow(directory: string, collection: Collection): readonly Program[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/u.test(name) && !/\.d\.[cm]?ts$/u.test(name) && !/^(?:node_modules|packages)\b/u.test(name))
    .map((name) => path.join(directory, name))
    .sort();
  const imports = new Map(files.map((file) => [file, importedFiles(file, new Set(files))]));
  const imported = new Set([...imports.values()].flat());
  return files.filter((file) => !imported.has(file)).map((main) => {
    const text = readFileSync(main, 'utf8');
    const files = closure(main, imports);
    return {
      name: `${collection}/${path.relative(directory, main)}`,
      collection,
      main,
      files,
      rules: rulesIn(files),
      notExecuted: /^(?:\s*\/\/.*\n)*?\s*\/\/ not executed: (.+)/u.exec(text)?.[1],
      departures: [...text.matchAll(/^\s*\/\/ core departs: (.+)$/gmu)].flatMap(([, ids = '']) => ids.split(/[,\s]+/u)).filter((id) => id !== ''),
    };
  });
}

/** A program that imports the core itself runs on nothing else. */
export function runsOn(library: LibraryName, { files, notExecuted }: Program): boolean {
  if (notExecuted !== undefined) return false;
  return library === 'core' || !files.some((file) => /['"]eslint-plugin-tensor\/autodiff['"]/u.test(readFileSync(file, 'utf8')));
}

/** By their markers, which tests/fixtures.test.ts holds to the reports. */
function rulesIn(files: readonly string[]): readonly string[] {
  return [...new Set(files.flatMap((file) => parseMarkers(readFileSync(file, 'utf8')).map(({ rule }) => rule)))];
}

/** The files of a set that a file imports, by whatever means: those that it names. */
function importedFiles(file: string, among: ReadonlySet<string>): readonly string[] {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/(?<quote>['"])(?<specifier>\.\.?\/[^'"\n]*)\k<quote>/gu)].flatMap(({ groups }) => groups?.specifier ?? []);
  return specifiers.flatMap((specifier) => {
    const base = path.resolve(path.dirname(file), specifier);
    const stem = base.replace(/\.([cm]?)js(x?)$/u, '.$1ts$2');
    return [base, stem, `${base}.ts`, `${base}.tsx`, `${base}.js`, path.join(base, 'index.ts')].find((candidate) => among.has(candidate)) ?? [];
  });
}

function closure(main: string, imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set([main]);
  for (const file of found) for (const next of imports.get(file) ?? []) found.add(next);
  return [...found];
}
