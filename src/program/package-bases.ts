import ts from 'typescript';

/**
 * Whether the value of an expression comes out of a package, as far as its imports tell: `React.Component`, a mixin of
 * a library. The package may be there without types, or not at all; classes of the program it does not know.
 */
export function isFromPackage(expression: ts.Expression, { paths = {} }: ts.CompilerOptions): boolean {
  const root = rootOf(expression);
  const specifier = root && specifierOf(root.text, root.getSourceFile());
  if (specifier === undefined || !packageName.test(specifier)) return false;
  return !Object.keys(paths).some((pattern) => matches(pattern, specifier));
}

/** Also as runtimes write it: where it comes from in front, its version behind. Aliases of bundlers look otherwise: `@/base`, `~/base`, `#base`. */
const packageName = /^(?:(?:node|npm|jsr):)?(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*(?:@[\d^~][^/]*)?(?:\/|$)/u;

function matches(pattern: string, specifier: string): boolean {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? pattern === specifier : specifier.startsWith(start) && specifier.endsWith(end);
}

/** `a` of `a.b`, `a(x)` and `a.b(x).c`. */
function rootOf(expression: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(expression)) return expression;
  return ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression) ? rootOf(expression.expression) : undefined;
}

/** Where a file imports a name from. */
function specifierOf(name: string, source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (namesIn(statement.importClause).includes(name)) return statement.moduleSpecifier.text;
  }
  return undefined;
}

function namesIn(clause: ts.ImportClause | undefined): readonly string[] {
  const { name, namedBindings: bindings } = clause ?? {};
  const others = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? [bindings.name] : bindings.elements.map((element) => element.name);
  return [...name === undefined ? [] : [name], ...others].map(({ text }) => text);
}
