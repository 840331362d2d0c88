/** A program of one text, where nobody has made one: a script that a page loads, or the scripts in the page. */
import ts from 'typescript';
import { type CompiledProgram, looseOptions } from './projects.ts';

export interface LoneProgram {
  readonly program: CompiledProgram;
  /** Under which name the program knows the text. */
  readonly file: string;
}

/** Declarations of the language and of browsers, which all programs share. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/** What the text imports is read from disk. */
export function loneProgram(filename: string, text: string): LoneProgram {
  const slashed = filename.replaceAll('\\', '/');
  // A page is no code to the compiler.
  const file = /\.[cm]?[jt]sx?$/u.test(slashed) ? slashed : `${slashed}.js`;
  const options = looseOptions();
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram({
    rootNames: [file],
    options,
    host: {
      ...host,
      fileExists: (name) => name === file || host.fileExists(name),
      readFile: (name) => (name === file ? text : host.readFile(name)),
      getSourceFile(name, language, ...rest) {
        if (name === file) return ts.createSourceFile(name, text, language);
        const read = (): ts.SourceFile | undefined => host.getSourceFile(name, language, ...rest);
        return isDeclaration(name, host) ? remembered(name, read) : read();
      },
    },
  });
  return { program, file };
}

function isDeclaration(name: string, host: ts.CompilerHost): boolean {
  return name.startsWith(host.getDefaultLibLocation?.() ?? '/nowhere');
}

function remembered(name: string, read: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  if (!declarations.has(name)) declarations.set(name, read());
  return declarations.get(name);
}
