/** TypeScript as JavaScript with everything at its place: types become spaces. */
import ts from 'typescript';

const typeModifiers: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.ReadonlyKeyword, ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.PublicKeyword, ts.SyntaxKind.OverrideKeyword, ts.SyntaxKind.AbstractKeyword]);

export function blankTypes(source: ts.SourceFile): string {
  let text = source.text;
  const blank = (start: number, end: number): void => {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node)) blank(node.expression.end, node.end);
    if ((ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isFunctionLike(node)) && node.type !== undefined) {
      blank(text.lastIndexOf(':', node.type.getStart(source)), node.type.end);
    }
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.typeArguments !== undefined) blank(node.expression.end, node.typeArguments.end + 1);
    if (ts.canHaveModifiers(node)) for (const modifier of ts.getModifiers(node) ?? []) if (typeModifiers.has(modifier.kind)) blank(modifier.getStart(source), modifier.end);
    ts.forEachChild(node, (child) => { if (!ts.isTypeNode(child)) visit(child); });
  };
  visit(source);
  return text;
}
