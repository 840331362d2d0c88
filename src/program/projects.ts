/**
 * Which compiler projects a set of files belongs to, for a run that nobody configured: the nearest tsconfig.json
 * (or jsconfig.json) that includes a file, as in an editor; what no project includes makes one project of its own.
 */
import ts from 'typescript';

import { folderOf, slashed } from '../paths.ts';
import { compilerHost } from './host/declarations.ts';

/** For those outside this folder, who hand it on and look no further. */
export type CompiledProgram = ts.Program;

export interface Project {
  /** Its tsconfig.json; undefined for files that no project includes. */
  readonly config: string | undefined;
  /** Those of the files that belong to it. */
  readonly files: readonly string[];
  /** What is wrong with the tsconfig.json, in the compiler's words. */
  readonly problems: readonly string[];
  /** Reads everything from disk. */
  compile(): CompiledProgram;
}

interface Config {
  readonly file: string;
  readonly parsed: ts.ParsedCommandLine;
  readonly includes: ReadonlySet<string>;
}

/** What every run needs, whatever the project says. */
const always: ts.CompilerOptions = { noEmit: true, skipLibCheck: true };

const noInputs = 18003;

/** Texts by their files, in place of what is on disk. */
export type Texts = ReadonlyMap<string, string>;

const none: Texts = new Map<string, string>();

export function projectsOf(files: readonly string[], texts = none): readonly Project[] {
  const configs = new Configs();
  const byConfig = new Map<Config | undefined, string[]>();
  for (const file of files) {
    const config = configs.of(file);
    const group = byConfig.get(config);
    if (group === undefined) byConfig.set(config, [file]);
    else group.push(file);
  }
  return [...byConfig].map(([config, members]) => (config === undefined ? loose(members, texts) : configured(config, members, texts)));
}

function configured({ file, parsed }: Config, files: readonly string[], texts: Texts): Project {
  return {
    config: file,
    files,
    problems: parsed.errors.filter(({ code }) => code !== noInputs).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    // Without its references, for what they name is read as sources, not as declarations that may not be built yet.
    compile: () => compile(parsed.fileNames, { ...parsed.options, ...always }, texts),
  };
}

/** One program for all, however many: they may import each other. */
function loose(files: readonly string[], texts: Texts): Project {
  const options = looseOptions();
  return { config: undefined, files, problems: [], compile: () => compile(files, options, texts) };
}

function compile(files: readonly string[], options: ts.CompilerOptions, texts: Texts): CompiledProgram {
  const host = compilerHost(options);
  const handed = new Map([...texts].map(([file, text]) => [slashed(file), text]));
  return ts.createProgram({
    rootNames: [...files],
    options,
    host: handed.size === 0 ? host : { ...host, fileExists: (name) => handed.has(name) || host.fileExists(name), readFile: (name) => handed.get(name) ?? host.readFile(name), getSourceFile: (name, ...how) => (handed.has(name) ? ts.createSourceFile(name, handed.get(name) ?? '', how[0]) : host.getSourceFile(name, ...how)) },
  });
}

/** Whether the compiler has read a file, and found code in it that can be parsed. */
export function isSound(program: CompiledProgram, file: string): boolean {
  const source = program.getSourceFile(slashed(file));
  return source !== undefined && program.getSyntacticDiagnostics(source).length === 0;
}

/** The text of a file as the compiler has read it, in whatever encoding it is. */
export function textIn(program: CompiledProgram, file: string): string | undefined {
  return program.getSourceFile(slashed(file))?.text;
}

/** For files that no project includes. */
export function looseOptions(): ts.CompilerOptions {
  return ts.convertCompilerOptionsFromJson({
    ...always,
    allowJs: true,
    target: 'esnext',
    module: 'esnext',
    // As lenient as there is: what is run by Node, what a bundler sees, and what a page loads.
    moduleResolution: Number.parseInt(ts.version, 10) < 5 ? 'node' : 'bundler',
    jsx: 'preserve',
    experimentalDecorators: true,
    resolveJsonModule: true,
    types: [],
  }, '.').options;
}

class Configs {
  readonly #read = new Map<string, Config | undefined>();
  readonly #inFolder = new Map<string, string | undefined>();

  /** The nearest configuration that includes the file, itself or by a reference. */
  of(file: string): Config | undefined {
    const name = nameOf(file);
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      const found = this.#configIn(folder);
      const owner = found === undefined ? undefined : this.#owner(found, name, new Set());
      if (owner !== undefined) return owner;
      if (folder === folderOf(folder)) return undefined;
    }
  }

  #configIn(folder: string): string | undefined {
    if (!this.#inFolder.has(folder)) {
      const candidates = ['tsconfig.json', 'jsconfig.json'].map((name) => `${folder.replace(/\/$/u, '')}/${name}`);
      this.#inFolder.set(folder, candidates.find((candidate) => ts.sys.fileExists(candidate)));
    }
    return this.#inFolder.get(folder);
  }

  #owner(config: string, name: string, seen: Set<string>): Config | undefined {
    if (seen.has(config)) return undefined;
    seen.add(config);
    const read = this.#configAt(config);
    if (read === undefined || read.includes.has(name)) return read;
    for (const reference of read.parsed.projectReferences ?? []) {
      const owner = this.#owner(ts.resolveProjectReferencePath(reference), name, seen);
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  #configAt(file: string): Config | undefined {
    if (!this.#read.has(file)) this.#read.set(file, readConfig(file));
    return this.#read.get(file);
  }
}

function readConfig(file: string): Config | undefined {
  const parsed = ts.getParsedCommandLineOfConfigFile(file, undefined, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
  return parsed && { file, parsed, includes: new Set(parsed.fileNames.map(nameOf)) };
}

/** As the compiler compares names. */
function nameOf(file: string): string {
  const name = slashed(file);
  return ts.sys.useCaseSensitiveFileNames ? name : name.toLowerCase();
}
