import ts from 'typescript';
import { descendants } from './descendants.ts';

/** What a file has to do with the members of objects: the names under which it puts something into them, and the files that it names. */
interface Part {
  readonly names: ReadonlySet<string>;
  /** It gives functions names that are not written there. */
  readonly more: boolean;
  readonly specifiers: readonly ts.StringLiteralLike[];
}

const parts = new WeakMap<ts.SourceFile, Part>();

/** Which members the code of a program gives its objects. */
export class DefinedMembers {
  /** Files that may hand each other values, by each of them. */
  readonly #families = new Map<string, Set<ts.SourceFile>>();
  /** What is there for all: scripts, which share their names, and declarations. */
  readonly #common: readonly ts.SourceFile[];

  /** `fileOf`: the file that a specifier names. */
  constructor(sources: readonly ts.SourceFile[], fileOf: (specifier: ts.StringLiteralLike) => string | undefined) {
    this.#common = sources.filter((source) => source.isDeclarationFile || !ts.isExternalModule(source));
    for (const source of sources) this.#families.set(source.fileName, new Set([source]));
    for (const source of sources) for (const specifier of partOf(source).specifiers) this.#unite(source.fileName, fileOf(specifier));
  }

  /** Whether an object that code of a file may get has a member of this name that the program has given it. It may say yes too often, never no. */
  has(name: string, file: string): boolean {
    return [...this.#families.get(file) ?? [], ...this.#common].some((source) => {
      const { names, more } = partOf(source);
      return more || names.has(name);
    });
  }

  #unite(file: string, other: string | undefined): void {
    const [one, two] = [this.#families.get(file), other === undefined ? undefined : this.#families.get(other)];
    if (one === undefined || two === undefined || one === two) return;
    for (const source of two) {
      one.add(source);
      this.#families.set(source.fileName, one);
    }
  }
}

function partOf(source: ts.SourceFile): Part {
  let part = parts.get(source);
  if (part === undefined) parts.set(source, (part = collect(source)));
  return part;
}

function collect(source: ts.SourceFile): Part {
  const names = new Set<string>();
  const specifiers: ts.StringLiteralLike[] = [];
  let more = false;
  for (const node of descendants(source)) {
    for (const name of namesDefinedBy(node)) names.add(name);
    if (ts.isStringLiteralLike(node) && isSpecifier(node)) specifiers.push(node);
    more ||= definesUnseen(node);
  }
  return { names, more, specifiers };
}

/** `import … from 'x'`, `export … from 'x'`, `import('x')`, `require('x')`. */
function isSpecifier({ parent }: ts.Node): boolean {
  if (ts.isCallExpression(parent)) return parent.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(parent.expression) && parent.expression.text === 'require');
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent);
}

function namesDefinedBy(node: ts.Node): readonly string[] {
  if (ts.isObjectLiteralElement(node) || ts.isClassElement(node) || ts.isTypeElement(node)) return node.name === undefined || !isText(node.name) ? [] : [node.name.text];
  if (ts.isBinaryExpression(node) && isAssignment(node)) {
    if (ts.isPropertyAccessExpression(node.left)) return [node.left.name.text];
    return ts.isElementAccessExpression(node.left) && ts.isStringLiteralLike(node.left.argumentExpression) ? [node.left.argumentExpression.text] : [];
  }
  return ts.isCallExpression(node) && isDefinition(node) ? node.arguments.slice(1, 2).filter(ts.isStringLiteralLike).map(({ text }) => text) : [];
}

function isText(name: ts.PropertyName): name is ts.Identifier | ts.StringLiteral {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name);
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `Object.defineProperty(object, 'name', …)` and its kin. */
function isDefinition({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /^(?:defineProperty|defineProperties|setPrototypeOf|set)$/u.test(expression.name.text)
    && ts.isIdentifier(expression.expression) && /^(?:Object|Reflect)$/u.test(expression.expression.text);
}

/** A function that is put under a computed key, or a property that is defined so, may have any name. */
function definesUnseen(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return isDefinition(node) && !node.arguments.slice(1, 2).every(ts.isStringLiteralLike);
  if (ts.isMethodDeclaration(node) && ts.isComputedPropertyName(node.name)) return !ts.isPropertyAccessExpression(node.name.expression);
  return ts.isBinaryExpression(node) && isAssignment(node) && ts.isElementAccessExpression(node.left) && putsFunction(node.left, node.right);
}

/** Most of what is put under computed keys are items and counts; on a prototype it is a method. */
function putsFunction({ expression: object, argumentExpression: key }: ts.ElementAccessExpression, value: ts.Expression): boolean {
  if (ts.isStringLiteralLike(key) || ts.isNumericLiteral(key)) return false;
  const isPrototype = (ts.isPropertyAccessExpression(object) && object.name.text === 'prototype') || (ts.isIdentifier(object) && /^proto(?:type)?$/iu.test(object.text));
  return isPrototype || ts.isFunctionExpression(value) || ts.isArrowFunction(value) || (ts.isCallExpression(value) && ts.isPropertyAccessExpression(value.expression) && value.expression.name.text === 'bind');
}
