import ts from 'typescript';

/** A node and all below it, in no order. */
export function* descendants(root: ts.Node): Generator<ts.Node> {
  const stack: ts.Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    ts.forEachChild(node, (child) => {
      stack.push(child);
    });
  }
}
