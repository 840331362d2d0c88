import ts from 'typescript';
import type { Binding, Export, ModuleCode } from '../ir.ts';
import type { Scope } from './scope.ts';
import { exportAssignmentName } from './statements/module-statements.ts';
import { hasModifier, isAmbient, isElision, isTypeImport } from './syntax.ts';

type Specifier = ModuleCode['imports'][number];

export interface ModuleExports {
  readonly named: ReadonlyMap<string, Export>;
  readonly stars: readonly Specifier[];
  readonly imports: readonly Specifier[];
}

/** Reads the import and export statements of a file whose names are already declared. */
export function moduleExports(source: ts.SourceFile, scope: Scope): ModuleExports {
  const reader = new ExportReader(scope);
  for (const statement of source.statements) reader.read(statement);
  return reader;
}

class ExportReader implements ModuleExports {
  readonly named = new Map<string, Export>();
  readonly stars: Specifier[] = [];
  readonly imports: Specifier[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  read(node: ts.Statement): void {
    if (ts.isImportDeclaration(node)) this.#readImport(node);
    else if (ts.isExportDeclaration(node)) this.#readExport(node);
    else if (ts.isExportAssignment(node)) this.#readAssignment(node);
    else if (hasModifier(node, ts.SyntaxKind.ExportKeyword) && !isAmbient(node)) this.#readDeclaration(node);
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference) && !node.isTypeOnly) {
      this.#import(node.moduleReference.expression);
    }
  }

  #readImport(node: ts.ImportDeclaration): void {
    if (!isTypeImport(node)) this.#import(node.moduleSpecifier);
  }

  #import(specifier: ts.Expression): Specifier | undefined {
    if (!ts.isStringLiteralLike(specifier)) return undefined;
    const imported = { specifier: this.#scope.code.site(specifier), text: specifier.text };
    this.imports.push(imported);
    return imported;
  }

  #readExport(node: ts.ExportDeclaration): void {
    if (node.isTypeOnly) return;
    const clause = node.exportClause;
    if (node.moduleSpecifier === undefined) {
      if (clause !== undefined && ts.isNamedExports(clause)) this.#readLocalNames(clause);
      return;
    }
    const from = this.#import(node.moduleSpecifier);
    if (from === undefined) return;
    if (clause === undefined) this.stars.push(from);
    else if (ts.isNamespaceExport(clause)) this.named.set(clause.name.text, { kind: 'from', ...from, name: '*' });
    else {
      for (const element of clause.elements) {
        if (element.isTypeOnly) continue;
        this.named.set(element.name.text, { kind: 'from', ...from, name: (element.propertyName ?? element.name).text });
      }
    }
  }

  #readLocalNames(clause: ts.NamedExports): void {
    for (const element of clause.elements) {
      if (element.isTypeOnly) continue;
      const local = element.propertyName ?? element.name;
      this.#export(element.name.text, this.#scope.resolve(local.text));
    }
  }

  #readAssignment(node: ts.ExportAssignment): void {
    const name = exportAssignmentName(node);
    this.#export(name, this.#scope.declareSynthetic(name, node.expression, 'const'));
  }

  #readDeclaration(node: ts.Statement): void {
    if (ts.isVariableStatement(node)) {
      for (const declaration of node.declarationList.declarations) this.#exportPattern(declaration.name);
    } else if (isNamedDeclaration(node)) {
      const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword);
      const name = node.name?.text ?? 'default';
      this.#export(isDefault ? 'default' : name, this.#scope.resolve(name));
    }
  }

  #exportPattern(pattern: ts.BindingName): void {
    if (ts.isIdentifier(pattern)) {
      this.#export(pattern.text, this.#scope.resolve(pattern.text));
      return;
    }
    for (const element of pattern.elements) {
      if (!isElision(element)) this.#exportPattern(element.name);
    }
  }

  /** A name without a binding is a type, or declared in another file. */
  #export(name: string, binding: Binding | undefined): void {
    if (binding === undefined) return;
    binding.exported = true;
    this.named.set(name, { kind: 'binding', binding });
  }
}

type NamedDeclaration =
  | ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration | ts.ImportEqualsDeclaration;

function isNamedDeclaration(node: ts.Node): node is NamedDeclaration {
  return ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)
    || ts.isModuleDeclaration(node) || ts.isImportEqualsDeclaration(node);
}
