/**
 * Declarations of the language, of browsers and of packages: read once by a process, for programs with the same options
 * share them, as in an editor. Reading those of a large package takes longer than the analysis of most programs.
 */
import ts from 'typescript';

interface Known {
  readonly written: number | undefined;
  readonly source: ts.SourceFile | undefined;
}

/** Those of the programs with the last options: with others the compiler takes the same text for something else. */
let shared: { readonly options: string; readonly files: Map<string, Known> } = { options: '', files: new Map() };

/** A host that keeps declarations, for as long as the files stay as they are. */
export function compilerHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const files = filesFor(options);
  return {
    ...host,
    getSourceFile(name, language, ...rest) {
      const read = (): ts.SourceFile | undefined => host.getSourceFile(name, language, ...rest);
      return isDeclaration(name, host) ? remembered(files, name, read) : read();
    },
  };
}

function filesFor({ configFile: _file, configFilePath: _path, ...options }: ts.CompilerOptions): Map<string, Known> {
  const key = JSON.stringify(options);
  if (shared.options !== key) shared = { options: key, files: new Map() };
  return shared.files;
}

function isDeclaration(name: string, host: ts.CompilerHost): boolean {
  return name.startsWith(host.getDefaultLibLocation?.() ?? '/nowhere') || /\/node_modules\/.*\.d\.[cm]?ts$/u.test(name);
}

function remembered(files: Map<string, Known>, name: string, read: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  const written = ts.sys.getModifiedTime?.(name)?.getTime();
  let known = files.get(name);
  if (known?.written !== written || known === undefined) files.set(name, (known = { written, source: read() }));
  return known.source;
}
