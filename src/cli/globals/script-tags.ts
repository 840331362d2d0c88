/** Libraries that a page, or a worker, loads with a script: the command line finds them where they are loaded. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Library } from '../../libraries/library.ts';
import type { Program } from '../../program/index.ts';
import type { Project } from '../../program/projects.ts';

/** Where bundlers keep the page of a project. */
const pageFolders = ['', 'public', 'static', 'src', 'www'];

/** The global names that stand for libraries in a project, each with its package: what `settings.tensor.globals` says. */
export type GlobalNames = Readonly<Record<string, string>>;

export function globalNames(program: Program, project: Project, libraries: readonly Library[]): GlobalNames {
  const pages = new Pages(project);
  const found = libraries.flatMap(({ scriptTag, packages: [name] }) => {
    const isLoaded = scriptTag !== undefined && (loadsItself(program, scriptTag.source) || pages.load(scriptTag.source));
    return isLoaded && name !== undefined ? [[scriptTag.global, name] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The scripts that open scopes by a global name of a library, of which nothing in the project says where it comes from. */
export function withUnknownGlobal(program: Program, files: readonly string[], { scriptTag, scopeWords, packages }: Library): readonly string[] {
  if (scriptTag === undefined) return [];
  const { global } = scriptTag;
  const use = new RegExp(`(?<![\\w$.])${global}\\.(?:train|${scopeWords.join('|')})\\b`, 'u');
  const declaration = new RegExp(`\\b(?:const|let|var|import|as)\\s+${global}\\b`, 'u');
  const name = new RegExp([...packages].join('|'), 'u');
  const all = program.files();
  if (all.some((file) => program.mentions(file, declaration) || program.mentions(file, name))) return [];
  return files.filter((file) => program.mentions(file.replaceAll(path.sep, '/'), use));
}

/** A worker loads scripts by a call, `importScripts('https://…')`, and a page may make its tags by code: by an address in a text. What a module imports from an address is none of that. */
const address = /(?<!\bfrom\s*)(?<!\bimport\s*\(?\s*)(['"`])(?<address>https?:\/\/[^'"`\s]+)\1/gu;

const anyAddress = /https?:\/\//u;

function loadsItself(program: Program, source: RegExp): boolean {
  return program.files().some((file) => {
    // Most files name no address, and need not be lowered.
    if (!program.mentions(file, anyAddress)) return false;
    const module = program.module(file);
    const text = module === undefined ? '' : program.text(module.site);
    return [...text.matchAll(address)].some((match) => source.test(match.groups?.address ?? ''));
  });
}

/** The pages that stand beside the files of a project, or above them. */
class Pages {
  readonly #sources = new Map<string, readonly string[]>();

  constructor(readonly project: Project) {}

  load(source: RegExp): boolean {
    return this.#folders().some((folder) => this.#scriptsIn(folder).some((script) => source.test(script)));
  }

  /** Up to the configuration of the project, or to the package; of files that no project includes, their own folders and those above in the package. */
  #folders(): readonly string[] {
    const { config, files } = this.project;
    const folders = new Set<string>();
    for (const file of files) {
      for (let folder = path.dirname(file); !folders.has(folder); folder = path.dirname(folder)) {
        folders.add(folder);
        if (folder === path.dirname(config ?? '') || isRoot(folder)) break;
      }
    }
    return [...folders].flatMap((folder) => pageFolders.map((name) => path.join(folder, name)));
  }

  #scriptsIn(folder: string): readonly string[] {
    let known = this.#sources.get(folder);
    if (known === undefined) this.#sources.set(folder, (known = pagesIn(folder).flatMap(scriptsOf)));
    return known;
  }
}

/** A package, a repository or the whole disk ends here: what is above belongs to others. */
function isRoot(folder: string): boolean {
  return folder === path.dirname(folder) || entriesOf(folder).some((name) => name === 'package.json' || name === '.git');
}

function pagesIn(folder: string): readonly string[] {
  return entriesOf(folder).filter((name) => /\.x?html?$/u.test(name)).map((name) => path.join(folder, name));
}

/** What cannot be read has no pages. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The addresses after `src` in the script tags of a page; what is commented out loads nothing. */
function scriptsOf(page: string): readonly string[] {
  const text = textOf(page).replace(/<!--[\s\S]*?-->/gu, '');
  return [...text.matchAll(/<script\b[^>]*?\bsrc\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s>]+))/giu)].map(({ groups = {} }) => groups.double ?? groups.single ?? groups.bare ?? '');
}

function textOf(page: string): string {
  try {
    return readFileSync(page, 'utf8');
  } catch {
    return '';
  }
}
