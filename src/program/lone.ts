/** A program of one text, where nobody has made one: JavaScript without a project, a script that a page loads, the scripts in the page. */
import ts from 'typescript';
import { type CompiledProgram, looseOptions } from './projects.ts';

export interface LoneProgram {
  readonly program: CompiledProgram;
  /** Under which name the program knows the text. */
  readonly file: string;
}

/** Declarations of the language, of browsers and of packages, which all programs share for as long as the files stay as they are. */
const declarations = new Map<string, { readonly written: number | undefined; readonly source: ts.SourceFile | undefined }>();

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
  return name.startsWith(host.getDefaultLibLocation?.() ?? '/nowhere') || /\/node_modules\/.*\.d\.[cm]?ts$/u.test(name);
}

function remembered(name: string, read: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  const written = ts.sys.getModifiedTime?.(name)?.getTime();
  let known = declarations.get(name);
  if (known?.written !== written || known === undefined) declarations.set(name, (known = { written, source: read() }));
  return known.source;
}
