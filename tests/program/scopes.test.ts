import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import type { Binding, Site } from '../../src/program/index.ts';
import { lowerSourceFile, type LoweredModule } from '../../src/program/lower/index.ts';
import { required } from './support/programs.ts';

/**
 * Names are resolved without the compiler's binder, for speed and laziness. Here its symbols judge the result, on code
 * that was not written for the purpose: this repository's.
 */
let program: ts.Program;
let files: readonly ts.SourceFile[];

beforeAll(() => {
  const root = join(import.meta.dirname, '../..');
  const { fileNames } = ts.parseJsonConfigFileContent({ include: ['src', 'rules', 'tests/program'] }, ts.sys, root);
  program = ts.createProgram(fileNames, { target: ts.ScriptTarget.ESNext, noResolve: true, noEmit: true, types: [] });
  program.getTypeChecker();
  files = fileNames.map((name) => required(program.getSourceFile(name), name));
});

interface Load {
  readonly site: Site;
  /** Undefined for a name that nothing in the file declares. */
  readonly binding: Binding | undefined;
}

type Name = { readonly site: Site } & ({ readonly op: 'load'; readonly binding: Binding } | { readonly op: 'free' });

function* loadsIn(module: LoweredModule): Generator<Load> {
  const seen = new Set<object>();
  const functions = module.functions.flatMap((code) => [code.parameters, code.body]);
  const classes = module.classes.flatMap((code) => [code.extends, code.members, code.members.map((member) => member.function?.body)]);
  const stack: unknown[] = [module.body, functions, classes];
  while (stack.length > 0) {
    const part = stack.pop();
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    if (isName(part)) yield { site: part.site, binding: part.op === 'load' ? part.binding : undefined };
    for (const [key, value] of Object.entries(part)) {
      if (!['function', 'class', 'binding', 'site'].includes(key)) stack.push(value);
    }
  }
}

function isName(part: object): part is Name {
  return 'op' in part && (part.op === 'load' || part.op === 'free');
}

function identifierAt(source: ts.SourceFile, start: number): ts.Identifier | undefined {
  let found: ts.Identifier | undefined;
  const search = (node: ts.Node): void => {
    if (node.getStart(source) > start || node.end <= start) return;
    if (ts.isIdentifier(node)) found = node;
    else ts.forEachChild(node, search);
  };
  search(source);
  return found;
}

function declarationsOf(node: ts.Identifier): readonly ts.Declaration[] {
  const checker = program.getTypeChecker();
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol?.declarations ?? [];
}

function makesValue(declaration: ts.Declaration): boolean {
  if (ts.isTypeAliasDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) return false;
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) === 0;
}

test('every name means what the compiler takes it for', () => {
  let compared = 0;
  for (const source of files) {
    for (const { site, binding } of loadsIn(lowerSourceFile(source))) {
      const name = identifierAt(source, site.start);
      if (name === undefined) continue;
      const declared = declarationsOf(name)
        .filter((declaration) => declaration.getSourceFile() === source && makesValue(declaration))
        .map((declaration) => ts.getNameOfDeclaration(declaration)?.getStart(source));
      const place = `${source.fileName}:${site.line} ${name.text}`;
      if (binding === undefined) expect(declared, place).toEqual([]);
      else expect(declared, place).toContain(binding.site.start);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(2000);
});
