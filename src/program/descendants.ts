import ts from 'typescript';

/** A node and all below it, in no order. */
export function descendants(root: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [root];
  const add = (child: ts.Node): void => { found.push(child); };
  // The list grows while it is gone through.
  for (const node of found) ts.forEachChild(node, add);
  return found;
}
