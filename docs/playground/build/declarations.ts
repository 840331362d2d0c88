/** The types that the editor knows: those of the language, of browsers and of TF.js, as they are installed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';
import type { Plugin } from 'vite';

import { compilerOptions } from '../worker/options.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const id = 'virtual:declarations';

/** The module `virtual:declarations`: texts by the names under which the compiler of the page finds them. */
export function declarations(): Plugin {
  return {
    name: 'declarations',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(allDeclarations()))});` : undefined),
  };
}

const packages = ['tfjs', 'tfjs-core', 'tfjs-layers', 'tfjs-data', 'tfjs-converter', 'tfjs-backend-cpu', 'tfjs-backend-webgl'].map((name) => `@tensorflow/${name}`);

/** What a program that imports all of TF.js is made of: texts by name. */
export function allDeclarations(): Readonly<Record<string, string>> {
  const entry = path.join(root, 'entry.ts');
  const text = packages.map((name) => `import '${name}';`).join('\n');
  const host = ts.createCompilerHost(compilerOptions);
  const program = ts.createProgram({
    rootNames: [entry],
    options: compilerOptions,
    host: { ...host, getSourceFile: (name, language) => (name === entry ? ts.createSourceFile(name, text, language) : host.getSourceFile(name, language)) },
  });
  const found = new Map<string, string>();
  for (const source of program.getSourceFiles()) {
    if (program.isSourceFileDefaultLibrary(source)) found.set(`/${path.basename(source.fileName)}`, source.text);
    else if (source.fileName !== entry) found.set(installed(source.fileName), source.text);
  }
  for (const name of packages) found.set(`/node_modules/${name}/package.json`, manifestOf(name));
  return Object.fromEntries(found);
}

function installed(file: string): string {
  return file.slice(file.indexOf('/node_modules/'));
}

/** Only what the resolution of imports asks for. */
function manifestOf(name: string): string {
  const { version, main, types } = JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')) as Readonly<Record<string, string>>;
  return JSON.stringify({ name, version, main, types });
}
