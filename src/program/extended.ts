import ts from 'typescript';
import { descendants } from './descendants.ts';
import { isFromPackage } from './package-bases.ts';
import { isCode } from './targets.ts';
import { declarationsOf, isIntersection, isObject, isUnion } from './type-kinds.ts';

/** Which classes others extend, as far as the sources of a program tell. It may say yes too often, never no. */
export class ExtendedClasses {
  readonly #checker: ts.TypeChecker;
  readonly #declarations = new Set<ts.Node>();
  /** Names of classes that a base of unknown value may be; undefined where every base is known. */
  readonly #candidates: ReadonlySet<string> | undefined;

  constructor(program: ts.Program) {
    this.#checker = program.getTypeChecker();
    const files = program.getSourceFiles().filter(isOwnCode);
    const options = program.getCompilerOptions();
    const unknownBases = files.flatMap(basesIn).filter((base) => !this.#addClassesIn(base) && !isFromPackage(base, options));
    this.#candidates = unknownBases.length === 0 ? undefined : new Set(files.flatMap(handedNames));
  }

  has(declaration: ts.ClassLikeDeclaration): boolean {
    if (this.#declarations.has(declaration)) return true;
    if (this.#candidates === undefined) return false;
    const name = declaration.name?.text;
    return name === undefined || this.#candidates.has(name);
  }

  /** Adds the classes that a base expression stands for, and says whether these are all. */
  #addClassesIn(base: ts.Expression): boolean {
    try {
      const known = this.#addClassesOf(this.#checker.getTypeAtLocation(base));
      // In `Mixin(A)` the class `A` is extended as well.
      if (ts.isCallExpression(base)) for (const argument of base.arguments) this.#addClassesIn(argument);
      return known;
    } catch {
      return false;
    }
  }

  #addClassesOf(type: ts.Type): boolean {
    if (isUnion(type) || isIntersection(type)) {
      return type.types.map((part) => this.#addClassesOf(part)).every((known) => known);
    }
    if (!isObject(type)) return (type.flags & ts.TypeFlags.Null) !== 0;
    this.#addDeclarations(type);
    for (const signature of this.#checker.getSignaturesOfType(type, ts.SignatureKind.Construct)) {
      const instance = this.#checker.getReturnTypeOfSignature(signature);
      for (const part of isIntersection(instance) ? instance.types : [instance]) this.#addDeclarations(part);
    }
    return declarationsOf(type).some(isClass);
  }

  #addDeclarations(type: ts.Type): void {
    for (const declaration of declarationsOf(type)) {
      if (ts.isClassLike(declaration)) this.#declarations.add(declaration);
    }
  }
}

function isOwnCode(source: ts.SourceFile): boolean {
  return isCode(source) && !source.fileName.includes('/node_modules/');
}

/** Also the old ways to write a class; but something with a mere signature, `new () => object`, may be any class. */
function isClass(declaration: ts.Declaration): boolean {
  return ts.isClassLike(declaration) || ts.isFunctionDeclaration(declaration)
    || (ts.isInterfaceDeclaration(declaration) && declaration.getSourceFile().isDeclarationFile);
}

const knownBases = new WeakMap<ts.SourceFile, readonly ts.Expression[]>();
const knownNames = new WeakMap<ts.SourceFile, readonly string[]>();

/** The expressions after `extends` in a file's classes. */
function basesIn(source: ts.SourceFile): readonly ts.Expression[] {
  let bases = knownBases.get(source);
  if (bases === undefined) {
    bases = source.text.includes('extends') ? descendants(source).flatMap(baseOf) : [];
    knownBases.set(source, bases);
  }
  return bases;
}

function baseOf(node: ts.Node): ts.Expression[] {
  if (!ts.isClassLike(node)) return [];
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types.map((type) => type.expression) ?? [];
}

/** Names that a file hands on as values, or under another name. */
function handedNames(source: ts.SourceFile): readonly string[] {
  let names = knownNames.get(source);
  if (names === undefined) {
    names = descendants(source).flatMap((node) => ts.isIdentifier(node) && isHanded(node) ? [node.text] : []);
    knownNames.set(source, names);
  }
  return names;
}

function isHanded(node: ts.Identifier | ts.PropertyAccessExpression): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return parent.propertyName === node;
  if (ts.isNewExpression(parent) || ts.isCallExpression(parent)) return parent.expression !== node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node && isHanded(parent);
  if (ts.isExpressionWithTypeArguments(parent)) return false;
  if (ts.isClassLike(parent)) return hasDefaultModifier(parent);
  return !ts.isTypeNode(parent);
}

function hasDefaultModifier(node: ts.ClassLikeDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
}
