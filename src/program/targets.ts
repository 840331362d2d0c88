import ts from 'typescript';
import { disk } from './disk.ts';
import { ownerOfDeclaration, ownerOfFile, ownerOfSpecifier } from './origin.ts';
import type { ModuleTarget, PackagePath } from './program.ts';

const unknown: ModuleTarget = { kind: 'unknown' };

/** Whether the file has code that can be lowered. */
export function isCode(source: ts.SourceFile): boolean {
  return !source.isDeclarationFile && !isData(source);
}

function isData(source: ts.SourceFile): boolean {
  return source.fileName.endsWith('.json');
}

function isScript(source: ts.SourceFile): boolean {
  return /\.[cm]?[jt]sx?$/u.test(source.fileName);
}

/** What the symbol of a module stands for; undefined where the symbol is none of a module. */
export function targetOfSymbol(symbol: ts.Symbol, program: ts.Program): ModuleTarget | undefined {
  const declaration = symbol.declarations?.find((candidate) => ts.isSourceFile(candidate) || isAmbientModule(candidate));
  if (declaration === undefined) return undefined;
  return ts.isSourceFile(declaration) ? targetOfFile(declaration) : targetOfPackage(ownerOfDeclaration(declaration, program));
}

function isAmbientModule(node: ts.Node): boolean {
  return ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name);
}

function targetOfFile(source: ts.SourceFile): ModuleTarget {
  // The file of a component is known as its parser has left it, or not at all: that depends on which file is linted first.
  if (isData(source) || !isScript(source)) return unknown;
  const owner = ownerOfFile(source.fileName);
  return isCode(source) ? { kind: 'source', ...owner, file: source.fileName } : targetOfPackage(owner);
}

function targetOfPackage(owner: PackagePath | undefined): ModuleTarget {
  return owner === undefined ? unknown : { kind: 'package', ...owner };
}

/** For a specifier that the checker knows nothing of: a script without exports, or a `require` in a plain program. */
export function resolveByText(specifier: string, from: ts.SourceFile, program: ts.Program): ModuleTarget {
  const { resolvedModule } = ts.resolveModuleName(specifier, from.fileName, program.getCompilerOptions(), disk());
  const source = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
  if (source !== undefined) return targetOfFile(source);
  return targetOfPackage(ownerOfSpecifier(specifier));
}
