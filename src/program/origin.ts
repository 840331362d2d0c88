import ts from 'typescript';

import { disk } from './disk.ts';
import type { Origin, PackagePath } from './program.ts';

interface Package {
  readonly name: string;
  readonly directory: string;
}

/** Packages by the directories in them. Packages do not change their names while a process lints. */
const packages = new Map<string, Package | undefined>();

/** The name in the package.json nearest to a file, and the file's path from there. */
export function ownerOfFile(file: string): Required<PackagePath> {
  const full = disk().resolvePath(file);
  const owner = packageOfDirectory(parentDirectory(full));
  return owner === undefined ? { package: '', path: full, file: full } : { package: owner.name, path: full.slice(owner.directory.length + 1), file: full };
}

function packageOfDirectory(directory: string): Package | undefined {
  if (packages.has(directory)) return packages.get(directory);
  const parent = parentDirectory(directory);
  const name = nameIn(`${directory}/package.json`);
  const found = name === undefined ? (parent === directory ? undefined : packageOfDirectory(parent)) : { name, directory };
  packages.set(directory, found);
  return found;
}

/** Packages hold nameless ones that only say which module system a folder uses; those are skipped. */
function nameIn(file: string): string | undefined {
  const text = disk().readFile(file);
  if (text === undefined) return undefined;
  const { config } = ts.parseConfigFileTextToJson(file, text) as { readonly config?: unknown };
  if (typeof config !== 'object' || config === null || !('name' in config)) return undefined;
  return typeof config.name === 'string' && config.name !== '' ? config.name : undefined;
}

function parentDirectory(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** `@scope/name` or `name` of a specifier such as `@scope/name/dist/x`, and the rest; undefined for paths, addresses and aliases. */
export function ownerOfSpecifier(specifier: string): PackagePath | undefined {
  const name = /^(?:@[^/]+\/)?[\w-][\w.-]*(?=\/|$)/.exec(specifier)?.[0];
  return name === undefined ? undefined : { package: name, path: specifier.slice(name.length + 1) };
}

export function originOfSymbol(symbol: ts.Symbol, program: ts.Program): Origin | undefined {
  const declaration = mainDeclaration(symbol);
  if (declaration === undefined) return undefined;
  const owner = ownerOfDeclaration(declaration, program);
  if (owner === undefined) return undefined;
  return { ...owner, container: containerOf(declaration), name: symbol.name };
}

/**
 * The declaration that says whose a symbol is. Others may add to it from anywhere: TF.js's own `Tensor` is one class
 * and dozens of interfaces.
 */
export function mainDeclaration(symbol: ts.Symbol): ts.Declaration | undefined {
  return symbol.declarations?.find(ts.isClassLike) ?? symbol.valueDeclaration ?? symbol.declarations?.[0];
}

export function ownerOfDeclaration(declaration: ts.Node, program: ts.Program): PackagePath | undefined {
  const source = declaration.getSourceFile();
  // Editors and playgrounds keep the standard library outside any package.
  if (program.isSourceFileDefaultLibrary(source)) return { package: 'typescript', path: '' };
  return ambientModuleOf(declaration) ?? ownerOfFile(source.fileName);
}

/** Whether the standard library declares the symbol, if only among others. */
export function isLibrary(symbol: ts.Symbol, program: ts.Program): boolean {
  return symbol.declarations?.some((declaration) => program.isSourceFileDefaultLibrary(declaration.getSourceFile())) === true;
}

/** `declare module 'x'` around a declaration: the package `x`, whoever writes it. */
function ambientModuleOf(declaration: ts.Node): PackagePath | undefined {
  for (let node = declaration; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) return ownerOfSpecifier(node.name.text);
  }
  return undefined;
}

/** The class, interface or namespace around a declaration. */
function containerOf(declaration: ts.Node): string | undefined {
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent)) return parent.name?.text;
    if (ts.isModuleDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  }
  return undefined;
}
