/** Names that stand for something else later. Syntactic, by what a file says. */
import ts from 'typescript';
import { descendants } from '../descendants.ts';
import { writtenBy } from './writes.ts';

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** All names that a file assigns or declares by `var`, wherever they are declared; with them others that stand in such places. */
export function assignedNames(source: ts.SourceFile): ReadonlySet<string> {
  let names = known.get(source);
  if (names === undefined) known.set(source, names = new Set(descendants(source).flatMap(targetsOf).flatMap(namesIn)));
  return names;
}

function targetsOf(node: ts.Node): readonly ts.Node[] {
  return ts.isVariableDeclaration(node) && (node.parent.flags & ts.NodeFlags.BlockScoped) === 0 ? [node.name] : writtenBy(node);
}

function namesIn(target: ts.Node): readonly string[] {
  return descendants(target).flatMap((node) => (ts.isIdentifier(node) ? [node.text] : []));
}
