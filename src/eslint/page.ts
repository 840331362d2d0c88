/** The page around a script, where ESLint was handed that script alone, as by eslint-plugin-html. */
import type { Elsewhere } from '../program/scripts.ts';
import { disk } from '../program/disk.ts';
import type { Site } from '../program/ir.ts';
import type { Context } from './rule.ts';

/** The line that the user sees; undefined where it cannot be told. */
export type LineOf = (site: Site) => number | undefined;

export interface Page {
  readonly lineOf: LineOf;
  /** Whether another script of the page may use a name. */
  readonly uses: Elsewhere;
}

export const asWritten: LineOf = (site) => site.line;

/** The compiler takes it for code. */
export function isCode(file: string): boolean {
  return /\.[cm]?[jt]sx?$/u.test(file);
}

export function isJavaScript(file: string): boolean {
  return /\.[cm]?jsx?$/u.test(file);
}

/** Undefined where the linted text is all of its file. */
export function pageAround({ physicalFilename, sourceCode }: Context): Page | undefined {
  if (isCode(physicalFilename) || isNoFile(physicalFilename) || isWholePage(sourceCode.text)) return undefined;
  return pageOf(sourceCode.text, disk().readFile(physicalFilename) ?? '');
}

/** `<input>`, `<text>`: what ESLint calls a text that has no file. */
function isNoFile(file: string): boolean {
  return file.startsWith('<');
}

/** No script can contain this, but the file of a component does. */
export function isWholePage(text: string): boolean {
  return /<script\b/iu.test(text);
}

/** The page as it was saved. Where the script is not in it, or more than once, nothing is known. */
export function pageOf(script: string, page: string): Page {
  const rest = around(script, page);
  if (rest === undefined) return { lineOf: () => undefined, uses: () => true };
  const loadsOwnScripts = /<script\b[^>]*\bsrc\s*=\s*(?!["']?(?:https?:|\/\/))/iu.test(page);
  const words = wordsIn(rest.text);
  return { lineOf: ({ line }) => line + rest.before, uses: (name) => loadsOwnScripts || words.has(name) };
}

export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
}

interface Rest {
  /** The number of lines before the one on which the script begins. */
  readonly before: number;
  /** The page without the script. */
  readonly text: string;
}

/** The script may be indented otherwise, and begin or end in the middle of a line. */
function around(script: string, page: string): Rest | undefined {
  const lines = linesIn(script.trim());
  // The script has lost a first line that is empty, but no others.
  const skipped = linesIn(/^\s*/u.exec(script)?.[0] ?? '').length - 1;
  const all = linesIn(page);
  const places = all.flatMap((_, start) => restAt(lines, all, start) ?? []);
  const [only, ...others] = places;
  return only === undefined || others.length > 0 ? undefined : { before: only.before - skipped, text: only.text };
}

function restAt(lines: readonly string[], all: readonly string[], start: number): Rest | undefined {
  const [first = '', ...following] = lines;
  const [opening = '', ...below] = all.slice(start);
  const isThere = following.every((line, index) => (index === following.length - 1 ? below[index]?.startsWith(line) : below[index] === line));
  if (!isThere) return undefined;
  const at = following.length === 0 ? opening.indexOf(first) : opening.endsWith(first) ? opening.length - first.length : -1;
  if (at === -1) return undefined;
  const last = following.at(-1);
  const after = last === undefined ? opening.slice(at + first.length) : (below[following.length - 1] ?? '').slice(last.length);
  return { before: start, text: [...all.slice(0, start), opening.slice(0, at), after, ...all.slice(start + lines.length)].join('\n') };
}

function linesIn(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/u).map((line) => line.trim());
}
