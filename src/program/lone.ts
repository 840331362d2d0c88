/** A program of one text, where nobody has made one: JavaScript without a project, a script that a page loads, the scripts in the page. */
import ts from 'typescript';
import { compilerHost } from './host/declarations.ts';
import { type CompiledProgram, looseOptions } from './projects.ts';
import { setAlone } from './host/unseen.ts';

export interface LoneProgram {
  readonly program: CompiledProgram;
  /** Under which name the program knows the text. */
  readonly file: string;
}

/** What the text imports is read from disk. */
export function loneProgram(filename: string, text: string): LoneProgram {
  const slashed = filename.replaceAll('\\', '/');
  // A page is no code to the compiler.
  const file = /\.[cm]?[jt]sx?$/u.test(slashed) ? slashed : `${slashed}.js`;
  const options = looseOptions();
  const host = compilerHost(options);
  const program = ts.createProgram({
    rootNames: [file],
    options,
    host: {
      ...host,
      fileExists: (name) => name === file || host.fileExists(name),
      readFile: (name) => (name === file ? text : host.readFile(name)),
      getSourceFile(name, language, ...rest) {
        return name === file ? ts.createSourceFile(name, text, language) : host.getSourceFile(name, language, ...rest);
      },
    },
  });
  setAlone(program);
  return { program, file };
}
