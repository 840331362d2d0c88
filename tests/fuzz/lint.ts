/** Lints programs that are nowhere on disk, many in one TypeScript program. */
import path from 'node:path';

import ts from 'typescript';

import { inspect } from '../../src/analysis/analysis.ts';
import type { Inspection } from '../../src/judgements/gradients/inspection.ts';
import { libraries as known } from '../../src/libraries/index.ts';
import type { Library } from '../../src/libraries/library.ts';
import { createProgram } from '../../src/program/index.ts';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force, types: [], allowJs: true, strict: true, skipLibCheck: true, noEmit: true,
};

/** Where the programs pretend to be. */
export const folder = path.join(import.meta.dirname, 'generated');

/** Declarations of the language and of TF.js, which all programs share. */
const shared = new Map<string, ts.SourceFile | undefined>();

export class Linter {
  readonly #host: ts.CompilerHost;
  #sources = new Map<string, string>();
  #previous: ts.Program | undefined;

  constructor() {
    const host = ts.createCompilerHost(options, true);
    this.#host = {
      ...host,
      fileExists: (file) => this.#sources.has(file) || host.fileExists(file),
      directoryExists: (directory) => directory.startsWith(folder) || (host.directoryExists?.(directory) ?? true),
      readFile: (file) => this.#sources.get(file) ?? host.readFile(file),
      getSourceFile: (file, language) => {
        const text = this.#sources.get(file);
        if (text !== undefined) return ts.createSourceFile(file, text, language, true);
        if (!shared.has(file)) shared.set(file, host.getSourceFile(file, language));
        return shared.get(file);
      },
    };
  }

  program(sources: ReadonlyMap<string, string>): ts.Program {
    this.#sources = new Map(sources);
    this.#previous = ts.createProgram([...sources.keys()], options, this.#host, this.#previous);
    return this.#previous;
  }

  lint(sources: ReadonlyMap<string, string>, libraries: readonly Library[] = known, files: readonly string[] = [...sources.keys()]): ReadonlyMap<string, Inspection> {
    const program = createProgram(this.program(sources));
    return new Map(files.map((file) => [file, inspect(program, libraries, file)]));
  }
}
