import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll } from 'vitest';
import { createProgram, type ModuleCode, type Program } from '../../../src/program/index.ts';
import { lowerSourceFile } from '../../../src/program/lower/index.ts';

export function parse(text: string, file = 'test.ts'): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
}

export function lower(text: string, file = 'test.ts'): ModuleCode {
  return lowerSourceFile(parse(text, file));
}

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

export interface TestProgram {
  readonly program: Program;
  readonly typescript: ts.Program;
  /** The path of a file by its name. */
  readonly path: (name: string) => string;
  readonly module: (name: string) => ModuleCode;
}

/**
 * A program of files on disk that finds the node_modules of this repository. Unless the files bring a package.json,
 * they are a package called `app`. The options are written as in a tsconfig.json.
 */
export function programOf(files: Readonly<Record<string, string>>, options: Readonly<Record<string, unknown>> = {}): TestProgram {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'program-'));
  directories.push(directory);
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(directory, 'node_modules'));
  const all = { 'package.json': '{ "name": "app" }', ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const path = (name: string): string => join(directory, name);
  const roots = Object.keys(all).filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !name.includes('node_modules'));
  const config = ts.parseJsonConfigFileContent({ compilerOptions: { ...defaults, ...options }, files: roots }, ts.sys, directory);
  const typescript = ts.createProgram(config.fileNames, config.options);
  const program = createProgram(typescript);
  return { program, typescript, path, module: (name) => required(program.module(path(name)), name) };
}

const defaults = {
  target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2022'], types: [], strict: true, skipLibCheck: true, noEmit: true,
};

export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what}`);
  return value;
}
