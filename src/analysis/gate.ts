/** Which files are worth analysing: those in which a subject's mistakes can be made, and those that import them. */
import { type Subject, subjectNames } from '../domain/reasons.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import { type Imports, importsOf } from '../program/imports.ts';
import type { ModuleTarget, Program } from '../program/program.ts';

/** What the texts, and the names of files, tell of one library. */
interface Words {
  readonly scopes: RegExp;
  readonly opening: readonly string[];
  /** Those that open scopes, and those that train models. */
  readonly leading: readonly string[];
  readonly quoted: RegExp;
  readonly names: RegExp;
  readonly files: readonly RegExp[];
}

const wordsOf = new WeakMap<Library, Words>();

type Opener = 'scopes' | 'names';

/** The words without which nothing of a subject can be in a file: of gradients those that open scopes. */
const openers: Readonly<Record<Subject, Opener>> = { gradients: 'scopes', shapes: 'names', lifetimes: 'names', training: 'names' };

/** The files that each gate opens on, which several subjects may share. */
type Concerned = Map<Opener, ReadonlySet<string>>;

/** By the libraries that are known, which differ where files have different settings. */
const concerned = new WeakMap<Program, WeakMap<readonly Library[], Concerned>>();

/** Whether something of a subject may be found in a file. Asks no types, and of a program without tensors only its texts. */
export function concerns(program: Program, libraries: readonly Library[], file: string, subject: Subject): boolean {
  let known = concerned.get(program);
  if (known === undefined) concerned.set(program, (known = new WeakMap<readonly Library[], Concerned>()));
  let byOpener = known.get(libraries);
  if (byOpener === undefined) known.set(libraries, (byOpener = new Map<Opener, ReadonlySet<string>>()));
  const opener = openers[subject];
  let files = byOpener.get(opener);
  if (files === undefined) byOpener.set(opener, (files = concernedFiles(program, libraries.map(words), opener)));
  return files.has(file);
}

/** Whether there may be something in a file of any subject. */
export function concernsAny(program: Program, libraries: readonly Library[], file: string): boolean {
  return subjectNames.some((subject) => concerns(program, libraries, file, subject));
}

/** Whether some scope may be found in a file. */
export function opensScopes(program: Program, libraries: readonly Library[], file: string): boolean {
  return concerns(program, libraries, file, 'gradients');
}

/** Whether a file that concerns gradients says itself what opens a scope or trains a model. */
export function saysScope(program: Program, libraries: readonly Library[], file: string): boolean {
  const occurrences = opensScopes(program, libraries, file) ? program.module(file)?.occurrences : undefined;
  return occurrences !== undefined && libraries.some((library) => words(library).leading.some((word) => occurrences.has(word)));
}

/** Whether a file that imports another one, directly or not, may ask for the gradient of every variable there is. */
export function isTrainedElsewhere(program: Program, libraries: readonly Library[], file: string): boolean {
  const words = wholeWords(libraries.flatMap((library) => wordsFor(library, isForVariables).filter((word) => library.scopeWords.includes(word))));
  const importers = importsOf(program).importersOf([file]);
  return [...importers].some((importer) => importer !== file && program.mentions(importer, words)) || program.isMentionedUnseen(file, words);
}

/** The names of functions and methods with a meaning of some kind. */
function wordsFor({ members, classes }: Library, isOne: (meaning: Meaning) => boolean): readonly string[] {
  return [members, ...Object.values(classes).map((each) => each.members)].flatMap((table) => Object.entries(table).flatMap(([name, meaning]) => (isOne(meaning) ? [name] : [])));
}

function isForVariables(meaning: Meaning): boolean {
  return meaning.is === 'scope' && meaning.form.kind === 'variables';
}

function isTraining({ is }: Meaning): boolean {
  return is === 'train';
}

/** Whether a text can be of a subject, for one that is no file of a program yet. */
export function mayConcern(libraries: readonly Library[], text: string, subject: Subject): boolean {
  return libraries.some((library) => words(library)[openers[subject]].test(text));
}

function words(library: Library): Words {
  let known = wordsOf.get(library);
  if (known === undefined) wordsOf.set(library, (known = { scopes: wholeWords(library.scopeWords), opening: library.scopeWords, leading: [...library.scopeWords, ...wordsFor(library, isTraining)], quoted: new RegExp(`(['"\`])(?:${library.scopeWords.map(escaped).join('|')})\\1`), names: namesOf(library), files: library.described?.flatMap(({ files }) => files ?? []) ?? [] }));
  return known;
}

/** By which names a program gets at a library: its packages, and the globals of a page. */
function namesOf({ packages, part, described = [], globals = new Map<string, string>() }: Library): RegExp {
  const own = part === undefined ? [...packages] : [part.specifier];
  const quoted = [...own, ...described.flatMap((module) => [...module.packages])].map(escaped);
  return new RegExp([...quoted, ...[...globals.keys()].map((name) => wholeWords([name]).source)].join('|') || '^(?!)');
}

const patterns = new Map<string, RegExp>();

/** Any of some words, where it is no part of a longer one. Of the same words it is the same pattern, for what files match is remembered by it. */
export function wholeWords(list: readonly string[]): RegExp {
  const text = `(?<![\\w$])(?:${list.map(escaped).join('|')})(?![\\w$])`;
  let pattern = patterns.get(text);
  if (pattern === undefined) patterns.set(text, pattern = new RegExp(text));
  return pattern;
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

function concernedFiles(program: Program, known: readonly Words[], opener: Opener): ReadonlySet<string> {
  const files = program.files();
  const naming = new Map(known.map((words) => [words, files.filter((file) => isNamed(program, file, words))]));
  const present = known.filter((words) => naming.get(words)?.length !== 0);
  const opening = present.length === 0 ? [] : files.filter((file) => present.some((each) => program.mentions(file, each[opener]) && (opener === 'names' || inCode(program, file, each))));
  if (opening.length === 0) return new Set();
  const graph = importsOf(program);
  const reaching = reached(program, graph, files, present.flatMap((words) => naming.get(words) ?? []));
  return new Set([...graph.importersOf(opening)].filter((file) => reaching.has(file)));
}

/** Whether it says the library's name, is one of its files, or imports one. */
function isNamed(program: Program, file: string, { names, files: patterns }: Words): boolean {
  const isOf = (path: string | undefined): boolean => path !== undefined && patterns.some((pattern) => pattern.test(path));
  return program.mentions(file, names) || isOf(file) || (patterns.length > 0 && (program.module(file)?.imports ?? []).some(({ specifier }) => isOf(fileOf(program.resolve(specifier)))));
}

function fileOf(target: ModuleTarget): string | undefined {
  return target.kind === 'unknown' ? undefined : target.file;
}

/** A word in a comment or within a longer text opens nothing: it is a name, or all of a text. */
function inCode(program: Program, file: string, { opening, quoted }: Words): boolean {
  const occurrences = program.module(file)?.occurrences;
  return occurrences !== undefined && (opening.some((word) => occurrences.has(word)) || program.mentions(file, quoted));
}

/**
 * Files that can have to do with a library: those that name it, all that import them, and all that any of these import,
 * for they may be handed what is of the library. How scripts and modules that are loaded while the program runs come
 * together nothing in the program says.
 */
function reached(program: Program, graph: Imports, files: readonly string[], naming: readonly string[]): ReadonlySet<string> {
  const loose = files.filter((file) => program.module(file)?.script === true || program.mentions(file, loading));
  return graph.importedBy(graph.importersOf([...naming, ...loose]));
}

const loading = /\b(?:require|import)\s*\(/;
