import ts from 'typescript';

/** Syntax without a meaning at run time. Decorators have one, but it is not followed. */
export function isTypeSyntax(node: ts.Node): boolean {
  const { kind } = node;
  if (kind >= ts.SyntaxKind.FirstTypeNode && kind <= ts.SyntaxKind.LastTypeNode) return true;
  switch (kind) {
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.TypeParameter:
    case ts.SyntaxKind.IndexSignature:
    case ts.SyntaxKind.NamespaceExportDeclaration:
    case ts.SyntaxKind.Decorator:
      return true;
    case ts.SyntaxKind.HeritageClause:
      return (node as ts.HeritageClause).token === ts.SyntaxKind.ImplementsKeyword;
    default:
      return false;
  }
}

/** `declare ...`: promises a value that is made elsewhere. */
export function isAmbient(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
}

export function isDecorated(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.Decorator) === true;
}

/** `import type ...`. */
export function isTypeImport(node: ts.ImportDeclaration): boolean {
  // Its successor is missing from most compilers that we support.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return node.importClause?.isTypeOnly === true;
}

export function hasModifier(node: ts.Node, kind: ts.ModifierSyntaxKind): boolean {
  return ts.canHaveModifiers(node) && node.modifiers?.some((modifier) => modifier.kind === kind) === true;
}

/** Whether a file is a module of the language, whose code is strict, wherever it is loaded from. */
export function isModule({ statements }: ts.SourceFile): boolean {
  return statements.some((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isExportAssignment(statement) || hasModifier(statement, ts.SyntaxKind.ExportKeyword));
}

/** Whether a property of what a name stands for is looked at, and that is all. */
export function isReadOf(identifier: ts.Identifier): boolean {
  const access = identifier.parent;
  if (!(ts.isPropertyAccessExpression(access) || ts.isElementAccessExpression(access)) || access.expression !== identifier) return false;
  const { parent } = access;
  if (ts.isBinaryExpression(parent)) return parent.left !== access || parent.operatorToken.kind < ts.SyntaxKind.FirstAssignment || parent.operatorToken.kind > ts.SyntaxKind.LastAssignment;
  return !ts.isPrefixUnaryExpression(parent) && !ts.isPostfixUnaryExpression(parent) && !ts.isDeleteExpression(parent);
}

/** A hole in an array pattern, `[, y]`. To TypeScript 7 it is an element without a name. */
export function isElision(element: ts.ArrayBindingElement): element is ts.OmittedExpression {
  return !('name' in element) || (element.name as ts.BindingName | undefined) === undefined;
}

export function isStatic(node: ts.ClassElement): boolean {
  return hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

/** The expression that an expression stands for when parentheses and type syntax are taken away. */
export function innerExpression(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

type Wrapper = ts.ParenthesizedExpression | ts.NonNullExpression | Assertion;
type Assertion = ts.AsExpression | ts.TypeAssertion | ts.SatisfiesExpression;

export function isWrapper(node: ts.Node): node is Wrapper {
  return ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || isAssertion(node);
}

/** By kind, as older compilers have no guard for `satisfies`. */
export function isAssertion(node: ts.Node): node is Assertion {
  const { kind } = node;
  return kind === ts.SyntaxKind.AsExpression
    || kind === ts.SyntaxKind.TypeAssertionExpression
    || kind === ts.SyntaxKind.SatisfiesExpression;
}
